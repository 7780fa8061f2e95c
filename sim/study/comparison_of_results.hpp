/// Two folders of results side by side: what changed between them, replicate by replicate.
///
///   difference_r = second_r - first_r,   mean +- 1.96 sd / sqrt(n) over the replicates that both have
///
/// Replicate r has the same random numbers in both, since these are keyed by the seed and r: the difference
/// is paired, however many replicates each folder has. Tests: tests/unit/comparison_of_results_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/input/scenario_difference.hpp"
#include "sim/output/summary.hpp"
#include "sim/study/stored_results.hpp"

namespace chokepoint {

/// A metric of an arm in both folders, over the replicates that both have.
struct ComparedMetric {
  std::string arm;
  const Metric* metric = nullptr;  ///< of the first folder's scenario
  Summary first, second, difference;
  double share_positive = 0;  ///< of differences
};

struct ComparisonOfResults {
  std::vector<Difference> differences;   ///< of the scenarios
  std::vector<ComparedMetric> metrics;   ///< arms and metrics in the order of the first folder
  std::vector<std::string> only_in_one;  ///< "arm 'x' (only in out/b)"
  std::size_t replicates = 0;
};

/// Throws Error{command_line} with code E095 and every reason why the two cannot be compared: another
/// version, seed, reference arm or definition of a metric, other data or anything else in [time] or [data].
/// Parameters, events, rules and arms may differ. `first` must outlive the result.
ComparisonOfResults compare_results(const StoredResults& first, const StoredResults& second);

/// Warns of two builds of one version.
void warn_of_programs(const StoredResults& first, const StoredResults& second, Problems& problems);

}  // namespace chokepoint
