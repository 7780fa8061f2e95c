/// The tables of the economy: efficiency.csv, adoption.csv, talent_flows.csv, compute.csv, desks.csv,
/// policy.csv, indicators.csv, and access.csv.
///
/// All but the last are series (economy_series.cpp, policy_series.cpp): a row per arm, week and series (T0,
/// the last trading day of each week, of each month in runs of more than 400 days, and the last day), with
/// the paired difference from the reference arm; a key that a series does not have is empty. access.csv is
/// made of spells: who could not use which model, why, from when to when.
#pragma once

#include <string>

#include "sim/study/study.hpp"

namespace chokepoint {

/// Rows of the record that the tables show; row 0 is T0, row d + 1 the close of trading day d.
std::vector<std::size_t> economy_table_rows(const Calendar& calendar);

/// Writes nothing for a world without vendors.
void write_economy_tables(const Study& study, const Spool& spool, const std::string& folder);

/// One row per arm and spell of denial, with the share of replicates in which it happened.
void write_access_table(const Study& study, const ExperimentResult& result, const std::string& folder);

}  // namespace chokepoint
