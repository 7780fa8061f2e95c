/// One replicate with all its arms: what each of its runs leaves behind.
///
/// Days that arms have in common are simulated once (shared_days.hpp), but in replicate r0000: there every
/// arm runs in full, and what sharing would have taken from another arm is compared with it.
#pragma once

#include <vector>

#include "sim/study/experiment.hpp"

namespace chokepoint {

/// What one run leaves behind when its series are gone.
struct RunResult {
  std::vector<double> levels;  ///< [metric]
  std::size_t first_difference = ArmResult::never;
  RunDigests digests;
  ClearingCounts counts;
  std::array<long long, line_status_names.size()> line_days{};
  std::vector<long long> days_without_price;  ///< [line]
  double largest_rounding = 0;
  std::vector<AccessSpell> spells;
  std::vector<Firing> firings;           ///< of rules, in order
  std::vector<NearestApproach> nearest;  ///< [rule] by id
};

struct ReplicateRuns {
  std::vector<RunResult> arms;  ///< [arm]
  std::size_t investors = 0;
  std::vector<Departure> departures;  ///< arms that were not what they had to be
  std::size_t shared_days = 0;        ///< not simulated, since another arm had them
};

/// The arms as they are in a replicate: drawn, or the same in all.
std::vector<ArmPlan> arms_in(const Experiment& experiment, std::size_t replicate);
/// What a run is known by.
RunDigests digests_of(const RunRecord& record);

/// The world at T0 of an arm: its market and, where the data have vendors, its economy.
World start_of(const Facts& facts, const ArmPlan& arm, const RandomStream& random);

/// Runs one replicate. Writes series to the spool of the experiment. Throws Error{run_failed} when an
/// identity of accounts breaks.
ReplicateRuns run_replicate(const Experiment& experiment, std::size_t replicate);

}  // namespace chokepoint
