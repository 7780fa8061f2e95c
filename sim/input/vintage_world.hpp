/// The world of a scenario as of a past date, from light vintages (data/vintages/): `[data] vintages`.
///
/// It holds every line that was listed and had a market value by that date, the four composites, and the
/// exposures known by then. There are no models, vendors, enterprises, researchers, chips, lock-ups, index
/// reviews or marks of private firms: their tables describe June 2026. Firms without a line are there by
/// name, so that they can act in events. Daily noise has the size of the line's class, because the sample
/// values were measured until later.
///
/// What is taken from the base world of June 2026 for all years, since no older figure is in the data:
/// tradable shares, classes of lines, price limits, who may buy what, who owns which market, the mix of
/// investors, Stock Connect's quota. Market values are in USD, so that no rate of exchange enters.
/// Tests: tests/unit/vintage_world_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/input/vintages.hpp"

namespace chokepoint {

/// Lines that were listed and had a market value on a date, by index.
std::vector<std::size_t> lines_known_on(const Vintages& vintages, Date as_of);

/// The world as of a date. Complains (E098) when no line or a region's market was known; usable without
/// complaints only.
Facts vintage_world(const Vintages& vintages, Date as_of, Problems& problems);

/// Reads `data_dir` and the folder of vintages, and makes the world of `as_of`.
Facts load_vintage_world(const std::string& data_dir, const std::string& folder, Date as_of,
                         Problems& problems);

}  // namespace chokepoint
