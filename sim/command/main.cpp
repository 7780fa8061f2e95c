/// The program: finds the command, runs it, and turns whatever goes wrong into one message and an exit code.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <new>
#include <nlohmann/json.hpp>

#include "sim/base/text.hpp"
#include "sim/command/commands.hpp"

namespace chokepoint {
namespace {

const std::vector<Command> commands{
    {"run",
     "SCENARIO",
     "",
     "run a scenario: all arms, all replicates, tables as CSV",
     "Runs every arm of a scenario and writes the tables of results to a folder. A run that was stopped\n"
     "or killed goes on where it was when the same command is given again; with other inputs it begins\n"
     "anew only with --force.",
     {"set", "seed", "replicates", "precision", "jobs", "out", "force", "dry-run", "progress", "json"},
     run_scenario},
    {"reproduce",
     "MANIFEST",
     "",
     "run again what a manifest.json describes, and compare every file",
     "Checks that the inputs are those of the run, runs it again in a temporary folder and compares the\n"
     "sha256 of every result with the manifest, and that of the results beside it. Exit code 8 when\n"
     "anything differs. To be started in the folder in which the run was.",
     {"jobs", "progress"},
     reproduce},
    {"check",
     "SCENARIO",
     "",
     "say what is wrong with a scenario, or what a run of it would do",
     "Reads a scenario and its data; says who reacts when, which prices are stale and which events\n"
     "no comparison of prices can separate. Warnings are listed and end nothing, with --strict too.",
     {"set", "seed", "replicates", "strict", "json"},
     check_scenario},
    {"flip",
     "SCENARIO",
     "",
     "what would have to be true for a conclusion to reverse",
     "Searches for the smallest change of parameters, in standard deviations of their priors, that "
     "reverses\n"
     "the sign of a metric's effect in an arm, or with --against the rank of two arms: one parameter at a\n"
     "time, then all at once. Parameters stand at the scenario's values or at the medians of what it draws;\n"
     "only events that are left to chance are drawn. --replicates says over how many replicates effects are\n"
     "means (32).",
     {"metric", "arm", "against", "set", "seed", "replicates", "jobs", "out", "force", "progress", "json"},
     run_flip},
    {"compare",
     "FOLDER",
     "",
     "two folders of results side by side: effects, and what changed between them",
     "For each metric and arm that both folders have: mean and 95 % interval in each, and their "
     "difference,\n"
     "paired replicate by replicate. Refuses folders that differ in more than their scenarios' "
     "parameters,\n"
     "events and rules: version, dates, seed, data, definition of a metric.",
     {"json"},
     compare_folders,
     "FOLDER",
     1,
     1},
    {"diff",
     "SCENARIO",
     "",
     "what two scenarios mean differently",
     "Compares two scenarios after extends: parameters, events, arms, metrics, checks, time, data. How "
     "they\n"
     "are written, in which unit and in which file, makes no difference; words are listed apart.",
     {"json"},
     diff_scenarios,
     "SCENARIO",
     1,
     1},
    {"explain",
     "SCENARIO|FOLDER",
     "",
     "where a value came from, or who decided differently in two arms",
     "SCENARIO: where values came from, file by file: all that differ from their defaults, or each KEY: a\n"
     "parameter, an id such as event.us_access_order, or a key such as run.seed.\n"
     "With --arm, or for a FOLDER of results: runs two arms again with the same random numbers "
     "(--replicates,\n"
     "8) and counts the agents that decided differently, by kind of decision and type of agent, and since\n"
     "when. --metric shows what became of it and adds who holds other shares in its lines. The counts say\n"
     "who differed, not that a metric follows from it. --out FOLDER writes decisions.csv.",
     {"arm", "against", "metric", "set", "seed", "replicates", "jobs", "out", "force", "progress", "params",
      "json"},
     explain,
     "[KEY...]",
     0,
     1000},
    {"list",
     "FOLDER",
     "scenarios",
     "list the scenarios of a folder, or all parameters",
     "Lists the scenarios of a folder. `chokepoint list parameters` lists every parameter of the model "
     "with\n"
     "default, unit, range, meaning and source (a folder of that name: ./parameters).",
     {"json"},
     list_scenarios},
    {"schema",
     "",
     "",
     "print the JSON Schema of scenario files, for editors",
     "Keys, types, ranges, defaults and meanings of everything a scenario file may hold. Shipped "
     "scenarios\n"
     "name the copy in data/schema, which editors of TOML read (`#:schema`).",
     {},
     print_schema},
    {"multipliers",
     "SCENARIO",
     "",
     "price elasticity and multipliers that the population implies",
     "Prints own elasticity, micro, regional and macro multipliers for full and one-day adjustment,\n"
     "median over populations drawn anew; --replicates says over how many (20).",
     {"set", "seed", "replicates"},
     print_multipliers},
    {"score",
     "SCENARIO",
     "",
     "what each event means for each firm, by channel, without noise",
     "Prints the change of log value of each event by channel, and first-day moves with daily noise off,\n"
     "median over 20 populations.",
     {"set", "seed"},
     print_score},
    {"float",
     "SCENARIO",
     "",
     "the same attention shock at four sizes of float",
     "Prints the first-day move of one line by an attention shock, at four tradable shares and several\n"
     "values of attention.new_money, median over populations drawn anew; --replicates says over how many "
     "(20).",
     {"set", "seed", "replicates", "line"},
     print_float},
    {"evidence",
     "SCENARIO",
     "",
     "what the model says of known facts, beside what was observed",
     "Prints, for researchers and for users of models, what the model says with the parameters of the\n"
     "scenario, what was observed (data/observed), the error, and whether a fit used the observation;\n"
     "then the models that users of a router choose from on two days, and what each of them gets.",
     {"set", "seed"},
     print_evidence},
    {"backtest",
     "",
     "",
     "hold the model against past events, or say what it expects of new ones",
     "Simulates events from their descriptors and compares with observed abnormal returns: scores, simple\n"
     "forecasts, ablations, targets; backtest.csv and scorecard.csv. Events that were fitted are forecast\n"
     "without their episode. With --events and no --observed: distributions of what would happen. How to\n"
     "write a descriptor: data/events/README.md.",
     {"events", "observed", "out", "force", "calibration", "data", "jobs"},
     run_backtest},
    {"calibrate",
     "",
     "",
     "fit the parameters of beliefs and attention to past events",
     "Maximum a posteriori, Laplace's approximation and a short chain, then each episode left out and the\n"
     "record; minutes on 4 cores. Prints prior against posterior. A fit that was stopped goes on where it\n"
     "was. data/calibration/README.md says how to read it.",
     {"out", "force", "events", "observed", "calibration", "data", "jobs", "progress", "ignore-selection"},
     run_calibration},
};

std::string overview() {
  std::string text =
      "chokepoint simulates how access orders, open releases and ownership bans move AI markets.\n\n"
      "usage: chokepoint COMMAND [options]\n\ncommands\n";
  for (const Command& command : commands) text += fmt::format("  {:<12} {}\n", command.name, command.summary);
  return text +
         "\n`chokepoint COMMAND --help` explains one. Start with: chokepoint run "
         "scenarios/glm52-access-ban.toml\n"
         "exit codes: 0 done, 1 defect of the program, 2 command line, 3 scenario or data, 4 a check failed, "
         "5 a run failed, 7 stopped, 8 reproduce found a difference\n";
}

int dispatch(const std::vector<std::string>& arguments) {
  const std::string name = arguments.empty() ? "--help" : arguments.front();
  const bool wants_help = std::any_of(arguments.begin(), arguments.end(),
                                      [](const std::string& a) { return a == "--help" || a == "-h"; });
  if (name == "--version") {
    fmt::print("chokepoint {}\n", CHOKEPOINT_VERSION);
    return 0;
  }
  std::vector<std::string> names;
  for (const Command& command : commands) {
    names.push_back(command.name);
    if (command.name != name) continue;
    if (wants_help) {
      fmt::print("{}", usage(command));
      return 0;
    }
    return command.run(parse_options(command, {arguments.begin() + 1, arguments.end()}));
  }
  if (wants_help || name == "--help" || name == "help") {
    fmt::print("{}", overview());
    return 0;
  }
  throw Error(ExitCode::command_line,
              fmt::format("unknown command '{}'{} (see chokepoint --help)", name, suggestion(name, names)));
}

int report(const std::vector<std::string>& arguments, ExitCode code, const std::string& message) {
  const bool complaints = code == ExitCode::stopped || message.rfind("error", 0) == 0;
  fmt::print(stderr, "{}{}\n", complaints ? "" : "error: ", message);
  if (std::find(arguments.begin(), arguments.end(), "--json") != arguments.end()) {
    const nlohmann::ordered_json answer{
        {"ok", false}, {"exit_code", static_cast<int>(code)}, {"message", message}};
    fmt::print("{}\n", answer.dump(2));
  }
  return static_cast<int>(code);
}

}  // namespace
}  // namespace chokepoint

int main(int count, char** values) {
  using namespace chokepoint;
  const std::vector<std::string> arguments(values + 1, values + count);
  try {
    return dispatch(arguments);
  } catch (const Error& error) {
    return report(arguments, error.code(), error.what());
  } catch (const std::bad_alloc&) {
    return report(arguments, ExitCode::run_failed, "out of memory (fewer --jobs need less)");
  } catch (const std::filesystem::filesystem_error& error) {  // of the user's paths
    return report(arguments, ExitCode::run_failed, error.what());
  } catch (const std::exception& error) {
    return report(arguments, ExitCode::internal,
                  fmt::format("{} (this is a defect of the program; please report it)", error.what()));
  }
}
