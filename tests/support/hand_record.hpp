/// A record of a run made by hand, for conditions and rules to look at: trading days are weekdays from
/// Monday, 15 June 2026 on; T0 is Friday, 12 June.
///
///   level    HK, US   [-]        persons   HK, US   [persons]
///   money    HK       [bn USD]   fear      HK       hidden
#pragma once

#include <string>
#include <vector>

#include "sim/study/rule_state.hpp"
#include "tests/support/model_market.hpp"

namespace chokepoint::testing {

inline Series hand_series(const std::string& variable, const std::string& unit, const std::string& region,
                          const std::string& hidden = "") {
  Series series;
  series.variable = variable;
  series.unit = unit;
  series.entity_type = "region";
  series.entity = series.region = region;
  series.selectors = {{"region", region}};
  series.hidden = hidden;
  return series;
}

struct HandRecord {
  Facts facts = model_facts();
  Calendar calendar{facts, 40, {}};
  std::vector<Series> series{
      hand_series("level", "-", "HK"),         hand_series("level", "-", "US"),
      hand_series("persons", "persons", "HK"), hand_series("persons", "persons", "US"),
      hand_series("money", "bn USD", "HK"),    hand_series("fear", "-", "HK", "it is secret")};
  std::vector<double> values;

  /// A close: level of HK, persons of HK, money; the others are 0.5, 100 and 0.
  void close(double level, double persons = 100, double money = 0) {
    for (const double value : {level, 0.5, persons, 100.0, money, 0.0}) values.push_back(value);
  }
  std::size_t rows() const { return values.size() / series.size(); }
  /// The look before a day, with the closes up to then.
  Look look(std::size_t day) const {
    return {{values.data(), (day + 1) * series.size()},
            series.size(),
            &calendar,
            facts.as_of,
            day,
            [](const std::string&) { return std::optional<Date>(); }};
  }
};

inline Condition condition(const std::string& text) {
  Problems problems;
  Condition parsed = parse_condition(text, {"s.toml", 7, 1}, problems);
  problems.throw_if_any();
  return parsed;
}

inline Rule rule_when(const std::string& id, const std::string& when) {
  Rule rule;
  rule.id = id;
  rule.actor = "regulator:hk-joint";
  rule.when = condition(when);
  return rule;
}

}  // namespace chokepoint::testing
