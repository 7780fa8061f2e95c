/// Lines: listings with price, float and group, and the composites that complete each region.
///
///   price(T0) = quoted price                                   when dated
///             = quoted price x index(T0) / index(quoted on)    when moved, with the index of the home venue
///   composite = total x index(T0) / index(total's date) - caps of the region's listed lines   [bn USD]
///
/// A quotation is dated when it is at most ten sessions of its venue older than T0. Days before T0 for which
/// the calendar says nothing count as sessions, so that a gap in it can only make a price stale earlier.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "sim/input/facts_tables.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

/// Exchange rates and index levels, read before the lines.
struct Money {
  std::map<std::string, double> usd_per_unit;                  ///< by currency, at T0
  std::map<std::string, std::string> index_of_venue;           ///< by venue
  std::map<std::pair<std::string, Date>, double> index_level;  ///< by index and date
};

/// Rates and levels; the rates' date is T0 and must be `facts.as_of`. Sets `facts.as_of` to the tables' T0
/// after the complaint, so that no other date is complained about for the same reason.
Money read_money(const DataTables& tables, Facts& facts, Problems& problems);

/// Rates of `facts.as_of` for a world without a market, which minds no rates of another day: it has none
/// then.
void read_rates(const DataTables& tables, Facts& facts, Problems& problems);

void read_listings(const DataTables& tables, const Money& money, Facts& facts, Problems& problems);
/// Needs all listings; appends the composites.
void read_composites(const DataTables& tables, const Money& money, Facts& facts, Problems& problems);

}  // namespace chokepoint
