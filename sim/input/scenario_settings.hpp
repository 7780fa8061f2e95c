/// Parameters set by a scenario file (`[set]`, `[why]`, an arm's `set`) and by the command line (`--set`).
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/scenario.hpp"

namespace chokepoint {

/// Entries of a `[set]` table as settings: names known, values in range, none given twice. Both
/// `"a.b" = 1` and `a.b = 1` name the parameter a.b.
std::vector<Setting> read_settings(const toml::table& set, const std::vector<std::string>& layers,
                                   Problems& problems);

/// Adds the reasons of `[why]`; one for a name that `set` does not have is a complaint.
void read_reasons(const toml::table& why, const toml::table& set, const std::vector<std::string>& layers,
                  std::vector<Setting>& settings, Problems& problems);

/// Writes settings into the parameters; one that leaves its parameter as it was is a warning, unless
/// parameters are drawn: then it keeps the parameter from being drawn.
void apply_settings(const std::vector<Setting>& settings, bool drawn, Parameters& parameters,
                    Problems& problems);

/// What `--set`, `--seed`, `--replicates` and `--precision` ask for.
struct TypedOverrides {
  std::vector<Setting> settings;
  std::optional<long long> seed;
  std::optional<long long> replicates;
  std::optional<long long> max_replicates;
  std::vector<PrecisionGoal> precision;  ///< each replaces the file's of the same metric
  std::string end;                       ///< "" when not given
};

/// "metric=half-width" as typed. Complains of what cannot be read and of metrics that are given twice.
std::vector<PrecisionGoal> typed_precision(const std::vector<std::string>& texts, Problems& problems);

/// Throws Error{command_line} with every complaint when an override cannot be understood.
TypedOverrides read_overrides(const ScenarioOverrides& overrides);

}  // namespace chokepoint
