/// Parameters set by a scenario file (`[set]`, `[why]`, an arm's `set`) and by the command line (`--set`).
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/input/scenario.hpp"

namespace chokepoint {

/// Entries of a `[set]` table as settings: names known, values in range, none given twice. Both
/// `"a.b" = 1` and `a.b = 1` name the parameter a.b.
std::vector<Setting> read_settings(const toml::table& set, const std::vector<std::string>& layers,
                                   Problems& problems);

/// Names of the parameters in a `[set]` table.
std::vector<std::string> setting_names(const toml::table& set, const std::vector<std::string>& layers);

/// Reasons of `[why]` by parameter. One for a parameter that is not among the `names` set is a complaint in
/// the last layer; in one beneath it is left out, as what it was for may have been removed.
using Reasons = std::map<std::string, std::string>;
Reasons read_reasons(const toml::table& why, const std::vector<std::string>& names,
                     const std::vector<std::string>& layers, Problems& problems);
void give_reasons(const Reasons& reasons, std::vector<Setting>& settings);

/// Writes settings into the parameters; one that leaves its parameter as it was is a warning, unless
/// parameters are drawn: then it keeps the parameter from being drawn. One in another currency waits for its
/// rate (currencies.hpp).
void apply_settings(const std::vector<Setting>& settings, bool drawn, Parameters& parameters,
                    Problems& problems);

/// A key of an event or rule, or of [time], that --set gives another value.
struct RecordOverride {
  std::string path;  ///< "event.order.level" or "time.as_of"
  std::string text;  ///< as typed
};

/// Lays the overrides over the merged file; a text that is no TOML value counts as a text. Throws
/// Error{command_line} with every complaint when one names a record that does not exist.
void lay_over_records(const std::vector<RecordOverride>& overrides, toml::table& file);
/// Text after a complaint of a name that is no parameter: " did you mean 'x'? (days; default 30, range 5 to
/// 120)", or where parameters are listed. `others` are names that would do as well.
std::string suggested_parameter(const std::string& name, const std::vector<std::string>& others = {});

/// What `--set`, `--seed`, `--replicates` and `--precision` ask for.
struct TypedOverrides {
  std::vector<Setting> settings;
  std::vector<RecordOverride> records;
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
