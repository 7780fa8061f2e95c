/// Series of users, enterprises and researchers: what efficiency.csv, adoption.csv and talent_flows.csv show.
///
/// A new indicator is one more `add` in economy_series.cpp: variable, unit, the keys it is selected by, and
/// how it is read off the economy. sim/model/README.md lists them with their formulas.
#pragma once

#include <vector>

#include "sim/study/series.hpp"

namespace chokepoint {

/// Appends nothing for facts without vendors.
void add_economy_series(const Facts& facts, std::vector<Series>& list);

}  // namespace chokepoint
