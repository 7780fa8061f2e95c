/// The condition of a rule: what its actor must see before it acts.
///
///   condition  = comparisons of values, joined by and, or, not, with parentheses; `and` binds before `or`
///   comparison = value ( < | <= | > | >= | == | != ) value | value between value and value | fired(item)
///   value      = sums, differences, products and quotients of: a number with a unit (0.6, 3 bn USD, 15 %), a
///                date, `date` (today), a variable with selectors, a function
///   function   = change(variable, '26 w') | max(variable, '90 d') | min(variable, '90 d') | cum(variable)
///                | sum(variable) | days_since(item)
///   item       = id of an event or rule
///
/// change is relative, x(t) / x(t - w) - 1; max and min are over the last days; cum is the running sum since
/// T0; several series that are selected are added up, and sum(...) only says so. A window may stand without
/// its quotation marks and is in days or weeks: months and years have no fixed length.
///
/// Example: change(talent_stock[region=HK, skill=ai], '26w') < -0.02 or ai_access[region=HK] < 0.60
///
/// Units are checked when names are bound to what is recorded (study/rule_binding.hpp). A condition says
/// nothing of other arms: effect(...) is refused. Tests: tests/unit/condition_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/error.hpp"
#include "sim/input/metric_expression.hpp"

namespace chokepoint {

/// A node of the parsed condition; logical nodes are 1 or 0.
struct ConditionNode {
  enum class Kind : unsigned {
    number,
    date,
    today,
    variable,
    // functions of a variable over the days before today
    change,
    cumulated,
    maximum,
    minimum,
    // functions of an event or rule
    days_since,
    fired,
    // operators over `children`
    negate,
    add,
    subtract,
    multiply,
    divide,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    between,  ///< children: value, low, high
    all_of,   ///< and
    any_of,   ///< or
    none_of,  ///< not
  };
  Kind kind = Kind::number;
  double number = 0;          ///< Kind::number
  std::string unit{};         ///< of the number as written; "" for a bare one
  Date date{};                ///< Kind::date
  SeriesExpression series{};  ///< of variable, change, cumulated, maximum, minimum
  double window_days = 0;     ///< of change, maximum, minimum
  std::string item{};         ///< id of days_since, fired
  std::size_t column = 0;     ///< where it begins, from the start of the text
  std::size_t end = 0;        ///< where the next character stands
  std::vector<ConditionNode> children{};
};

/// True for nodes that are 1 or 0: comparisons, fired(...), and, or, not.
bool is_logical(ConditionNode::Kind kind);

struct Condition {
  std::string text;  ///< as written
  ConditionNode root;
  SourcePosition where;

  /// A part of the condition as it was written.
  std::string part(const ConditionNode& node) const {
    return text.substr(node.column, node.end - node.column);
  }
  /// Where a part of it begins.
  SourcePosition at(const ConditionNode& node) const {
    return {where.path, where.line, where.column + node.column};
  }
};

/// Parses `text`; complaints carry the position of `where` moved to the offending character: E070 where it
/// cannot be read, E071 where it means nothing. After a complaint the root is not to be used.
Condition parse_condition(const std::string& text, const SourcePosition& where, Problems& problems);

}  // namespace chokepoint
