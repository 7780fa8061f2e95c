/// What a [[check]] expects of the results of one arm.
///
///   expect     = reduce "(" subject "," "arm" "=" "'" id of an arm "'" ")" comparison number
///   reduce     = "max" | "min" | "mean" | "median"         over the replicates of the arm
///   subject    = plain | "abs" "(" plain ")"               its size, replicate by replicate
///   plain      = id of a metric | a metric expression, as in metric_expression.hpp
///   comparison = "==" | "!=" | "<" | "<=" | ">" | ">="
///
/// A subject that compares with the reference arm is taken replicate by replicate, as in metrics.csv.
///
/// Examples: max(permitted_users_cut, arm='both_verifiable') == 0
///           median(effect(market_cap[firm=zhipu], at=2026-06-22), arm='both') > 0
///           max(abs(effect(desk_staff[region=HK], at=2027-12-31)), arm='nothing_relocates') == 0
#pragma once

#include <optional>
#include <string>

#include "sim/input/metric_expression.hpp"

namespace chokepoint {

struct CheckExpression {
  enum class Reduce { maximum, minimum, mean, median };
  enum class Comparison { equal, not_equal, less, at_most, greater, at_least };

  Reduce reduce = Reduce::maximum;
  std::string metric;                           ///< id, or the expression as it is written out
  std::optional<MetricExpression> written_out;  ///< empty: `metric` is an id
  SourcePosition metric_where;
  bool of_size = false;  ///< abs(...): signs do not count
  std::string arm;
  SourcePosition arm_where;
  Comparison comparison = Comparison::equal;
  double bound = 0;
};

/// True when a number found is as expected.
bool holds(const CheckExpression& expected, double found);

/// Empty after a complaint. Complaints carry the position of `where` moved to the offending character.
std::optional<CheckExpression> parse_check_expression(const std::string& text, const SourcePosition& where,
                                                      Problems& problems);

}  // namespace chokepoint
