#include "sim/study/rule_binding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/base/text.hpp"
#include "sim/input/scenario_quantity.hpp"

namespace chokepoint {
namespace {

using Kind = ConditionNode::Kind;

const std::string bare;  // in the unit of what it stands beside
const std::string share = "share";
const std::string days = "d";
const std::string date = "date";

/// One name for units that may be compared.
std::string canonical(std::string_view unit) {
  constexpr std::string_view since = " since T0";
  if (unit.ends_with(since)) unit.remove_suffix(since.size());
  const bool pure = unit == "-" || unit == "ratio to T0" || unit == "0 or 1" || unit.starts_with("share");
  return pure ? share : std::string(unit);
}

/// What stands in sums: amounts, heads, shares of one whole; no levels, points or ratios.
bool can_be_added(std::string_view unit) {
  const std::string plain = canonical(unit);
  return unit.starts_with("share") || plain == "bn USD" || plain == "persons" || plain == "count" ||
         plain.starts_with("H100e");
}

std::string shown(const std::string& unit) { return unit.empty() ? "no unit" : fmt::format("[{}]", unit); }

/// What a number with a unit is in a unit of series.
struct Amount {
  const char* written;
  const char* unit;
  double factor;
};
constexpr std::array<Amount, 5> amounts{{{"%", "share", 0.01},
                                         {"USD", "bn USD", 1e-9},
                                         {"mn USD", "bn USD", 1e-3},
                                         {"bn USD", "bn USD", 1.0},
                                         {"tn USD", "bn USD", 1e3}}};

/// Binds one condition; `bind` returns the unit of a node.
class Binder {
 public:
  Binder(const Condition& condition, const std::vector<Series>& series, Problems& problems)
      : condition_(condition), series_(series), problems_(problems) {}

  std::string bind(const ConditionNode& node, BoundNode& bound) {
    bound.kind = node.kind;
    bound.window_days = node.window_days;
    bound.item = node.item;
    bound.text = condition_.part(node);
    std::vector<std::string> units;
    for (const ConditionNode& child : node.children) {
      units.push_back(bind(child, bound.children.emplace_back()));
    }
    return unit_of(node, units, bound);
  }

 private:
  std::string unit_of(const ConditionNode& node, const std::vector<std::string>& units, BoundNode& bound) {
    switch (node.kind) {
      case Kind::number:
        return literal(node, bound);
      case Kind::date:
        bound.number = node.date.days;
        return date;
      case Kind::today:
        return date;
      case Kind::variable:
      case Kind::cumulated:
      case Kind::maximum:
      case Kind::minimum:
        return find(node, bound);
      case Kind::change:
        find(node, bound);
        return share;
      case Kind::days_since:
        return days;
      case Kind::negate:
        return units[0];
      case Kind::add:
      case Kind::subtract:
        return sum(node, units);
      case Kind::multiply:
      case Kind::divide:
        return product(node.kind, units);
      case Kind::fired:
      case Kind::all_of:
      case Kind::any_of:
      case Kind::none_of:
        return bare;
      default:
        return compare(node, units, bound);
    }
  }

  std::string literal(const ConditionNode& node, BoundNode& bound) {
    bound.number = node.number;
    if (node.unit.empty()) return bare;
    for (const Amount& amount : amounts) {
      if (node.unit != amount.written) continue;
      bound.number = node.number * amount.factor;
      return amount.unit;
    }
    if (const auto time = duration_in_days(fmt::format("{} {}", node.number, node.unit))) {
      bound.number = *time;
      return days;
    }
    for (const Series& one : series_) {
      if (one.unit == node.unit || canonical(one.unit) == node.unit) return canonical(one.unit);
    }
    problems_.add("E072", condition_.at(node),
                  fmt::format("'{}' is no unit that values are recorded in{}", node.unit,
                              dimension_of(node.unit) == "money" ? " (money is in bn USD)" : ""));
    return bare;
  }

  std::string find(const ConditionNode& node, BoundNode& bound) {
    bound.series = select_series(series_, node.series, condition_.at(node), problems_);
    if (bound.series.empty()) return bare;
    const Series& first = series_[bound.series.front()];
    const std::string unit = canonical(first.unit);
    for (const std::size_t s : bound.series) {
      if (series_[s].hidden.empty()) continue;
      problems_.add("E073", condition_.at(node),
                    fmt::format("no rule can look at '{}' ({}) name something that is published",
                                node.series.variable, series_[s].hidden));
      return unit;
    }
    if (bound.series.size() > 1 && !can_be_added(first.unit)) {
      std::vector<std::string> keys;
      for (const auto& selector : first.selectors) keys.push_back(selector.first);
      problems_.add("E072", condition_.at(node),
                    fmt::format("'{}' selects {} series in [{}] (which cannot be added up) select one by {}",
                                condition_.part(node), bound.series.size(), first.unit, join(keys, ", ")));
    }
    return unit;
  }

  /// The one unit of two parts; complains when there is none.
  std::string agree(const ConditionNode& a, const std::string& unit_a, const ConditionNode& b,
                    const std::string& unit_b, const char* what) {
    const bool dates = unit_a == date || unit_b == date;
    if (unit_a == unit_b || (!dates && unit_b == bare)) return unit_a;
    if (!dates && unit_a == bare) return unit_b;
    problems_.add("E072", condition_.at(b),
                  fmt::format("'{}' is in {}, '{}' in {} (values of different units cannot be {})",
                              condition_.part(a), shown(unit_a), condition_.part(b), shown(unit_b), what));
    return unit_a;
  }

  std::string sum(const ConditionNode& node, const std::vector<std::string>& units) {
    const bool less = node.kind == Kind::subtract;
    if (less && units[0] == date && units[1] == date) return days;
    if (units[0] == date && units[1] == days) return date;
    return agree(node.children[0], units[0], node.children[1], units[1], less ? "subtracted" : "added");
  }

  static std::string product(Kind kind, const std::vector<std::string>& units) {
    const auto pure = [](const std::string& unit) { return unit == bare || unit == share; };
    if (pure(units[1])) return units[0];
    if (kind == Kind::divide && units[0] == units[1]) return share;
    if (kind == Kind::multiply && pure(units[0])) return units[1];
    return fmt::format("{} {} {}", pure(units[0]) ? "1" : units[0], kind == Kind::divide ? "/" : "x",
                       units[1]);
  }

  std::string compare(const ConditionNode& node, const std::vector<std::string>& units, BoundNode& bound) {
    for (std::size_t i = 1; i < units.size(); ++i) {
      agree(node.children[0], units[0], node.children[i], units[i], "compared");
      bound.of_dates = bound.of_dates || units[i] == date;
    }
    return bare;
  }

  const Condition& condition_;
  const std::vector<Series>& series_;
  Problems& problems_;
};

BoundNode bind(const Condition& condition, const std::vector<Series>& series, Problems& problems) {
  BoundNode root;
  Binder(condition, series, problems).bind(condition.root, root);
  return root;
}

void check_items_of(const Condition& condition, const ConditionNode& node,
                    const std::vector<std::string>& items, Problems& problems) {
  const bool names = node.kind == Kind::fired || node.kind == Kind::days_since;
  if (names && std::find(items.begin(), items.end(), node.item) == items.end()) {
    problems.add("E076", condition.at(node),
                 fmt::format("'{}' is neither an event nor a rule of this scenario{}", node.item,
                             suggestion(node.item, items)));
  }
  for (const ConditionNode& child : node.children) check_items_of(condition, child, items, problems);
}

}  // namespace

std::vector<BoundRule> bind_rules(const std::vector<Rule>& rules, const std::vector<Series>& series,
                                  Problems& problems) {
  std::vector<BoundRule> bound;
  for (const Rule& rule : rules) {
    BoundRule one{&rule, bind(rule.when, series, problems), {}};
    if (rule.until) one.until = bind(*rule.until, series, problems);
    bound.push_back(std::move(one));
  }
  std::sort(bound.begin(), bound.end(),
            [](const BoundRule& a, const BoundRule& b) { return a.rule->id < b.rule->id; });
  return bound;
}

void check_items(const std::vector<Rule>& rules, const std::vector<std::string>& items, Problems& problems) {
  for (const Rule& rule : rules) {
    check_items_of(rule.when, rule.when.root, items, problems);
    if (rule.until) check_items_of(*rule.until, rule.until->root, items, problems);
  }
}

}  // namespace chokepoint
