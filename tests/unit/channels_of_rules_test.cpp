// A rule that fires makes the plan again, and a channel that is off stays off in it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/study/channels.hpp"
#include "tests/support/hand_record.hpp"
#include "tests/support/model_study.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// Arms `none`, `order` (dated) and `rule`, which announces the same order on the same evening. Then a lot of
/// GAMMA is unlocked.
std::unique_ptr<Study> dated_and_ruled() {
  auto study = model_study({"effect(market_cap[line=GAMMA], at=2026-06-22)"});
  Scenario& scenario = study->scenario;
  study->facts.lockups = {
      {gamma_line, "Founder", HolderKind::founder, Region::cn, 40'000'000, make_date(2026, 6, 19)}};
  scenario.events[0].said.announced = evening_before(make_date(2026, 6, 18));
  scenario.events[0].said.attention = AttentionClass::general_front_pages;
  scenario.events[0].said.actor = "firm:gamma";
  study->calendar = std::make_unique<Calendar>(
      make_calendar(study->facts, scenario.parameters.session, 6, {}, scenario.events));
  Rule rule = rule_when("rule", "date >= 2026-06-18");
  rule.measures = {scenario.events[0]};
  // With the same id the same investors notice it.
  rule.measures[0].said.group = "rule";
  scenario.rules = {rule};
  scenario.arms[0].exclude = {"order", "rule"};
  scenario.arms[1].exclude = {"rule"};
  scenario.arms.push_back(scenario.arms[1]);
  scenario.arms[2].id = "rule";
  scenario.arms[2].exclude = {"order"};
  study->arms.clear();
  for (const Arm& arm : scenario.arms) {
    const std::vector<Event> events = scenario.events_of(arm);
    study->arms.push_back({arm.id, scenario.parameters,
                           make_plan(study->facts, scenario.parameters, *study->calendar, events), events,
                           scenario.rules_of(arm)});
  }
  return study;
}

}  // namespace

TEST_CASE("channels: an effect without a channel is the same whether a rule or a date announces",
          "[unit][channels]") {
  const auto study = dated_and_ruled();
  const ExperimentResult full = run_experiment(experiment_of(*study));
  REQUIRE(full.arms[1].values[0] == full.arms[2].values[0]);
  REQUIRE(full.arms[1].values[0][0] != 0.0);
  const auto effects = channel_effects(*study, full, 2, 1, [] {});
  for (const char* channel : switched_channels) {
    CAPTURE(channel);
    std::vector<double> without(3);
    for (const ChannelEffect& effect : effects) {
      if (effect.channel == channel) without[effect.arm] = effect.without;
    }
    CHECK(without[1] != 0.0);
    CHECK(without[1] == without[2]);
  }
}
