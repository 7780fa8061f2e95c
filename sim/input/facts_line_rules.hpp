/// What other tables say of a line: its daily price limit, who may buy it, its volatility, its locked shares,
/// and the quota on southbound buying.
///
/// Access is decided by ticker: a row that names the ticker, else the row `VENUE/*` of its venue, else no.
/// A line may be bought by a domicile when one of its tickers may.
#pragma once

#include "sim/input/facts_lines.hpp"

namespace chokepoint {

void read_price_limits(const DataTables& tables, Facts& facts, Problems& problems);
void read_line_access(const DataTables& tables, Facts& facts, Problems& problems);
void read_volatility(const DataTables& tables, Facts& facts, Problems& problems);
void read_lockups(const DataTables& tables, Facts& facts, Problems& problems);
void read_quota(const DataTables& tables, const Money& money, Facts& facts, Problems& problems);

}  // namespace chokepoint
