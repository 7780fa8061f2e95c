/// Conditions of rules bound to what a run records: which series, in which units.
///
/// A name is a public series (series.hpp); one that nobody could see is refused with the reason. Several
/// series that are selected are added up where that means something: money, counts, shares.
///
/// Units: a bare number is in the unit of what it stands beside. "%" is a share, and shares, ratios and pure
/// numbers may be compared with each other; "USD", "mn USD" and "tn USD" become bn USD; "w" becomes d; "since
/// T0" says from when, not in what. Dates go with dates; a date less a date is in d. Anything else that is
/// compared or added must have one unit. Tests: tests/unit/rule_binding_test.cpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/input/rule.hpp"
#include "sim/study/series.hpp"

namespace chokepoint {

/// A node of a condition whose names are found.
struct BoundNode {
  ConditionNode::Kind kind = ConditionNode::Kind::number;
  double number = 0;                  ///< of numbers, in the unit of series; of dates, days since 1970
  std::vector<std::size_t> series{};  ///< to be added up
  double window_days = 0;             ///< of change, maximum, minimum
  std::string item{};                 ///< of days_since, fired
  std::string text{};                 ///< as written
  bool of_dates = false;              ///< of comparisons
  std::vector<BoundNode> children{};
};

struct BoundRule {
  const Rule* rule = nullptr;
  BoundNode when;
  std::optional<BoundNode> until;
};

/// Rules by id. `rules` must outlive them. Complaints: E051 to E053 of names, E072 of units, E073 of what is
/// hidden.
std::vector<BoundRule> bind_rules(const std::vector<Rule>& rules, const std::vector<Series>& series,
                                  Problems& problems);

/// Complains (E076) of days_since and fired of what is neither an event nor a rule.
void check_items(const std::vector<Rule>& rules, const std::vector<std::string>& items, Problems& problems);

}  // namespace chokepoint
