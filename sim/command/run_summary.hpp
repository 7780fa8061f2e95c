/// What a run says at its end: effects, events, identity, where the results are.
#pragma once

#include <string>
#include <vector>

#include "sim/study/effect_tables.hpp"

namespace chokepoint {

/// Warns of metrics that read a line which had no price (NO_DEMAND or HALT) at the close of some day.
void warn_of_frozen_lines(const Study& study, const ExperimentResult& result, Problems& problems);

/// For people.
std::string run_summary(const Study& study, const ExperimentResult& result,
                        const std::vector<Effect>& effects, const std::string& folder);

/// For programs: one JSON document with the same numbers, unrounded.
std::string run_summary_json(const Study& study, const ExperimentResult& result,
                             const std::vector<Effect>& effects, const std::string& folder,
                             const std::vector<std::string>& warnings);

}  // namespace chokepoint
