#include "sim/command/options.hpp"

#include <fmt/format.h>

#include <boost/program_options.hpp>

#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

namespace po = boost::program_options;

void fail(const Command& command, const std::string& message) {
  throw Error(ExitCode::command_line, fmt::format("{} (see chokepoint {} --help)", message, command.name));
}

/// An option and what its help says; commands pick theirs by name.
struct OptionRow {
  std::string_view name;
  const char* shape;  ///< of its value; "" where it takes none
  const char* text;
  bool repeated = false;
};

constexpr OptionRow option_rows[]{
    {"set", "NAME=VALUE",
     "set a parameter (`chokepoint list parameters`) or a key of the scenario; may be repeated", true},
    {"seed", "N", "seed of all random numbers"},
    {"replicates", "N", "replicates of each arm"},
    {"precision", "METRIC=HALF_WIDTH",
     "add replicates until the 95 % interval of the metric's mean effect is +-HALF_WIDTH or less in every "
     "arm; may be repeated (at most run.max_replicates, ten times the first round)",
     true},
    {"jobs", "N", "threads (all cores); results do not depend on it"},
    {"out", "FOLDER", "folder of the results (out/<id of the scenario>, out/backtest, out/calibration)"},
    {"force", "", "replace earlier results in that folder"},
    {"dry-run", "", "say what would be run, run nothing"},
    {"progress", "auto|plain|none|json", "how to show progress on stderr (auto)"},
    {"json", "", "answer as one JSON document on stdout"},
    {"data", "FOLDER", "data tables (data)"},
    {"events", "FILE|FOLDER", "event descriptors (data/events)"},
    {"observed", "CSV", "observed abnormal returns (data/observed/events.csv; none with --events)"},
    {"calibration", "FOLDER", "priors and posterior (data/calibration)"},
    {"ignore-selection", "", "fit as if events had not been collected for their moves"},
    {"strict", "", "every value in [set] and in an arm's set needs a reason in [why]; --set needs none"},
    {"metric", "ID", "metric of the scenario that is asked about"},
    {"arm", "ID", "arm of the scenario that is asked about"},
    {"against", "ID", "a second arm that it is compared with"},
    {"params", "", "say where values came from (this is what it does without --arm)"},
    {"line", "TICKER", "line of shares (2513.HK)"},
};

po::options_description described(const OptionRow& row) {
  po::options_description one;
  auto add = one.add_options();
  const std::string name(row.name);
  if (row.repeated) {
    add(name.c_str(), po::value<std::vector<std::string>>()->value_name(row.shape), row.text);
  } else if (*row.shape != '\0') {
    add(name.c_str(), po::value<std::string>()->value_name(row.shape), row.text);
  } else {
    add(name.c_str(), row.text);
  }
  return one;
}

po::options_description options_of(const Command& command) {
  po::options_description all("options", 100, 60);
  for (const auto& name : command.options) {
    for (const OptionRow& row : option_rows) {
      if (row.name != name) continue;
      const po::options_description one = described(row);
      for (const auto& option : one.options()) all.add(option);
    }
  }
  all.add_options()("help,h", "this text");
  return all;
}

std::vector<std::string> typed_names(const Command& command) {
  std::vector<std::string> names{"--help"};
  for (const auto& name : command.options) names.push_back("--" + name);
  return names;
}

ProgressMode progress_mode(const Command& command, const std::string& text) {
  if (text == "auto") return ProgressMode::automatic;
  if (text == "plain") return ProgressMode::plain;
  if (text == "none") return ProgressMode::none;
  if (text != "json") fail(command, fmt::format("--progress is auto, plain, none or json, not '{}'", text));
  return ProgressMode::json;
}

po::variables_map parse(const Command& command, const std::vector<std::string>& arguments) {
  po::options_description all = options_of(command);
  all.add_options()("argument", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("argument", -1);
  po::variables_map values;
  try {
    using po::command_line_style::allow_guessing;
    using po::command_line_style::unix_style;
    po::store(po::command_line_parser(arguments)
                  .options(all)
                  .positional(positional)
                  .style(unix_style & ~allow_guessing)
                  .run(),
              values);
  } catch (const po::unknown_option& unknown) {
    fail(command, fmt::format("unknown option '{}'{}", unknown.get_option_name(),
                              suggestion(unknown.get_option_name(), typed_names(command))));
  } catch (const po::error& error) {
    fail(command, error.what());
  }
  return values;
}

void read_values(const Command& command, const po::variables_map& values, Options& options) {
  for (const std::string& name : command.options) {
    if (values.count(name)) options.given.push_back(name);
  }
  const auto text = [&](const char* name) {
    return values.count(name) ? values[name].as<std::string>() : "";
  };
  if (values.count("set")) options.overrides.sets = values["set"].as<std::vector<std::string>>();
  if (values.count("precision")) {
    options.overrides.precision = values["precision"].as<std::vector<std::string>>();
  }
  options.overrides.seed = text("seed");
  options.overrides.replicates = text("replicates");
  options.out = text("out");
  options.line = text("line");
  options.metric = text("metric");
  options.arm = text("arm");
  options.against = text("against");
  options.data = text("data");
  options.events = text("events");
  options.observed = text("observed");
  options.calibration = text("calibration");
  options.params = values.count("params") > 0;
  options.strict = values.count("strict") > 0;
  options.ignore_selection = values.count("ignore-selection") > 0;
  options.force = values.count("force") > 0;
  options.dry_run = values.count("dry-run") > 0;
  options.json = values.count("json") > 0;
  if (values.count("progress")) options.progress = progress_mode(command, text("progress"));
  if (!values.count("jobs")) return;
  const auto jobs = parse_integer(text("jobs"));
  if (!jobs || *jobs < 1 || *jobs > 1024) {
    fail(command, fmt::format("--jobs is a number of threads from 1 to 1024, not '{}'", text("jobs")));
  }
  options.jobs = static_cast<int>(*jobs);
}

}  // namespace

std::string usage(const Command& command) {
  std::ostringstream options;
  options << options_of(command);
  std::string argument = command.default_argument.empty() || command.argument.empty()
                             ? command.argument
                             : fmt::format("[{}]", command.argument);
  if (!command.more_arguments.empty()) argument += " " + command.more_arguments;
  return fmt::format("usage: chokepoint {}{}{} [options]\n{}\n\n{}", command.name,
                     argument.empty() ? "" : " ", argument, command.help, options.str());
}

Options parse_options(const Command& command, const std::vector<std::string>& arguments) {
  const po::variables_map values = parse(command, arguments);
  Options options;
  std::vector<std::string> given;
  if (values.count("argument")) given = values["argument"].as<std::vector<std::string>>();
  if (command.argument.empty() && !given.empty()) {
    fail(command, fmt::format("'{}' is not expected", given.front()));
  }
  if (given.size() > 1 + command.more_most)
    fail(command, command.more_most == 0
                      ? fmt::format("one {} is expected, not {}", command.argument, given.size())
                      : fmt::format("'{}' is one argument too many", given[1 + command.more_most]));
  if (given.empty() && command.default_argument.empty() && !command.argument.empty())
    fail(command, "the " + command.argument + " is missing");
  if (command.more_least > 0 && given.size() < 1 + command.more_least)
    fail(command, "the " + command.more_arguments + " is missing");
  options.path = given.empty() ? command.default_argument : given.front();
  if (given.size() > 1) options.more.assign(given.begin() + 1, given.end());
  read_values(command, values, options);
  options.command_line = fmt::format("chokepoint {} {}", command.name, join(arguments, " "));
  return options;
}

}  // namespace chokepoint
