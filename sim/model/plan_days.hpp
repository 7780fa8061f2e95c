/// What a plan brings on each day, told by content: two arms of the same parameters cannot differ before the
/// first day on which their plans bring different things, whatever their events are called.
/// Tests: tests/unit/plan_days_test.cpp.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "sim/model/plan.hpp"

namespace chokepoint {

/// [day] hash of all that the plan brings on it.
std::vector<std::uint64_t> days_of(const Plan& plan);

inline constexpr std::size_t no_day = std::numeric_limits<std::size_t>::max();

/// First place at which two lists of daily hashes differ; no_day when they are equal as far as both go.
std::size_t first_difference(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

}  // namespace chokepoint
