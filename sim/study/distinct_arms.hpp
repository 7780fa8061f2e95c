/// Arms that differ on paper and nowhere else. Tests: tests/unit/distinct_arms_test.cpp.
#pragma once

#include "sim/study/study.hpp"

namespace chokepoint {

/// E086 for each arm whose runs record the same, to the bit, as those of an earlier arm in every replicate;
/// W139 when a rule tells the two apart, which may happen not to fire.
void check_arms_differ(const Study& study, const ExperimentResult& result, Problems& problems);

}  // namespace chokepoint
