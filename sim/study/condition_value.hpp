/// What a bound condition says of the record of a run, on the evening before a day.
///
/// Values are those of the last close. A value that is not there - a change over more days than the record
/// has, a quotient by zero, the days since what has not happened - makes every comparison with it false.
/// Windows of max and min that begin before T0 begin at T0. Tests: tests/unit/condition_value_test.cpp.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>

#include "sim/model/sessions.hpp"
#include "sim/study/rule_binding.hpp"

namespace chokepoint {

/// What can be seen before a day begins.
struct Look {
  std::span<const double> values;  ///< [1 + day][columns], row 0 is T0
  std::size_t columns = 0;
  const Calendar* calendar = nullptr;
  Date as_of;
  std::size_t day = 0;  ///< about to begin
  /// Date of the latest announcement of an event or firing of a rule; empty: not so far.
  std::function<std::optional<Date>(const std::string& item)> happened;

  Date today() const { return calendar->days()[day].date; }
  Date date_of_row(std::size_t row) const { return row == 0 ? as_of : calendar->days()[row - 1].date; }
};

/// Value of a node that is no comparison; NaN where there is none.
double value_of(const BoundNode& node, const Look& look);

/// How far a condition is from being true, and the comparison that says so: of `and` the farthest part, of
/// `or` the nearest. The distance of a comparison is |left - right| / |right| (|left - right| where right is
/// 0), 0 where it is true; comparisons of dates, != and fired(...) are true or infinitely far.
struct Approach {
  double distance = std::numeric_limits<double>::infinity();
  const BoundNode* comparison = nullptr;
  double left = 0;
  double right = 0;

  bool holds() const { return distance == 0.0; }
};

Approach approach(const BoundNode& node, const Look& look);

}  // namespace chokepoint
