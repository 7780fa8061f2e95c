#include "sim/study/channels.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/study/posterior_draws.hpp"
#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> metrics{"effect(market_cap[line=GAMMA], at=2026-06-19)",
                                       "level(market_cap[line=GAMMA], at=2026-06-19)",
                                       "effect(market_cap[line=THIN], at=2026-06-19)"};

struct Channels {
  explicit Channels(Study& study, std::size_t replicates = 2)
      : full(run_experiment(experiment_of(study))),
        effects(channel_effects(study, full, replicates, 1, [this] { ++runs; })) {}

  const ChannelEffect& of(const std::string& channel, const std::string& metric = "m1") const {
    const auto found = std::find_if(effects.begin(), effects.end(), [&](const ChannelEffect& effect) {
      return effect.channel == channel && effect.metric->id == metric;
    });
    REQUIRE(found != effects.end());
    return *found;
  }
  ExperimentResult full;
  int runs = 0;
  std::vector<ChannelEffect> effects;
};

/// An arm whose parameters of one channel are set as its switch would set them: nothing is left to switch.
void set_everywhere(Study& study, const std::function<void(Parameters&)>& change) {
  change(study.scenario.parameters);
  for (ArmPlan& arm : study.arms) change(arm.parameters);
}

}  // namespace

TEST_CASE("channels: news that acts on value alone has no effect without the value channel",
          "[unit][channels]") {
  const auto study = model_study(metrics);
  const Channels channels(*study);
  CHECK(channels.effects.size() == 4 * 2);  // channels x metrics that compare; not the reference
  CHECK(channels.runs == 4 * 2 * 2);        // channels x arms x replicates
  const ChannelEffect& value = channels.of("value");
  CHECK(value.arm == 1);
  CHECK(value.n == 2);
  CHECK(value.with > 0.0);
  CHECK(value.with == (channels.full.arms[1].values[0][0] + channels.full.arms[1].values[0][1]) / 2.0);
  CHECK(value.without == 0.0);
  CHECK(value.difference == Approx(value.with));
  CHECK(value.half_width > 0.0);
  CHECK(channels.of("value", "m3").without == 0.0);
}

TEST_CASE("channels: a channel that the news does not use takes nothing away", "[unit][channels]") {
  const auto study = model_study(metrics);
  const Channels channels(*study);
  CHECK(channels.of("attention").difference == 0.0);
  CHECK(channels.of("attention").without == channels.of("attention").with);
  // Slow capital moves with prices, so that the flow channel matters a little even here.
  CHECK(channels.of("flow").difference != 0.0);
  CHECK(std::abs(channels.of("flow").difference) < 0.2 * channels.of("flow").with);
}

TEST_CASE("channels: the float channel changes the run only where a line's float is small",
          "[unit][channels]") {
  const auto study = model_study(metrics);
  CHECK(Channels(*study).of("float", "m3").difference != 0.0);
  study->facts.lines[thin].tradable = study->facts.lines[thin].shares / 4 - 1;
  CHECK(Channels(*study).of("float", "m3").difference != 0.0);
  study->facts.lines[thin].tradable += 1;
  const Channels wide(*study);
  CHECK(wide.of("float", "m3").difference == 0.0);
  CHECK(wide.of("float").difference == 0.0);
}

TEST_CASE("channels: attention that brings money is missing without its channel", "[unit][channels]") {
  const auto study = model_study(metrics);
  study->scenario.events[0].said.attention = AttentionClass::general_front_pages;
  study->arms[1].plan =
      make_plan(study->facts, study->scenario.parameters, *study->calendar, study->scenario.events);
  const Channels noticed(*study);
  CHECK(noticed.of("attention").difference > 0.0);
  const double without = noticed.of("attention").without;
  set_everywhere(*study, [](Parameters& p) { p.attention.new_money = p.attention.exit_depth = 0.0; });
  const Channels off(*study);
  CHECK(off.of("attention").difference == 0.0);
  CHECK(off.of("attention").with == without);
}

TEST_CASE("channels: without the value channel those who would leave still leave", "[unit][channels]") {
  const auto study = model_study(metrics);
  study->scenario.events[0].said.attention = AttentionClass::general_front_pages;
  study->scenario.events[0].said.actor = "firm:gamma";  // in view whether it gains or loses
  // GAMMA's firm loses by the order when it needed the laboratory, and gains when it can replace it.
  for (const Channel channel : {Channel::restricted_input, Channel::vacated}) {
    study->facts.exposures[1].channel = channel;
    const bool leaving = channel == Channel::restricted_input;
    CAPTURE(leaving);
    const Plan plan = drawn_arms(*study, 0)[1].plan;
    REQUIRE(plan.notices.size() == 1);
    REQUIRE(plan.notices[0].leaving == leaving);
    const double without = Channels(*study).of("value").without;
    CHECK(without != 0.0);
    CHECK((without < 0.0) == leaving);
  }
}

TEST_CASE("channels: without the value channel faint news still moves fewer", "[unit][channels]") {
  const auto study = model_study(metrics);
  study->scenario.events[0].said.attention = AttentionClass::general_front_pages;
  const double clear = Channels(*study).of("value").without;
  study->scenario.parameters.attention.clear_news = 1.0;  // the order's news is far below
  const double faint = Channels(*study).of("value").without;
  CHECK(faint > 0.0);
  CHECK(faint < 0.5 * clear);
}

TEST_CASE("channels: only the replicates asked for are compared", "[unit][channels]") {
  const auto study = model_study(metrics, 3);
  const Channels channels(*study, 1);
  CHECK(channels.of("value").n == 1);
  CHECK(channels.of("value").with == channels.full.arms[1].values[0][0]);
  CHECK(std::isnan(channels.of("value").half_width));
  CHECK(channels.runs == 4 * 2);
}
