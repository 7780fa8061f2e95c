/// What the program can be asked to do; main.cpp lists them.
#pragma once

#include "sim/command/options.hpp"
#include "sim/study/study.hpp"

namespace chokepoint {

int run_scenario(const Options& options);
int check_scenario(const Options& options);
int list_scenarios(const Options& options);
int print_multipliers(const Options& options);
int print_score(const Options& options);
int print_float(const Options& options);
int print_evidence(const Options& options);

/// Reads a scenario and its data. Throws Error{scenario} with all complaints; warnings stay in `problems`.
std::unique_ptr<Study> load_study(const Options& options, Problems& problems);

/// Prints warnings on stderr.
void print_warnings(const Problems& problems);

}  // namespace chokepoint
