#include "sim/study/experiment.hpp"

#include <algorithm>
#include <map>

#include "sim/study/identity.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/replicate_runs.hpp"
#include "sim/study/run_journal.hpp"

namespace chokepoint {
namespace {

void add(ClearingCounts& total, const ClearingCounts& one) {
  total.clears += one.clears;
  total.residuals += one.residuals;
  total.factorisations += one.factorisations;
  total.not_dominant += one.not_dominant;
  total.fallbacks += one.fallbacks;
  total.halts += one.halts;
}

/// Spells of denial over replicates, in the order of the tensor's cells.
std::vector<SpellCount> count_spells(const std::vector<ReplicateRuns>& runs, std::size_t arm) {
  std::map<SpellCount::Key, std::size_t> counts;
  for (const auto& replicate : runs) {
    for (const AccessSpell& spell : replicate.arms[arm].spells) ++counts[key_of(spell)];
  }
  std::vector<SpellCount> result;
  for (const auto& [key, replicates] : counts) result.push_back({key, replicates});
  return result;
}

ArmResult gather(const Experiment& experiment, const std::vector<ReplicateRuns>& runs, std::size_t arm) {
  ArmResult result;
  const std::size_t metrics = experiment.metrics->size();
  result.levels.assign(metrics, std::vector<double>(runs.size()));
  result.values = result.levels;
  result.days_without_price.resize(experiment.facts->lines.size());
  result.spells = count_spells(runs, arm);
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const RunResult& run = runs[r].arms[arm];
    for (std::size_t m = 0; m < metrics; ++m) {
      result.levels[m][r] = run.levels[m];
      result.values[m][r] =
          compare((*experiment.metrics)[m], run.levels[m], runs[r].arms[experiment.reference].levels[m]);
    }
    result.first_difference = std::min(result.first_difference, run.first_difference);
    if (run.first_difference != ArmResult::never) ++result.replicates_that_differ;
    result.digests.push_back(run.digests);
    add(result.counts, run.counts);
    for (std::size_t s = 0; s < run.line_days.size(); ++s) result.line_days[s] += run.line_days[s];
    for (std::size_t k = 0; k < run.days_without_price.size(); ++k) {
      result.days_without_price[k] += run.days_without_price[k];
    }
    result.largest_rounding = std::max(result.largest_rounding, run.largest_rounding);
    result.firings.push_back(run.firings);
    result.nearest.push_back(run.nearest);
  }
  return result;
}

}  // namespace

void run_missing(const Experiment& experiment, std::vector<ReplicateRuns>& runs) {
  const std::size_t first = runs.size();
  runs.resize(experiment.replicates);
  RunJournal* journal = experiment.journal;
  run_in_parallel(first, experiment.replicates, experiment.jobs, [&](std::size_t r) {
    if (journal != nullptr && journal->take(r, runs[r])) return;
    runs[r] = run_replicate(experiment, r);
    if (journal == nullptr) return;
    journal->append(r, runs[r], experiment.spool == nullptr ? 0 : experiment.spool->written(r));
  });
  std::vector<Departure> departures;
  for (const ReplicateRuns& one : runs) {
    departures.insert(departures.end(), one.departures.begin(), one.departures.end());
  }
  check_identity(experiment, departures);
}

ExperimentResult gather_runs(const Experiment& experiment, const std::vector<ReplicateRuns>& runs) {
  ExperimentResult result;
  result.run_days =
      runs.size() * experiment.arms.size() * std::min(experiment.days, experiment.calendar->days().size());
  for (const ReplicateRuns& one : runs) result.shared_days += one.shared_days;
  result.investors = runs.empty() ? 0 : runs[0].investors;
  for (std::size_t a = 0; a < experiment.arms.size(); ++a) result.arms.push_back(gather(experiment, runs, a));
  return result;
}

ExperimentResult run_experiment(const Experiment& experiment) {
  std::vector<ReplicateRuns> runs;
  run_missing(experiment, runs);
  return gather_runs(experiment, runs);
}

}  // namespace chokepoint
