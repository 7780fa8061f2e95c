#include "sim/study/precision.hpp"

#include <catch2/catch.hpp>

#include "sim/output/summary.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> gamma_gain{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

/// Four replicates: the reference at 0, 4, 0, 0, the arm at 1, 2, 3, 4, so that effects are 1, -2, 3, 4.
ExperimentResult four_replicates() {
  ExperimentResult result;
  result.arms.resize(2);
  result.arms[0].levels = {{0, 4, 0, 0}};
  result.arms[0].values = {{0, 0, 0, 0}};
  result.arms[1].levels = {{1, 2, 3, 4}};
  result.arms[1].values = {{1, -2, 3, 4}};
  return result;
}

double half_width(const Study& study, std::size_t replicates) {
  Experiment experiment = experiment_of(study);
  experiment.replicates = replicates;
  std::vector<double> values = run_experiment(experiment).arms[1].values[0];
  return mean_half_width(summarise(values, {}));
}

/// Rounds as they were announced.
std::vector<std::size_t> rounds_of(Study& study, ExperimentResult* result = nullptr, int jobs = 2) {
  std::vector<std::size_t> rounds;
  Experiment experiment = experiment_of(study);
  experiment.jobs = jobs;
  const ExperimentResult found = run_rounds(study, experiment, [&](std::size_t n) { rounds.push_back(n); });
  if (result != nullptr) *result = found;
  return rounds;
}

}  // namespace

TEST_CASE("precision: half-width and need of replicates, by hand", "[unit][precision]") {
  const auto study = model_study(gamma_gain, 4);
  CHECK(precision_of(*study, four_replicates()).empty());
  study->scenario.precision = {{"m1", 2.0, {}}};
  const std::vector<Precision> found = precision_of(*study, four_replicates());
  REQUIRE(found.size() == 1);  // no effect of the reference on itself
  const Precision& one = found.front();
  CHECK(one.arm == 1);
  CHECK(one.metric == &study->scenario.metrics[0]);
  CHECK(one.asked == 2.0);
  CHECK(one.found == Approx(1.96 * 2.6457513110645907 / 2.0));  // the variance is 21 / 3
  CHECK(one.replicates == 4);
  CHECK(one.paired_need == Approx(0.9604 * 7.0));                  // (1.96 / 2)^2 s^2
  CHECK(one.unpaired_need == Approx(0.9604 * (5.0 / 3.0 + 4.0)));  // of both arms' variances
  CHECK_FALSE(one.reached());
  study->scenario.precision[0].half_width = 2.6;
  CHECK(precision_of(*study, four_replicates()).front().reached());
}

TEST_CASE("precision: what is said of it", "[unit][precision]") {
  const auto study = model_study(gamma_gain, 4);
  study->scenario.precision = {{"m1", 0.02, {"s.toml", 12, 15}}};
  std::vector<Precision> found = precision_of(*study, four_replicates());
  // 9604 x 7 and 9604 x 17 / 3, rounded up to two digits.
  CHECK(precision_text(*study, found) ==
        "precision  m1 of 'order' +-2.59 after 4 replicates, the most allowed (asked 0.02, which needs about "
        "68,000); without pairing it would need about 55,000\n");
  Problems problems;
  warn_of_imprecision(*study, found, problems);
  REQUIRE(problems.warnings().size() == 1);
  CHECK(problems.warnings()[0] ==
        "warning[W134]: m1 of 'order' is known to +-2.59284, not to +-0.02 as asked (run.max_replicates = 4 "
        "were run; it needs about 68,000) allow more of them, or ask for less\n  --> s.toml:12:15");
  study->scenario.precision[0].half_width = found[0].asked = 3.0;
  found[0].unpaired_need = 1234.0;
  CHECK(precision_text(*study, found) ==
        "precision  m1 of 'order' +-2.59 after 4 replicates (asked 3); without pairing it would need about "
        "1,300\n");
  found[0].unpaired_need = 4.0;  // pairing saved nothing
  CHECK(precision_text(*study, found) == "precision  m1 of 'order' +-2.59 after 4 replicates (asked 3)\n");
  Problems none;
  warn_of_imprecision(*study, found, none);
  CHECK(none.warnings().empty());
}

TEST_CASE("precision: without one there is one round, of the scenario's replicates", "[unit][precision]") {
  const auto study = model_study(gamma_gain, 3);
  ExperimentResult result;
  CHECK(rounds_of(*study, &result) == std::vector<std::size_t>{3});
  CHECK(result.arms[1].values[0].size() == 3);
  CHECK(study->scenario.replicates == 3);
}

TEST_CASE("precision: rounds of twenty are added to thirty until it is reached, or the limit",
          "[unit][precision]") {
  const auto study = model_study(gamma_gain, 2);
  const double at_30 = half_width(*study, 30);
  const double at_50 = half_width(*study, 50);
  REQUIRE(at_50 < at_30);
  study->scenario.precision = {{"m1", at_30, {}}};
  SECTION("enough at the first look") {
    CHECK(rounds_of(*study) == std::vector<std::size_t>{30});
    CHECK(study->scenario.replicates == 30);
  }
  SECTION("enough at the second, with the results of a run of as many replicates, whatever the threads") {
    study->scenario.precision[0].half_width = at_50;
    ExperimentResult result;
    CHECK(rounds_of(*study, &result, 3) == std::vector<std::size_t>{30, 20});
    CHECK(study->scenario.replicates == 50);
    Experiment experiment = experiment_of(*study);
    CHECK(experiment.replicates == 50);
    CHECK(run_experiment(experiment).arms[1].values == result.arms[1].values);
  }
  SECTION("never enough") {
    study->scenario.precision[0].half_width = at_50 / 10.0;
    study->scenario.max_replicates = 57;
    ExperimentResult result;
    CHECK(rounds_of(*study, &result) == std::vector<std::size_t>{30, 20, 7});
    CHECK(study->scenario.replicates == 57);
    CHECK_FALSE(precision_of(*study, result).front().reached());
  }
}

TEST_CASE("precision: the spool grows with the rounds", "[unit][precision]") {
  const auto study = model_study(gamma_gain, 2);
  const TemporaryFolder folder;
  study->scenario.precision = {{"m1", 1e-9, {}}};
  study->scenario.max_replicates = 33;
  Spool spool(folder.at("s"), 2, 0, {0, 5}, study->series.size());
  Experiment experiment = experiment_of(*study);
  experiment.spool = &spool;
  const ExperimentResult result = run_rounds(*study, experiment, [](std::size_t) {});
  CHECK(spool.replicates() == 33);
  const std::size_t gamma_cap = study->metrics[0].series.front();
  const std::vector<double> friday = spool.read(1, 5, 1);
  for (const std::size_t r : {0, 29, 30, 32}) {
    CHECK(friday[r * study->series.size() + gamma_cap] == result.arms[1].levels[0][r]);
  }
}
