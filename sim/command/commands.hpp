/// What the program can be asked to do; main.cpp lists them.
#pragma once

#include "sim/command/options.hpp"
#include "sim/study/study.hpp"

namespace chokepoint {

int run_scenario(const Options& options);
int reproduce(const Options& options);
int check_scenario(const Options& options);
int compare_folders(const Options& options);
int diff_scenarios(const Options& options);
int explain(const Options& options);
int list_scenarios(const Options& options);
int print_multipliers(const Options& options);
int print_score(const Options& options);
int print_float(const Options& options);
int print_schema(const Options& options);
int print_evidence(const Options& options);
int run_flip(const Options& options);
int run_backtest(const Options& options);
int run_calibration(const Options& options);

/// `explain` with --arm, or of a folder of results: who decided differently in two arms.
int explain_decisions(const Options& options);

/// What a run has to say when its results are in their folder.
struct FinishedRun {
  ExitCode code = ExitCode::ok;
  std::string summary;
  std::string size;                   ///< how much was run in what time, a line
  std::vector<std::string> warnings;  ///< of the results
};
/// Runs a study into its folder, going on with what an earlier start left there; prints `warnings` when it
/// may begin. Throws Error{stopped} when the user asked for it; what was run is kept.
FinishedRun run_study(const Options& options, Study& study, const std::vector<std::string>& warnings);

/// Where descriptors, observations and the fit are; defaults are those of the checkout. Without --observed,
/// descriptors given by --events have no observations.
struct BeliefFiles {
  std::string data;
  std::string calibration;
  std::string events;
  std::string observed;
};
BeliefFiles belief_files(const Options& options);

/// manifest.json: command, program and hashes of the inputs; no times, so that the same command writes the
/// same bytes.
void write_belief_manifest(const Options& options, const BeliefFiles& files, const std::string& kind,
                           const std::string& folder);

/// Files that a fit or backtest rests on, sorted: data, descriptors, observations, priors; not its results.
std::vector<std::string> belief_inputs(const BeliefFiles& files);

/// --jobs, or all cores.
std::size_t threads_of(const Options& options);

/// Reads a scenario and its data. Throws Error{scenario} with all complaints; warnings stay in `problems`.
std::unique_ptr<Study> load_study(const Options& options, Problems& problems);

/// What a run of the scenario would do, for programs: one JSON document.
std::string check_answer(const Study& study, const Problems& problems);

/// Prints warnings on stderr.
void print_warnings(const Problems& problems);

}  // namespace chokepoint
