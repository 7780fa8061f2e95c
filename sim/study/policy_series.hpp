/// Series of compute, desks, policy and indicators: what compute.csv, desks.csv, policy.csv and
/// indicators.csv show.
#pragma once

#include "sim/study/series.hpp"

namespace chokepoint {

/// Appends the series; none for facts without vendors.
void add_policy_series(const Facts& facts, std::vector<Series>& list);

}  // namespace chokepoint
