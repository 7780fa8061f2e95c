/// Arms that differ on paper and nowhere else. Tests: tests/unit/distinct_arms_test.cpp.
#pragma once

#include "sim/study/study.hpp"

namespace chokepoint {

/// From so many replicates on, what never shows is no matter of which parameters were drawn.
inline constexpr std::size_t fewest_replicates_to_judge = 20;

/// E086 for each arm whose runs record the same, to the bit, as those of an earlier arm in every replicate;
/// W139 when that may be chance: a rule tells the two apart, which may not fire, or settings alone do,
/// parameters are drawn and there are few replicates.
void check_arms_differ(const Study& study, const ExperimentResult& result, Problems& problems);

}  // namespace chokepoint
