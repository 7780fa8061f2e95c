/// The expression of a metric: what is measured, when, and against what.
///
///   expression = call
///   call       = function "(" inner { "," ( "at" | "from" | "to" ) "=" date } ")"
///   inner      = call | [ number "-" ] variable [ "[" key "=" value { "," key "=" value } "]" ]
///
/// Functions stand in this order, each at most once, the first or the second at least:
///   effect | pct_effect | level    against the reference arm, in units or in per cent; or as it is (default)
///   max | min                      over the days from= to=; without them the value on the day at=
///   sum | cum                      the selected series added up (default); their running sum since T0
///
/// `number - variable[...]` takes the selected series, added up, from the number on each day; everything
/// around it works on that difference: the extreme, the running sum, and the comparison with the reference
/// arm.
///
/// Examples: pct_effect(market_cap[firm=zhipu], at=2026-06-22)
///           effect(sum(market_cap[region=US, listed=true]), at=2026-06-30)
///           max(market_cap[line=2513.HK], from=2026-06-12, to=2026-06-30)
///           max(1 - ai_access[model=fable-5, nationality=US], from=2026-06-12, to=2026-06-30)
///
/// Which variables and selectors exist is the business of study/series.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/error.hpp"

namespace chokepoint {

struct Selector {
  std::string key;
  std::string value;
};

struct SeriesExpression {
  std::string variable;
  std::vector<Selector> selectors;
  std::optional<double> minuend;  ///< what the day's sum of the series is taken from
  bool cumulative = false;        ///< cum(...): running sum since T0
};

struct MetricExpression {
  enum class Form { level, effect, pct_effect };
  enum class Reduce { at, maximum, minimum };
  Form form = Form::level;
  Reduce reduce = Reduce::at;
  SeriesExpression series;
  Date from;  ///< Reduce::at: the date
  Date to;    ///< Reduce::at: the same
};

/// Parses `text`. Complaints carry the position of `where` moved to the offending character.
MetricExpression parse_metric_expression(const std::string& text, const SourcePosition& where,
                                         Problems& problems);

}  // namespace chokepoint
