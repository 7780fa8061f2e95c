/// Money that a scenario states in another currency than the model's: converted at the rate of `time.as_of`
/// (`data/fx.csv`), which is not known while the file is read.
#pragma once

#include "sim/input/scenario.hpp"

namespace chokepoint {

/// Converts settings and keys of events, checks the ranges of the settings and writes them into the
/// parameters. A currency without a rate is a complaint.
void convert_money(Scenario& scenario, const Facts& facts, Problems& problems);

}  // namespace chokepoint
