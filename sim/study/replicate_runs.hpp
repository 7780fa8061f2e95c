/// One replicate with all its arms: what each of its runs leaves behind.
#pragma once

#include <vector>

#include "sim/study/experiment.hpp"

namespace chokepoint {

/// What one run leaves behind when its series are gone.
struct RunResult {
  std::vector<double> levels;  ///< [metric]
  std::size_t first_difference = ArmResult::never;
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
};

/// Runs one replicate; the reference arm first, so that the others can be compared with it. Writes series to
/// the spool of the experiment. Throws Error{run_failed} when an identity breaks.
ReplicateRuns run_replicate(const Experiment& experiment, std::size_t replicate);

}  // namespace chokepoint
