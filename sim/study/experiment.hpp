/// Arms x replicates, in parallel and paired: a task is a replicate with all its arms.
///
/// Random numbers are keyed by identity, so every arm of a replicate has the same investors and the same
/// daily noise. Results are put in their place by (arm, replicate), never by who finished first.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <tuple>
#include <vector>

#include "sim/study/metric_value.hpp"
#include "sim/study/replicate.hpp"
#include "sim/study/spool.hpp"

namespace chokepoint {

class RunJournal;
struct ReplicateRuns;

struct Experiment {
  const Facts* facts = nullptr;
  const Calendar* calendar = nullptr;
  std::vector<ArmPlan> arms;
  std::function<std::vector<ArmPlan>(std::size_t replicate)> draw;  ///< [arm]; null: `arms` in all replicates
  std::size_t reference = 0;
  const std::vector<Series>* series = nullptr;
  const std::vector<BoundMetric>* metrics = nullptr;
  std::uint64_t seed = 0;
  std::size_t replicates = 0;
  std::size_t days = all_days;     ///< trading days to simulate, at most those of the calendar
  int jobs = 0;                    ///< threads; 0: all cores
  Spool* spool = nullptr;          ///< null: series are not kept
  bool share_days = true;          ///< simulate days that arms have in common once, but in `proves`
  RunJournal* journal = nullptr;   ///< null: finished replicates are not kept for a later start
  std::function<void()> run_done;  ///< called after each run, from any thread
};

/// True for replicates in which every arm runs in full, to be compared with what sharing days gives.
constexpr bool proves(std::size_t replicate) { return replicate == 0; }

/// An arm that was not the same as another before a day, which it had to be.
struct Departure {
  std::size_t replicate = 0;
  std::size_t arm = 0;
  std::size_t other = 0;
  std::size_t allowed = 0;  ///< first day on which they may differ
};

/// True when every parameter has the same value.
bool same_parameters(Parameters a, Parameters b);

/// A spell of denial and the number of replicates in which it happened on these days.
struct SpellCount {
  /// Model, cell of the user, first day, last day, reason.
  using Key = std::tuple<std::size_t, std::size_t, std::int32_t, std::int32_t, Denial>;
  Key key;
  std::size_t replicates = 0;
};
inline SpellCount::Key key_of(const AccessSpell& spell) {
  return {spell.model, index(spell.user), spell.first_day, spell.last_day, spell.reason};
}

/// What a run is known by: runs with the same digests are the same to the bit.
struct RunDigests {
  std::uint64_t recorded = 0;  ///< of every number recorded on any day, and of the spells of denial
  std::uint64_t state = 0;     ///< of the whole state after the last day
  bool operator==(const RunDigests&) const = default;
};

struct ArmResult {
  std::vector<std::vector<double>> levels;  ///< [metric][replicate]
  std::vector<std::vector<double>> values;  ///< [metric][replicate], compared with the reference
  std::size_t first_difference = never;  ///< first day of which any replicate tells other than the reference
  std::size_t replicates_that_differ = 0;
  std::vector<RunDigests> digests;  ///< [replicate]
  ClearingCounts counts;
  std::array<long long, line_status_names.size()> line_days{};
  std::vector<long long> days_without_price;  ///< [line] NO_DEMAND or HALT at the close, over replicates
  double largest_rounding = 0;
  std::vector<SpellCount> spells;                     ///< by key
  std::vector<std::vector<Firing>> firings;           ///< [replicate], of rules in order
  std::vector<std::vector<NearestApproach>> nearest;  ///< [replicate][rule] by id

  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
};

struct ExperimentResult {
  std::vector<ArmResult> arms;
  std::size_t investors = 0;    ///< accounts of one replicate
  std::size_t run_days = 0;     ///< of all runs
  std::size_t shared_days = 0;  ///< of these, those taken from another arm's run
};

/// Throws Error{run_failed} when an identity breaks in any run, or an arm differs from the reference before
/// it may (identity.hpp).
ExperimentResult run_experiment(const Experiment& experiment);

/// Adds the replicates that `runs` lacks up to those of the experiment: those that the journal has from an
/// earlier start are taken from there, the others are run. Throws Error{run_failed} like run_experiment.
void run_missing(const Experiment& experiment, std::vector<ReplicateRuns>& runs);

/// What the runs of all arms and replicates amount to.
ExperimentResult gather_runs(const Experiment& experiment, const std::vector<ReplicateRuns>& runs);

}  // namespace chokepoint
