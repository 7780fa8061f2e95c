/// The expression of a metric: what is measured, when, and against what.
///
///   expression = call
///   call       = function "(" ( call | variable [ "[" key "=" value { "," key "=" value } "]" ] )
///                { "," ( "at" | "from" | "to" ) "=" date } ")"
///
/// Functions stand in this order, each at most once, the first or the second at least:
///   effect | pct_effect | level    against the reference arm, in units or in per cent; or as it is (default)
///   max | min                      over the days from= to=; without them the value on the day at=
///   sum | cum                      the selected series added up (default); their running sum since T0
///
/// Examples: pct_effect(market_cap[firm=zhipu], at=2026-06-22)
///           effect(sum(market_cap[region=US, listed=true]), at=2026-06-30)
///           max(market_cap[line=2513.HK], from=2026-06-12, to=2026-06-30)
///
/// Which variables and selectors exist is the business of study/series.hpp.
#pragma once

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
  bool cumulative = false;  ///< cum(...): running sum since T0
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
