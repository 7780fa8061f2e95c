/// An overlay: one CSV that replaces or adds rows of the data tables for one scenario.
///
/// Its column `table` names the table; the other columns are those of the tables it touches. A row with the
/// key of an existing row replaces the cells that it fills; any other row is added. A replaced quotation
/// without a `price` of its own makes the loader compute the price again.
#pragma once

#include <string>
#include <vector>

#include "sim/input/facts_tables.hpp"

namespace chokepoint {

/// Unknown tables and columns, empty keys and keys given twice are complaints.
void apply_overlay(const std::string& path, std::vector<DataTable>& tables, Problems& problems);

}  // namespace chokepoint
