/// Whose effect it is: the effect of an arm split over its parts, whatever the order in which they are added.
///
/// All 2^k coalitions of the parts of [decompose] run on the same random numbers. A coalition is the arm
/// without the events and rules of the parts that are not in it. With m_S the metric of coalition S against
/// the reference arm of the scenario,
///
///   v(S) = m_S - m_0,  m_0 of the arm without any part
///
/// so that percentages are all of the reference arm's level and add up. Per replicate v is split by the
/// Shapley value (shapley.hpp); as it is linear in v, the mean over replicates is the split of the mean
/// effect, and the spread over replicates gives its interval.
/// Neglects: parts are switched on and off as a whole; what their members do to each other is not split.
/// Tests: tests/unit/attribution_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/output/summary.hpp"
#include "sim/study/arm_variants.hpp"

namespace chokepoint {

struct PartShare {
  std::string id;
  Estimate shapley;
  double alone = 0;        ///< mean effect with no other part
  double last = 0;         ///< mean of what it adds when all others are there
  double interaction = 0;  ///< last - alone; with two parts what arises only when both happen
};

/// One metric of the arm, split.
struct EffectSplit {
  const Metric* metric = nullptr;
  std::vector<PartShare> parts;  ///< in the order of the file
  Estimate total;                ///< v of all parts; the Shapley values sum to it
  Estimate together;             ///< total less the effects of the parts alone
  Estimate rest;                 ///< m_0: what differs from the reference arm and is in no part
  bool has_rest = false;         ///< false: the arm without its parts is the reference arm
  std::size_t n = 0;             ///< replicates
};

/// Replicates that are split: all up to a hundred, with a precision those of the first round as long as no
/// other has been run; 0 without [decompose] or a metric that compares arms.
std::size_t attribution_replicates(const Study& study);
/// Runs that the split needs.
std::size_t attribution_runs(const Study& study);

/// The arm's content without the items of the parts whose bit is not in `coalition`.
ArmContent coalition_content(const Study& study, std::size_t coalition);

/// Splits every metric that compares with the reference; empty when attribution_replicates is 0. `full` holds
/// the results of the scenario's arms. `run_done` is called after each run. Throws Error{run_failed} when all
/// parts together are not the arm, or none of them not the reference arm, to the bit.
std::vector<EffectSplit> attributions_of(const Study& study, const ExperimentResult& full, int jobs,
                                         const std::function<void()>& run_done);

/// attribution.csv: a row for each part, then `total`, `together` and, when something is in no part, `rest`.
void write_attribution(const Study& study, const std::vector<EffectSplit>& attributions,
                       const std::string& folder);

}  // namespace chokepoint
