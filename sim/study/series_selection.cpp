#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sim/base/text.hpp"
#include "sim/study/series.hpp"

namespace chokepoint {
namespace {

bool matches(const Series& series, const std::vector<Selector>& selectors) {
  return std::all_of(selectors.begin(), selectors.end(), [&](const Selector& selector) {
    const std::string* value = series.selector(selector.key);
    return value != nullptr && *value == selector.value;
  });
}

/// The kinds of entity that have a variable, in the order of the list, and what each can be selected by.
struct Kind {
  std::string entity_type;
  std::set<std::string> keys;
};

std::vector<Kind> kinds_of(const std::vector<Series>& series, const std::string& variable) {
  std::vector<Kind> kinds;
  for (const Series& one : series) {
    if (one.variable != variable || one.selectors.empty()) continue;
    auto at = std::find_if(kinds.begin(), kinds.end(),
                           [&](const Kind& kind) { return kind.entity_type == one.entity_type; });
    if (at == kinds.end()) at = kinds.insert(kinds.end(), {one.entity_type, {}});
    for (const auto& [key, value] : one.selectors) at->keys.insert(key);
  }
  return kinds;
}

bool covers(const Kind& kind, const std::vector<Selector>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(),
                     [&](const Selector& selector) { return kind.keys.contains(selector.key); });
}

std::vector<std::string> words(const std::set<std::string>& set) { return {set.begin(), set.end()}; }

void complain_of_variable(const std::vector<Series>& series, const std::string& variable,
                          const SourcePosition& where, Problems& problems) {
  std::set<std::string> known;
  for (const Series& one : series) {
    if (!one.selectors.empty()) known.insert(one.variable);
  }
  problems.add("E051", where,
               fmt::format("unknown variable '{}' (not recorded by this model){}", variable,
                           suggestion(variable, words(known))));
}

/// No kind of entity with this variable can be selected by all keys.
void complain_of_keys(const std::vector<Kind>& kinds, const SeriesExpression& expression,
                      const SourcePosition& where, Problems& problems) {
  std::set<std::string> all;
  std::vector<std::string> lists;
  for (const Kind& kind : kinds) {
    all.insert(kind.keys.begin(), kind.keys.end());
    lists.push_back(join(words(kind.keys), ", "));
  }
  std::string wrong, hint;
  for (const Selector& wanted : expression.selectors) {
    if (all.contains(wanted.key)) continue;
    wrong = fmt::format("'{}'", wanted.key);
    hint = suggestion(wanted.key, words(all));
    break;
  }
  if (wrong.empty()) {  // each key is known, their combination is not
    std::vector<std::string> together;
    for (const Selector& wanted : expression.selectors) together.push_back(fmt::format("'{}'", wanted.key));
    wrong = join(together, " and ") + " together";
  }
  problems.add("E052", where,
               fmt::format("'{}' cannot be selected by {} (known: {}){}", expression.variable, wrong,
                           join(lists, "; or "), hint));
}

/// The keys are right, but no series has these values.
void complain_of_values(const std::vector<Series>& series, const SeriesExpression& expression,
                        const Kind& kind, const SourcePosition& where, Problems& problems) {
  std::string hint;
  for (const Selector& wanted : expression.selectors) {
    std::set<std::string> values;
    for (const Series& one : series) {
      const bool candidate = one.variable == expression.variable && one.entity_type == kind.entity_type;
      const std::string* value = candidate ? one.selector(wanted.key) : nullptr;
      if (value != nullptr) values.insert(*value);
    }
    if (!values.contains(wanted.value)) hint = suggestion(wanted.value, words(values));
  }
  problems.add("E053", where,
               fmt::format("'{}' has no series with these values (the selection is empty){}",
                           expression.variable, hint));
}

}  // namespace

std::vector<std::size_t> select_series(const std::vector<Series>& series, const SeriesExpression& expression,
                                       const SourcePosition& where, Problems& problems) {
  const std::vector<Kind> kinds = kinds_of(series, expression.variable);
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const Kind& one) { return covers(one, expression.selectors); });
  std::vector<std::size_t> selected;
  if (kinds.empty()) {
    complain_of_variable(series, expression.variable, where, problems);
  } else if (kind == kinds.end()) {
    complain_of_keys(kinds, expression, where, problems);
  } else {
    for (std::size_t i = 0; i < series.size(); ++i) {
      const bool candidate =
          series[i].variable == expression.variable && series[i].entity_type == kind->entity_type;
      if (candidate && matches(series[i], expression.selectors)) selected.push_back(i);
    }
    if (selected.empty()) complain_of_values(series, expression, *kind, where, problems);
  }
  return selected;
}

}  // namespace chokepoint
