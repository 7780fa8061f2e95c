/// What a run records each day: one named series per line of the list in series.cpp.
///
/// A new indicator is one more `add` there: variable, unit, which entity it belongs to, and how it is read
/// off the world. Output files, metrics and documentation all walk this list.
///
/// Rules may name a series only when somebody in that world could have read it the evening before: prices,
/// market values and flows, law in force, counts of people, shares of use and spending as surveys find them,
/// what firms publish. `hidden` says why nobody could: it is in people's heads, in the books of one firm,
/// kept secret, or computed by the model where nobody could measure.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sim/input/metric_expression.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

/// The file a series is written to.
enum class SeriesFile {
  regions,
  firms,
  flows,
  sessions,
  efficiency,
  adoption,
  talent,
  compute,
  desks,
  policy,
  indicators
};

struct Series {
  SeriesFile file{};
  std::string variable;
  std::string unit;
  std::string entity_type;  ///< headquarters, venue, firm, private_firm, line, flow, ticker
  std::string entity;
  std::string region;  ///< of headquarters (firms, lines) or of the entity itself
  std::vector<std::pair<std::string, std::string>> selectors;  ///< what an expression can select by
  std::function<double(const World&)> read;
  std::string listing = "";  ///< firms file: home venue of a line, venues of a firm joined by ';', "private"
  std::vector<std::size_t> lines = {};  ///< lines of shares whose prices or trades it is made of
  std::string hidden = "";              ///< why no rule may name it; "": it is public

  const std::string* selector(std::string_view key) const;
};

/// All series of a world; `firm_value` of private firms and everything else is read off the state.
std::vector<Series> make_series(const Facts& facts);

/// Indices of the series that an expression selects. Where several kinds of entity have the variable, the
/// first kind in the list that can be selected by all its keys is meant. Unknown variables, selectors or
/// values that select nothing are complaints at `where`.
std::vector<std::size_t> select_series(const std::vector<Series>& series, const SeriesExpression& expression,
                                       const SourcePosition& where, Problems& problems);

}  // namespace chokepoint
