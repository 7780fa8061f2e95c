/// Levels of instruments: how much of a class is covered, in quarters.
#pragma once

#include <algorithm>
#include <array>
#include <string>

#include "sim/model/events/keys.hpp"

namespace chokepoint {

inline constexpr std::array<double, 5> instrument_levels{0, 0.25, 0.5, 0.75, 1};

inline void expect_level(const std::string& key, double value, EventProblems& problems) {
  if (std::find(instrument_levels.begin(), instrument_levels.end(), value) != instrument_levels.end()) return;
  problems.add("'" + key + "' is no level (write 0, 0.25, 0.5, 0.75 or 1)");
}

inline void expect_not_negative(const std::string& key, double value, EventProblems& problems) {
  if (!(value >= 0)) problems.add("'" + key + "' must not be negative");
}

}  // namespace chokepoint
