#include "sim/study/condition_value.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

using Kind = ConditionNode::Kind;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double far = std::numeric_limits<double>::infinity();
constexpr double at_it = std::numeric_limits<double>::min();  // at the threshold, and not over it

double at_row(const BoundNode& node, const Look& look, std::size_t row) {
  double sum = 0.0;
  for (const std::size_t s : node.series) sum += look.values[row * look.columns + s];
  return sum;
}

/// The last row that is a window or more older than the last close; empty when the record is too short.
std::optional<std::size_t> row_before(const BoundNode& node, const Look& look) {
  const Date close = look.date_of_row(look.day);
  std::size_t row = look.day;
  while (row > 0 && close - look.date_of_row(row) < node.window_days) --row;
  if (close - look.date_of_row(row) < node.window_days) return std::nullopt;
  return row;
}

double change_of(const BoundNode& node, const Look& look) {
  const auto before = row_before(node, look);
  if (!before) return nothing;
  const double old = at_row(node, look, *before);
  return old == 0.0 ? nothing : at_row(node, look, look.day) / old - 1.0;
}

double sum_of_rows(const BoundNode& node, const Look& look) {
  double sum = 0.0;
  for (std::size_t row = 0; row <= look.day; ++row) sum += at_row(node, look, row);
  return sum;
}

double extreme_of(const BoundNode& node, const Look& look) {
  double result = at_row(node, look, look.day);
  for (std::size_t row = row_before(node, look).value_or(0); row < look.day; ++row) {
    const double value = at_row(node, look, row);
    result = node.kind == Kind::maximum ? std::max(result, value) : std::min(result, value);
  }
  return result;
}

double days_since(const BoundNode& node, const Look& look) {
  const auto date = look.happened(node.item);
  return date ? look.today() - *date : nothing;
}

bool compares(Kind kind, double left, double right) {
  switch (kind) {
    case Kind::less:
      return left < right;
    case Kind::less_equal:
      return left <= right;
    case Kind::greater:
      return left > right;
    case Kind::greater_equal:
      return left >= right;
    case Kind::equal:
      return left == right;
    default:
      return left != right;
  }
}

Kind opposite(Kind kind) {
  switch (kind) {
    case Kind::less:
      return Kind::greater_equal;
    case Kind::less_equal:
      return Kind::greater;
    case Kind::greater:
      return Kind::less_equal;
    case Kind::greater_equal:
      return Kind::less;
    case Kind::equal:
      return Kind::not_equal;
    default:
      return Kind::equal;
  }
}

/// Both values are there.
Approach compared(const BoundNode& node, Kind kind, double left, double right) {
  Approach result{far, &node, left, right};
  if (compares(kind, left, right)) {
    result.distance = 0.0;
  } else if (!node.of_dates && kind != Kind::not_equal) {
    const double apart = std::fabs(left - right);
    result.distance = std::max(at_it, right == 0.0 ? apart : apart / std::fabs(right));
  }
  return result;
}

Approach farther(const Approach& a, const Approach& b) { return b.distance > a.distance ? b : a; }
Approach nearer(const Approach& a, const Approach& b) { return b.distance < a.distance ? b : a; }

/// The approach of a node, or of its opposite.
Approach approach_of(const BoundNode& node, bool negated, const Look& look);

Approach joined(const BoundNode& node, bool negated, const Look& look) {
  const bool all = (node.kind == Kind::all_of) != negated;
  Approach result = approach_of(node.children.front(), negated, look);
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    const Approach one = approach_of(node.children[i], negated, look);
    result = all ? farther(result, one) : nearer(result, one);
  }
  return result;
}

/// A comparison whose value is missing is false, its opposite true.
Approach comparison(const BoundNode& node, bool negated, const Look& look) {
  std::vector<double> values;
  for (const BoundNode& child : node.children) values.push_back(value_of(child, look));
  for (const double value : values) {
    if (std::isnan(value)) return {negated ? 0.0 : far, &node, nothing, nothing};
  }
  if (node.kind != Kind::between) {
    return compared(node, negated ? opposite(node.kind) : node.kind, values[0], values[1]);
  }
  if (negated) {
    return nearer(compared(node, Kind::less, values[0], values[1]),
                  compared(node, Kind::greater, values[0], values[2]));
  }
  return farther(compared(node, Kind::greater_equal, values[0], values[1]),
                 compared(node, Kind::less_equal, values[0], values[2]));
}

Approach approach_of(const BoundNode& node, bool negated, const Look& look) {
  switch (node.kind) {
    case Kind::none_of:
      return approach_of(node.children.front(), !negated, look);
    case Kind::all_of:
    case Kind::any_of:
      return joined(node, negated, look);
    case Kind::fired: {
      const bool fired = look.happened(node.item).has_value();
      return {fired != negated ? 0.0 : far, &node, fired ? 1.0 : 0.0, negated ? 0.0 : 1.0};
    }
    default:
      return comparison(node, negated, look);
  }
}

}  // namespace

double value_of(const BoundNode& node, const Look& look) {
  const auto part = [&](std::size_t i) { return value_of(node.children[i], look); };
  switch (node.kind) {
    case Kind::number:
    case Kind::date:
      return node.number;
    case Kind::today:
      return look.today().days;
    case Kind::variable:
      return at_row(node, look, look.day);
    case Kind::change:
      return change_of(node, look);
    case Kind::cumulated:
      return sum_of_rows(node, look);
    case Kind::maximum:
    case Kind::minimum:
      return extreme_of(node, look);
    case Kind::days_since:
      return days_since(node, look);
    case Kind::negate:
      return -part(0);
    case Kind::add:
      return part(0) + part(1);
    case Kind::subtract:
      return part(0) - part(1);
    case Kind::multiply:
      return part(0) * part(1);
    case Kind::divide:
      return part(1) == 0.0 ? nothing : part(0) / part(1);
    default:
      return nothing;  // comparisons have no value
  }
}

Approach approach(const BoundNode& node, const Look& look) { return approach_of(node, false, look); }

}  // namespace chokepoint
