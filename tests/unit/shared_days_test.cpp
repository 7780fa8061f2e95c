#include "sim/study/shared_days.hpp"

#include <catch2/catch.hpp>

#include "sim/study/spool.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/whole_experiment.hpp"

using namespace chokepoint;

namespace {

/// All that an experiment tells: what every series was on every day of every run, and what was counted.
struct Told {
  ExperimentResult result;
  std::vector<std::vector<double>> series;  ///< [arm]
};

Told run(const Experiment& given, bool share) {
  Experiment experiment = given;
  experiment.share_days = share;
  const TemporaryFolder folder;
  std::vector<std::size_t> rows(experiment.calendar->days().size() + 1);
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  Spool spool(folder.at("series"), experiment.arms.size(), experiment.replicates, rows,
              experiment.series->size());
  experiment.spool = &spool;
  Told told{run_experiment(experiment), {}};
  for (std::size_t a = 0; a < experiment.arms.size(); ++a)
    told.series.push_back(spool.read(a, 0, rows.size()));
  return told;
}

void expect_same(const Told& shared, const Told& full) {
  REQUIRE(shared.series.size() == full.series.size());
  for (std::size_t a = 0; a < full.series.size(); ++a) {
    CAPTURE(a);
    CHECK(shared.series[a] == full.series[a]);
    const ArmResult& one = shared.result.arms[a];
    const ArmResult& other = full.result.arms[a];
    CHECK(one.first_difference == other.first_difference);
    CHECK(one.replicates_that_differ == other.replicates_that_differ);
    CHECK(one.counts.clears == other.counts.clears);
    CHECK(one.counts.residuals == other.counts.residuals);
    CHECK(one.line_days == other.line_days);
    CHECK(one.days_without_price == other.days_without_price);
    CHECK(one.largest_rounding == other.largest_rounding);
    CHECK(one.spells.size() == other.spells.size());
  }
}

/// Events of the pool, each with a chance of one half.
std::vector<Event> draw_events(std::uint32_t arm, std::uint32_t trial) {
  const RandomStream random(77, trial);
  const std::vector<Event> pool = whole_events();
  std::vector<Event> drawn;
  for (std::uint32_t e = 0; e < pool.size(); ++e) {
    const bool ends_nothing = pool[e].said.id == "reversal" && (drawn.empty() || drawn[0].said.id != "order");
    if (random.uniform(Decision::synthetic_test, arm, e) < 0.5 && !ends_nothing) drawn.push_back(pool[e]);
  }
  return drawn;
}

}  // namespace

TEST_CASE("shared days: arms leave the arm that they have most in common with, at the first other day",
          "[unit][experiment]") {
  WholeExperiment whole;
  const std::vector<Event> all = whole_events();
  whole.arm("order", {all[0]});
  whole.arm("baseline");
  whole.arm("ban", {all[3]});
  whole.arm("order_and_ban", {all[0], all[3]});
  whole.arm("order_again", {all[0]});
  whole.arm("other").parameters.noise.scale = 0.5;
  whole.arm("other_ban", {all[3]}).parameters.noise.scale = 0.5;
  whole.arm("ruled").rules.resize(1);
  const std::vector<Branch> branches = branches_of(whole.experiment.arms, 1, whole_days);
  const auto expect = [&](std::size_t arm, std::size_t parent, std::size_t day) {
    CAPTURE(arm);
    CHECK(branches[arm].parent == parent);
    CHECK(branches[arm].day == day);
  };
  expect(0, 1, 1);
  expect(1, no_day, 0);
  expect(2, 1, 5);
  expect(3, 0, 5);
  expect(4, 0, whole_days);
  expect(5, no_day, 0);
  expect(6, 5, 5);
  expect(7, no_day, 0);
}

TEST_CASE("shared days: no more branches are nested than memory is there for", "[unit][experiment]") {
  WholeExperiment whole;
  std::vector<Event> events;
  whole.arm("baseline");
  for (const std::size_t e : {0, 2, 3, 4, 5}) {
    events.push_back(whole_events()[e]);
    whole.arm(events.back().said.id, events);
  }
  const std::vector<Branch> branches = branches_of(whole.experiment.arms, 0, whole_days);
  for (std::size_t a = 1; a < branches.size(); ++a) {
    CHECK(branches[a].parent == std::min(a - 1, most_nested - 1));
  }
}

TEST_CASE("shared days: whatever arms share, every number is the one of runs in full", "[unit][experiment]") {
  const auto trial = static_cast<std::uint32_t>(GENERATE(range(0, 4)));
  CAPTURE(trial);
  WholeExperiment whole;
  whole.experiment.replicates = 2;
  for (std::uint32_t a = 0; a < 6; ++a) whole.arm("arm" + std::to_string(a), draw_events(a, trial));
  whole.experiment.reference = trial % 2;
  const Told shared = run(whole.experiment, true);
  const Told full = run(whole.experiment, false);
  expect_same(shared, full);
  CHECK(full.result.shared_days == 0);
  CHECK(full.result.run_days == 2 * 6 * whole_days);
  const std::vector<Branch> branches =
      branches_of(whole.experiment.arms, whole.experiment.reference, whole_days);
  std::size_t expected = 0;
  for (const Branch& branch : branches) expected += branch.day;
  CHECK(shared.result.shared_days == expected);  // of the second replicate; the first proves
  CHECK(expected > 0);
}

TEST_CASE("shared days: parameters that are drawn are shared as the replicate draws them",
          "[unit][experiment]") {
  WholeExperiment whole(4);
  whole.experiment.replicates = 3;
  whole.arm("baseline");
  whole.arm("issue", {whole_events()[1]});
  const std::vector<ArmPlan> arms = whole.experiment.arms;
  whole.experiment.draw = [=](std::size_t replicate) {
    std::vector<ArmPlan> drawn = arms;
    for (ArmPlan& arm : drawn) arm.parameters.noise.scale = 1.0 + static_cast<double>(replicate);
    if (replicate == 2) drawn[1].parameters.momentum.gain_retail = 0.02;
    return drawn;
  };
  const Told shared = run(whole.experiment, true);
  expect_same(shared, run(whole.experiment, false));
  // The issue is of day 2. The first replicate proves, in the third the arms have other parameters.
  CHECK(shared.result.shared_days == 2);
}
