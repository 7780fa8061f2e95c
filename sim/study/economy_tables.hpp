/// The tables of users, enterprises and researchers: efficiency.csv, adoption.csv, talent_flows.csv,
/// access.csv.
///
/// The first three are series (economy_series.cpp): a row per arm, week and series (T0, the last trading day
/// of each week, the last day), with the paired difference from the reference arm; a key that a series does
/// not have is empty. access.csv is made of spells: who could not use which model, why, from when to when.
#pragma once

#include <string>

#include "sim/study/study.hpp"

namespace chokepoint {

/// Writes nothing for a world without vendors.
void write_economy_tables(const Study& study, const Spool& spool, const std::string& folder);

/// One row per arm and spell of denial, with the share of replicates in which it happened.
void write_access_table(const Study& study, const ExperimentResult& result, const std::string& folder);

}  // namespace chokepoint
