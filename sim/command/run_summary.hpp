/// What a run says at its end: effects, events, identity, where the results are.
#pragma once

#include <string>
#include <vector>

#include "sim/study/effect_tables.hpp"

namespace chokepoint {

/// For people.
std::string run_summary(const Study& study, const ExperimentResult& result,
                        const std::vector<Effect>& effects, const std::string& folder);

/// For programs: one JSON document with the same numbers, unrounded.
std::string run_summary_json(const Study& study, const ExperimentResult& result,
                             const std::vector<Effect>& effects, const std::string& folder,
                             const std::vector<std::string>& warnings);

}  // namespace chokepoint
