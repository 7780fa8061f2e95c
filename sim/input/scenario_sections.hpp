/// The sections of a scenario file other than [set] and [[event]]: time, data, run, output, arms, metrics,
/// checks.
#pragma once

#include "sim/input/scenario.hpp"
#include "sim/input/scenario_replace.hpp"
#include "sim/input/toml_table.hpp"

namespace chokepoint {

inline constexpr long long most_replicates = 1'000'000;

/// [time] end: "60 sessions" or a date. `text` comes from the command line.
void set_end(const std::string& text, const SourcePosition& where, Scenario& scenario, Problems& problems);

void read_time(TomlTable& top, Scenario& scenario, Problems& problems);
void read_data(TomlTable& top, Scenario& scenario, Problems& problems);
void read_run(TomlTable& top, Scenario& scenario, Problems& problems);
/// `precision` and `max_replicates` of [run].
void read_precision(TomlTable& run, Scenario& scenario, Problems& problems);
/// That precision is asked of metrics that exist, and has room; arms and metrics have been read.
void check_precision(const Scenario& scenario, Problems& problems);
void read_output(TomlTable& top, Scenario& scenario, Problems& problems);
void read_backtest(TomlTable& top, Scenario& scenario, Problems& problems);
void read_metrics(TomlTable& top, Scenario& scenario, Problems& problems);
/// [arm.<id>] with what each excludes, sets and replaces; also checks that arms differ and that one is the
/// reference. `fresh` makes the tree of `top` anew.
void read_arms(TomlTable& top, const FreshTree& fresh, Scenario& scenario, Problems& problems);
/// [decompose]; arms have been read.
void read_decomposition(TomlTable& top, Scenario& scenario, Problems& problems);

/// Puts what was read into an order that does not depend on that of `extends`: events by announcement,
/// all else by file.
void put_in_order(Scenario& scenario);

/// [[check]]; arms and metrics have been read.
void read_checks(TomlTable& top, Scenario& scenario, Problems& problems);

}  // namespace chokepoint
