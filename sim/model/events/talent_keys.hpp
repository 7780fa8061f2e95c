/// What instruments on the moves of researchers say alike.
#pragma once

#include <fmt/format.h>

#include "sim/model/events/keys.hpp"

namespace chokepoint {

/// Complains of nationalities that are unknown or missing.
inline void check_nationalities(const std::vector<std::string>& nationalities, EventProblems& problems) {
  const std::vector<std::string> known(nationality_names.begin(), nationality_names.end());
  for (const auto& id : nationalities) problems.expect_known("nationality", id, known);
  if (nationalities.empty()) problems.add("'nationalities' is empty (a rule must name at least one)");
}

inline void expect_between(const char* key, double value, double low, double high, EventProblems& problems) {
  if (value >= low && value <= high) return;
  problems.add(fmt::format("'{}' = {} is outside {} to {}", key, value, low, high));
}

}  // namespace chokepoint
