/// Facts that are not lines: venues and their calendars, firms, models, index reviews, who owns what,
/// the southbound quota, exposures and stakes.
#pragma once

#include "sim/input/facts_tables.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

void read_venues(const DataTables& tables, Facts& facts, Problems& problems);
/// Fills the closed days of every venue and `calendar_until`: the last day up to which all of them are known,
/// that is the earliest among the venues' last entries.
void read_calendar(const DataTables& tables, Facts& facts, Problems& problems);
void read_index_reviews(const DataTables& tables, Facts& facts, Problems& problems);
void read_firms(const DataTables& tables, Facts& facts, Problems& problems);
void read_models(const DataTables& tables, Facts& facts, Problems& problems);
void read_ownership_prior(const DataTables& tables, Facts& facts, Problems& problems);
void read_investor_mix(const DataTables& tables, Facts& facts, Problems& problems);
/// Needs the lines: composites may have a regime exposure.
void read_exposures(const DataTables& tables, Facts& facts, Problems& problems);

}  // namespace chokepoint
