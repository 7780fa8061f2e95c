#include "sim/study/replicate_runs.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

std::size_t first_difference(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const auto at = std::mismatch(a.begin(), a.end(), b.begin());
  return at.first == a.end() ? ArmResult::never : static_cast<std::size_t>(at.first - a.begin());
}

/// The world at T0 of an arm: its market and, where the data have vendors, its economy.
World start_of(const Facts& facts, const ArmPlan& arm, const RandomStream& random) {
  World world = make_world(facts, arm.parameters, random);
  if (arm.plan.setup) world.economy = make_economy(facts, arm.parameters, *arm.plan.setup, random);
  return world;
}

}  // namespace

ReplicateRuns run_replicate(const Experiment& experiment, std::size_t replicate) {
  const RandomStream random(experiment.seed, static_cast<std::uint32_t>(replicate));
  std::vector<ArmPlan> drawn;
  if (experiment.draw) drawn = experiment.draw(replicate);
  const std::vector<ArmPlan>& arms = experiment.draw ? drawn : experiment.arms;
  const ArmPlan& reference = arms[experiment.reference];
  const World start = start_of(*experiment.facts, reference, random);
  ReplicateRuns result;
  result.investors = start.population.accounts.investors;
  std::vector<RunResult>& results = result.arms;
  results.resize(arms.size());
  std::vector<std::uint64_t> reference_prints;
  const auto run = [&](std::size_t a) {
    const ArmPlan& arm = arms[a];
    const bool same = same_parameters(arm.parameters, reference.parameters);
    RunRecord record = run_arm(same ? start : start_of(*experiment.facts, arm, random), arm, random,
                               *experiment.series, {}, experiment.days);
    if (a == experiment.reference) reference_prints = record.fingerprints;
    for (const BoundMetric& metric : *experiment.metrics) {
      results[a].levels.push_back(level_of(metric, record.values, experiment.series->size()));
    }
    results[a].first_difference = first_difference(record.fingerprints, reference_prints);
    results[a].counts = record.counts;
    results[a].line_days = record.line_days;
    results[a].days_without_price = record.days_without_price;
    results[a].largest_rounding = record.largest_rounding;
    results[a].spells = std::move(record.spells);
    results[a].firings = std::move(record.firings);
    results[a].nearest = std::move(record.nearest);
    if (experiment.spool != nullptr) experiment.spool->write(a, replicate, record.values);
    if (experiment.run_done) experiment.run_done();
  };
  run(experiment.reference);
  for (std::size_t a = 0; a < arms.size(); ++a) {
    if (a != experiment.reference) run(a);
  }
  return result;
}

bool same_parameters(Parameters a, Parameters b) {
  const FieldList left = fields_of(a);
  const FieldList right = fields_of(b);
  for (std::size_t i = 0; i < left.all().size(); ++i) {
    if (*left.all()[i].value != *right.all()[i].value) return false;
  }
  return true;
}

}  // namespace chokepoint
