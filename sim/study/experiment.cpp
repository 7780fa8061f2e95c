#include "sim/study/experiment.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <map>

namespace chokepoint {
namespace {

/// What one run leaves behind when its series are gone.
struct RunResult {
  std::vector<double> levels;  ///< [metric]
  std::size_t first_difference = ArmResult::never;
  ClearingCounts counts;
  std::array<long long, line_status_names.size()> line_days{};
  std::vector<long long> days_without_price;  ///< [line]
  double largest_rounding = 0;
  std::vector<AccessSpell> spells;
};

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

/// Runs one replicate; the reference arm first, so that the others can be compared with it.
std::vector<RunResult> run_replicate(const Experiment& experiment, std::size_t replicate,
                                     std::size_t& investors) {
  const RandomStream random(experiment.seed, static_cast<std::uint32_t>(replicate));
  std::vector<ArmPlan> drawn;
  if (experiment.draw) drawn = experiment.draw(replicate);
  const std::vector<ArmPlan>& arms = experiment.draw ? drawn : experiment.arms;
  const ArmPlan& reference = arms[experiment.reference];
  const World start = start_of(*experiment.facts, reference, random);
  investors = start.population.accounts.investors;
  std::vector<RunResult> results(experiment.arms.size());
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
    if (experiment.spool != nullptr) experiment.spool->write(a, replicate, record.values);
    if (experiment.run_done) experiment.run_done();
  };
  run(experiment.reference);
  for (std::size_t a = 0; a < experiment.arms.size(); ++a) {
    if (a != experiment.reference) run(a);
  }
  return results;
}

void add(ClearingCounts& total, const ClearingCounts& one) {
  total.clears += one.clears;
  total.residuals += one.residuals;
  total.factorisations += one.factorisations;
  total.not_dominant += one.not_dominant;
  total.fallbacks += one.fallbacks;
  total.halts += one.halts;
}

/// Spells of denial over replicates, in the order of the tensor's cells.
std::vector<SpellCount> count_spells(const std::vector<std::vector<RunResult>>& runs, std::size_t arm) {
  std::map<SpellCount::Key, std::size_t> counts;
  for (const auto& replicate : runs) {
    for (const AccessSpell& spell : replicate[arm].spells) ++counts[key_of(spell)];
  }
  std::vector<SpellCount> result;
  for (const auto& [key, replicates] : counts) result.push_back({key, replicates});
  return result;
}

ArmResult gather(const Experiment& experiment, const std::vector<std::vector<RunResult>>& runs,
                 std::size_t arm) {
  ArmResult result;
  const std::size_t metrics = experiment.metrics->size();
  result.levels.assign(metrics, std::vector<double>(runs.size()));
  result.values = result.levels;
  result.days_without_price.resize(experiment.facts->lines.size());
  result.spells = count_spells(runs, arm);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const RunResult& run = runs[r][arm];
    for (std::size_t m = 0; m < metrics; ++m) {
      result.levels[m][r] = run.levels[m];
      result.values[m][r] =
          compare((*experiment.metrics)[m], run.levels[m], runs[r][experiment.reference].levels[m]);
    }
    result.first_difference = std::min(result.first_difference, run.first_difference);
    if (run.first_difference != ArmResult::never) ++result.replicates_that_differ;
    add(result.counts, run.counts);
    for (std::size_t s = 0; s < run.line_days.size(); ++s) result.line_days[s] += run.line_days[s];
    for (std::size_t k = 0; k < run.days_without_price.size(); ++k) {
      result.days_without_price[k] += run.days_without_price[k];
    }
    result.largest_rounding = std::max(result.largest_rounding, run.largest_rounding);
  }
  return result;
}

}  // namespace

bool same_parameters(Parameters a, Parameters b) {
  const FieldList left = fields_of(a);
  const FieldList right = fields_of(b);
  for (std::size_t i = 0; i < left.all().size(); ++i) {
    if (*left.all()[i].value != *right.all()[i].value) return false;
  }
  return true;
}

ExperimentResult run_experiment(const Experiment& experiment) {
  std::vector<std::vector<RunResult>> runs(experiment.replicates);
  std::vector<std::size_t> investors(experiment.replicates, 0);
  const int threads = experiment.jobs > 0 ? experiment.jobs : oneapi::tbb::this_task_arena::max_concurrency();
  const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                          static_cast<std::size_t>(threads));
  oneapi::tbb::parallel_for(
      oneapi::tbb::blocked_range<std::size_t>(0, experiment.replicates, 1),
      [&](const auto& range) {
        for (std::size_t r = range.begin(); r < range.end(); ++r) {
          runs[r] = run_replicate(experiment, r, investors[r]);
        }
      },
      oneapi::tbb::simple_partitioner{});
  ExperimentResult result;
  result.investors = experiment.replicates > 0 ? investors[0] : 0;
  for (std::size_t a = 0; a < experiment.arms.size(); ++a) result.arms.push_back(gather(experiment, runs, a));
  return result;
}

}  // namespace chokepoint
