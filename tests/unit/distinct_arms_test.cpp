#include "sim/study/distinct_arms.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

/// Two arms on paper; results are set by the test.
std::unique_ptr<Study> two_arms() {
  auto study = model_study({"effect(market_cap[line=GAMMA], at=2026-06-19)"});
  study->scenario.arms[1].where = {"model.toml", 7, 1};
  return study;
}

ExperimentResult with_digests(const std::vector<std::vector<std::uint64_t>>& recorded) {
  ExperimentResult result;
  for (const auto& arm : recorded) {
    result.arms.emplace_back();
    for (const std::uint64_t one : arm) result.arms.back().digests.push_back({one, 0});
  }
  return result;
}

Problems checked(const Study& study, const ExperimentResult& result) {
  Problems problems;
  check_arms_differ(study, result, problems);
  return problems;
}

}  // namespace

TEST_CASE("distinct arms: one replicate that differs is enough", "[unit][distinct_arms]") {
  const Problems found = checked(*two_arms(), with_digests({{1, 2, 3}, {1, 2, 4}}));
  CHECK_FALSE(found.any());
  CHECK(found.warnings().empty());
}

TEST_CASE("distinct arms: arms that record the same are refused, and what should tell them apart is named",
          "[unit][distinct_arms]") {
  auto study = two_arms();
  study->scenario.arms[0].set = {setting("noise.scale", 0)};
  const Problems found = checked(*study, with_digests({{1, 2}, {1, 2}}));
  REQUIRE(found.errors().size() == 1);
  CHECK(
      found.errors()[0] ==
      "error[E086]: identical arms 'none' and 'order' (they differ by 'order', 'noise.scale', but no number "
      "on any day of any replicate does) remove one, or let what tells them apart act within the run\n"
      "  --> model.toml:7:1");
}

TEST_CASE("distinct arms: all pairs are compared, each arm is named once", "[unit][distinct_arms]") {
  auto study = two_arms();
  study->scenario.arms.push_back(study->scenario.arms[1]);
  study->scenario.arms.push_back(study->scenario.arms[1]);
  study->scenario.arms[2].id = "third";
  study->scenario.arms[3].id = "fourth";
  const Problems found = checked(*study, with_digests({{1}, {2}, {2}, {2}}));
  REQUIRE(found.errors().size() == 2);
  CHECK_THAT(found.errors()[0], Catch::Contains("'order' and 'third'"));
  CHECK_THAT(found.errors()[1], Catch::Contains("'order' and 'fourth'"));
}

TEST_CASE("distinct arms: a rule that did not fire is no fault", "[unit][distinct_arms]") {
  auto study = two_arms();
  study->scenario.events.clear();
  Rule rule;
  rule.id = "watch";
  study->scenario.rules = {rule};
  study->scenario.arms[0].exclude = {"watch"};
  const Problems found = checked(*study, with_digests({{1}, {1}}));
  CHECK_FALSE(found.any());
  REQUIRE(found.warnings().size() == 1);
  CHECK_THAT(found.warnings()[0], Catch::Contains("W139") && Catch::Contains("'watch'"));
}

TEST_CASE("distinct arms: where parameters are drawn, settings need replicates to show",
          "[unit][distinct_arms]") {
  auto study = two_arms();
  study->scenario.events.clear();
  study->scenario.arms[1].set = {setting("noise.scale", 0)};
  const std::vector<std::uint64_t> few(19, 1);
  CHECK(checked(*study, with_digests({few, few})).any());
  study->structural = {{"noise.scale", StructuralScale::log, 1, 0.5, 2, 0, 10}};
  const Problems found = checked(*study, with_digests({few, few}));
  CHECK_FALSE(found.any());
  CHECK(found.warnings().size() == 1);
  const std::vector<std::uint64_t> enough(20, 1);
  CHECK(checked(*study, with_digests({enough, enough})).any());
  study->scenario.events = {value_order()};  // an event is no matter of draws
  CHECK(checked(*study, with_digests({few, few})).any());
}

TEST_CASE("distinct arms: what a run records decides, and an event that touches nothing leaves it as it is",
          "[unit][distinct_arms]") {
  auto study = two_arms();
  CHECK_FALSE(checked(*study, run_experiment(experiment_of(*study))).any());
  study->scenario.events[0].said.announced = to_instant(make_date(2026, 7, 20), 72000, 0);
  CHECK(checked(*study, run_experiment(experiment_of(*study))).errors().size() == 1);
}
