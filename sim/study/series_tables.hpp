/// The tables over time: regions.csv, firms.csv, capital_flows.csv, backtest_observed.csv, from the spool.
///
/// They are written day block by day block, so that memory stays bounded whatever the number of replicates;
/// only the weekly flows of two arms are held, some megabytes at 200 replicates.
#pragma once

#include <string>

#include "sim/study/study.hpp"

namespace chokepoint {

/// Writes regions.csv and firms.csv: a row per arm, day (T0 included) and series. Lines that are not listed
/// yet, and firms that have no others, have no rows.
void write_region_and_firm_tables(const Study& study, const Spool& spool, const std::string& folder);

/// Writes capital_flows.csv: per arm, domicile, venue and group, each ISO week and the total, and its paired
/// difference from the reference arm (0 in the rows of that arm).
void write_flow_table(const Study& study, const Spool& spool, const std::string& folder);

/// Writes backtest_observed.csv: observed ratios to the eve close beside the simulated band. Observed highs
/// of sessions that are cleared once have no counterpart and no row.
void write_observed_table(const Study& study, const Spool& spool, const std::string& folder);

}  // namespace chokepoint
