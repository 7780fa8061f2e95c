/// The command line as a struct. Boost.Program_options reads it, with guessing of abbreviations off.
#pragma once

#include <string>
#include <vector>

#include "sim/input/scenario.hpp"
#include "sim/output/progress.hpp"

namespace chokepoint {

struct Options {
  std::string command_line;       ///< as typed, for the manifest
  std::string path;               ///< the positional argument: a scenario, or the folder of `list`
  std::vector<std::string> more;  ///< the arguments after it
  ScenarioOverrides overrides;
  std::string out;
  std::string line;
  std::string metric;
  std::string arm;
  std::string against;
  std::string data;         ///< folder of the data tables
  std::string events;       ///< descriptors: a file or a folder
  std::string observed;     ///< observed abnormal returns
  std::string calibration;  ///< folder of priors and posterior
  bool ignore_selection = false;
  bool strict = false;
  bool params = false;
  int jobs = 0;  ///< 0: all cores
  bool force = false;
  bool dry_run = false;
  bool json = false;
  ProgressMode progress = ProgressMode::automatic;
  std::vector<std::string> given;  ///< names of the options that were given
};

/// One command: what it takes and what it does. `run` returns the exit code.
struct Command {
  std::string name;
  std::string argument;          ///< as shown in the usage line; empty: takes none
  std::string default_argument;  ///< used when the argument is missing; empty: it is required
  std::string summary;           ///< one line for the list of commands
  std::string help;              ///< what it does, for its own help
  std::vector<std::string> options;
  int (*run)(const Options&) = nullptr;
  std::string more_arguments = "";  ///< after the first, as shown in the usage line
  std::size_t more_least = 0;       ///< how many of them there must be, and may be
  std::size_t more_most = 0;
};

std::string usage(const Command& command);

/// Throws Error{command_line} for what the command does not take, with a suggestion.
Options parse_options(const Command& command, const std::vector<std::string>& arguments);

}  // namespace chokepoint
