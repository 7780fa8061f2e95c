#include "sim/study/effect_tables.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> two_metrics{"effect(market_cap[line=GAMMA], at=2026-06-19)",
                                           "level(market_cap[line=GAMMA], at=2026-06-19)"};

/// Four replicates: the reference at 0, 4, 0, 0, the arm at 1, 2, 3, 4.
ExperimentResult four_replicates() {
  ExperimentResult result;
  result.arms.resize(2);
  result.arms[0].levels = {{0, 4, 0, 0}, {0, 4, 0, 0}};
  result.arms[0].values = {{0, 0, 0, 0}, {0, 4, 0, 0}};
  result.arms[1].levels = {{1, 2, 3, 4}, {1, 2, 3, 4}};
  result.arms[1].values = {{1, -2, 3, 4}, {1, 2, 3, 4}};
  result.arms[1].first_difference = 3;
  result.arms[1].replicates_that_differ = 4;
  return result;
}

}  // namespace

TEST_CASE("effects: of paired replicates, by hand", "[unit][effect_tables]") {
  const auto study = model_study(two_metrics, 4);
  const std::vector<Effect> effects = effects_of(*study, four_replicates());
  REQUIRE(effects.size() == 1);  // neither levels nor the reference have effects
  const Effect& effect = effects.front();
  CHECK(effect.arm == 1);
  CHECK(effect.metric == &study->scenario.metrics[0]);
  CHECK(effect.summary.mean == 1.5);
  CHECK(effect.summary.sd == Approx(2.6457513110645907));  // sqrt(21 / 3)
  CHECK(effect.summary.quantiles[1] == 2.0);               // of -2, 1, 3, 4
  CHECK(effect.share_positive == 0.75);
  CHECK(effect.share_zero == 0.0);
  CHECK(effect.sign_agreement == 0.75);
  CHECK(effect.variance_ratio == Approx(7.0 / (5.0 / 3.0 + 4.0)));
}

TEST_CASE("effects: zero has no sign, and without spread there is no ratio", "[unit][effect_tables]") {
  const auto study = model_study(two_metrics, 4);
  ExperimentResult result = four_replicates();
  result.arms[1].values[0] = {-1e-12, -1, -1.1e-12, 2};  // the first is what rounding leaves
  result.arms[0].levels[0] = result.arms[1].levels[0] = {5, 5, 5, 5};
  const Effect effect = effects_of(*study, result).front();
  CHECK(effect.share_positive == 0.25);
  CHECK(effect.share_zero == 0.25);
  CHECK(effect.sign_agreement == 0.75);
  CHECK(effect.variance_ratio == 0.0);
}

TEST_CASE("effect tables: metrics.csv has a row for each arm, replicate and metric",
          "[unit][effect_tables]") {
  const auto study = model_study(two_metrics, 4);
  const TemporaryFolder folder;
  write_metrics(*study, four_replicates(), folder.at("."));
  const std::string text = folder.read("metrics.csv");
  CHECK_THAT(text, Catch::StartsWith("scenario,arm,replicate,metric,unit,value\n"
                                     "model,none,r0000,m1,bn USD,0\n"
                                     "model,none,r0000,m2,bn USD,0\n"
                                     "model,none,r0001,m1,bn USD,0\n"
                                     "model,none,r0001,m2,bn USD,4\n"));
  CHECK_THAT(text, Catch::EndsWith("model,order,r0003,m1,bn USD,4\nmodel,order,r0003,m2,bn USD,4\n"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 1 + 2 * 4 * 2);
}

TEST_CASE("effect tables: effects.csv prints each number under its name", "[unit][effect_tables]") {
  const auto study = model_study(two_metrics, 4);
  study->scenario.metrics[0].label = "GAMMA, change";
  Effect effect;
  effect.arm = 1;
  effect.metric = &study->scenario.metrics[0];
  effect.summary = {1.5, 2.0, {-2.0, 2.0, 4.0}, 16};  // half-width 1.96 x 2 / 4 = .98
  effect.share_positive = 0.75;
  effect.share_zero = 0.125;
  effect.sign_agreement = 0.8;
  effect.variance_ratio = 0.25;
  const TemporaryFolder folder;
  write_effects(*study, {effect}, folder.at("."));
  CHECK(folder.read("effects.csv") ==
        "scenario,arm,reference_arm,metric,unit,mean,median,q05,q95,ci95_low,ci95_high,"
        "share_positive,share_zero,sign_agreement,n,paired,variance_ratio,label\n"
        "model,order,none,m1,bn USD,1.5,2,-2,4,0.52,2.48,0.75,0.125,0.8,16,true,0.25,\"GAMMA, change\"\n");
}

TEST_CASE("effect tables: channels.csv has the interval of the difference", "[unit][effect_tables]") {
  const auto study = model_study(two_metrics, 4);
  ChannelEffect effect{"value", 1, &study->scenario.metrics[0], 2.0, 0.5, 1.5, 0.25, 9};
  const TemporaryFolder folder;
  write_channels(*study, {effect}, folder.at("."));
  CHECK(folder.read("channels.csv") ==
        "scenario,arm,metric,unit,channel,effect_with,effect_without,difference,ci95_low,ci95_high,n\n"
        "model,order,m1,bn USD,value,2,0.5,1.5,1.25,1.75,9\n");
}
