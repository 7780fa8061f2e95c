#include "sim/study/experiment.hpp"

#include <atomic>
#include <catch2/catch.hpp>

#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> gamma_caps{"level(market_cap[line=GAMMA], at=2026-06-17)",
                                          "effect(market_cap[line=GAMMA], at=2026-06-17)",
                                          "effect(market_cap[line=GAMMA], at=2026-06-19)"};

}  // namespace

TEST_CASE("experiment: replicates differ from one another, arms only from the order on",
          "[unit][experiment]") {
  const auto study = model_study(gamma_caps, 3);
  const ExperimentResult result = run_experiment(experiment_of(*study));
  REQUIRE(result.arms.size() == 2);
  const ArmResult& none = result.arms[0];
  const ArmResult& order = result.arms[1];
  REQUIRE(none.levels[0].size() == 3);
  CHECK(none.levels[0][0] != none.levels[0][1]);
  CHECK(none.levels[0][1] != none.levels[0][2]);
  CHECK(order.levels[0] == none.levels[0]);  // Wednesday, before Asia has heard of it
  CHECK(order.values[0] == none.levels[0]);
  CHECK(order.values[1] == std::vector<double>(3, 0.0));
  CHECK(none.values[2] == std::vector<double>(3, 0.0));
  for (std::size_t r = 0; r < 3; ++r) {
    CHECK(order.values[2][r] == order.levels[2][r] - none.levels[2][r]);
    CHECK(order.values[2][r] > 0.0);
  }
  CHECK(none.first_difference == ArmResult::never);
  CHECK(none.replicates_that_differ == 0);
  CHECK(order.first_difference == 3);
  CHECK(order.replicates_that_differ == 3);
}

TEST_CASE("experiment: an arm with the reference's plan and parameters is equal to it",
          "[unit][experiment]") {
  const auto study = model_study(gamma_caps);
  Experiment experiment = experiment_of(*study);
  experiment.arms[1].plan = experiment.arms[0].plan;
  SECTION("the same parameters") {
    const ExperimentResult result = run_experiment(experiment);
    CHECK(result.arms[1].first_difference == ArmResult::never);
    CHECK(result.arms[1].replicates_that_differ == 0);
    CHECK(result.arms[1].levels == result.arms[0].levels);
  }
  SECTION("a parameter more, and they differ from the first day on") {
    experiment.arms[1].parameters.demand.value_anchor[index(InvestorType::fund)] = 1.3;
    const ExperimentResult result = run_experiment(experiment);
    CHECK(result.arms[1].first_difference == 0);
    CHECK(result.arms[1].levels[0] != result.arms[0].levels[0]);
  }
}

TEST_CASE("experiment: the number of threads changes nothing, nor does the place of the reference",
          "[unit][experiment]") {
  const auto study = model_study(gamma_caps, 4);
  Experiment experiment = experiment_of(*study);
  experiment.jobs = 1;
  const ExperimentResult alone = run_experiment(experiment);
  experiment.jobs = 3;
  const ExperimentResult together = run_experiment(experiment);
  for (std::size_t a = 0; a < 2; ++a) CHECK(together.arms[a].levels == alone.arms[a].levels);
  experiment.reference = 1;
  const ExperimentResult turned = run_experiment(experiment);
  CHECK(turned.arms[0].levels == alone.arms[0].levels);
  for (std::size_t r = 0; r < 4; ++r) CHECK(turned.arms[0].values[2][r] == -alone.arms[1].values[2][r]);
  CHECK(turned.arms[0].first_difference == 3);
}

TEST_CASE("experiment: every run is counted, and its series are kept", "[unit][experiment]") {
  const auto study = model_study(gamma_caps, 3);
  const TemporaryFolder folder;
  Spool spool(folder.at("series"), 2, 3, {0, 1, 2, 3, 4, 5, 6}, study->series.size());
  std::atomic<int> runs{0};
  Experiment experiment = experiment_of(*study);
  experiment.spool = &spool;
  experiment.run_done = [&] { ++runs; };
  const ExperimentResult result = run_experiment(experiment);
  CHECK(runs == 6);
  const std::size_t gamma_cap = study->metrics[0].series.front();
  for (std::size_t a = 0; a < 2; ++a) {
    const std::vector<double> friday = spool.read(a, 5, 1);
    for (std::size_t r = 0; r < 3; ++r) {
      CHECK(friday[r * study->series.size() + gamma_cap] == result.arms[a].levels[2][r]);
    }
    long long line_days = 0;
    for (const long long count : result.arms[a].line_days) line_days += count;
    CHECK(line_days == 3 * 6 * 8);
    CHECK(result.arms[a].counts.clears >= 3 * 6 * 2);
    CHECK(result.arms[a].counts.halts == 0);
  }
  const World world = make_world(study->facts, study->scenario.parameters, RandomStream(3, 0));
  CHECK(result.investors == world.population.accounts.investors);
}

TEST_CASE("experiment: days on which a line has no price are counted by line", "[unit][experiment]") {
  const auto study = model_study(gamma_caps, 3);
  Event ban = study->scenario.events.front();
  ban.said.id = "ban";
  ban.instrument = OwnershipBan{{"gamma"}, {"US", "CN", "HK", "ROW"}, make_date(2026, 6, 18)};
  Experiment experiment = experiment_of(*study);
  experiment.arms[1].plan = make_plan(study->facts, study->scenario.parameters, *study->calendar, {ban});
  const ExperimentResult result = run_experiment(experiment);
  CHECK(result.arms[0].days_without_price == std::vector<long long>(8, 0));
  // Announced on Wednesday evening: nobody may buy on 18, 19 and 22 June.
  std::vector<long long> expected(8, 0);
  expected[gamma_line] = 3 * 3;
  CHECK(result.arms[1].days_without_price == expected);
  CHECK(result.arms[1].line_days[index(LineStatus::no_demand)] == 9);
}

TEST_CASE("experiment: fewer days are the first ones", "[unit][experiment]") {
  const auto study = model_study({"level(market_cap[line=GAMMA], at=2026-06-17)"});
  Experiment experiment = experiment_of(*study);
  const ExperimentResult all = run_experiment(experiment);
  experiment.days = 3;
  const ExperimentResult three = run_experiment(experiment);
  CHECK(three.arms[0].levels == all.arms[0].levels);
  CHECK(three.arms[1].first_difference == ArmResult::never);
}
