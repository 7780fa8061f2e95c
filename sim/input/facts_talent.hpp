/// Facts about researchers: where those of each origin worked in 2019, how many there are at T0, where those
/// who enter the profession come from and begin. Tables without a row describe a world without researchers.
#pragma once

#include "sim/input/facts_tables.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

/// Reads talent_shares, talent_stock and talent_entry.
void read_talent(const DataTables& tables, Facts& facts, Problems& problems);

/// Complains about vendors of a region that together employ more researchers than the region has.
void check_research_staff(const DataTables& tables, const Facts& facts, Problems& problems);

}  // namespace chokepoint
