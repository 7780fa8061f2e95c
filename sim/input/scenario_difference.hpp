/// What two scenarios mean differently, however they are written. Tests:
/// tests/unit/scenario_difference_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/input/scenario.hpp"

namespace chokepoint {

struct Difference {
  std::string section;  ///< "parameters", or the first word of the path: "event", "arm", "time" ...
  std::string item;     ///< the rest of it: a parameter, "us_access_order.level", "as_of"
  std::string before;   ///< "" where only the second scenario has it
  std::string after;    ///< "" where only the first has it
  std::string unit;     ///< of parameters
  bool words = false;   ///< a title, label, reason or source: changes no number
};

/// Differences of `second` from `first`: parameters in the order of the registry, then what the scenarios say
/// as they are resolved (same instant, same unit, nothing inherited), in the order of the first. A record
/// that only one of them has is one difference. The order of records is not compared.
std::vector<Difference> differences(const Scenario& first, const Scenario& second);

/// True when some difference is more than words.
bool differ_in_meaning(const std::vector<Difference>& found);

/// The differences as text for people, by section; says so when there is none.
std::string difference_text(const std::vector<Difference>& found);

}  // namespace chokepoint
