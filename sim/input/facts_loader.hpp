/// Reads the data tables (data/README.md) into Facts: types, ranges, references between tables, provenance.
///
/// Prices that are older than T0's close are moved to T0 by the index of their venue; composites are the
/// venue's total, moved by its index, less the lines of the region; floats, lock-ups, who may buy what,
/// price limits and volatilities are joined to their lines.
/// Every complaint is collected in `problems` with file and line; nothing is thrown here.
#pragma once

#include <string>

#include "sim/base/error.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

/// `overlay` is the path of a CSV whose `table` column names the table that each row replaces or extends by
/// key ("" for none). `as_of` is T0.
/// `with_market` false: no lines of shares are read, so that the world can be of another date than the
/// prices.
Facts load_facts(const std::string& data_dir, const std::string& overlay, Date as_of, Problems& problems,
                 bool with_market = true);

/// Names of the data files read, in the order of data/README.md (for hashes in the manifest).
std::vector<std::string> data_files();

}  // namespace chokepoint
