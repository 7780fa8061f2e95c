#include <fmt/format.h>

#include "sim/command/commands.hpp"
#include "sim/study/market_report.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t default_populations = 20;

std::size_t populations(const Options& options, const Study& study) {
  return options.overrides.replicates.empty() ? default_populations
                                              : static_cast<std::size_t>(study.scenario.replicates);
}

}  // namespace

int print_multipliers(const Options& options) {
  Problems problems;
  const auto study = load_study(options, problems);
  fmt::print("{}", multiplier_report(*study, populations(options, *study)));
  return 0;
}

int print_score(const Options& options) {
  Problems problems;
  const auto study = load_study(options, problems);
  fmt::print("{}", score_report(*study, default_populations));
  return 0;
}

int print_float(const Options& options) {
  Problems problems;
  const auto study = load_study(options, problems);
  const std::string line = options.line.empty() ? "2513.HK" : options.line;
  if (study->facts.line(line) == Line::npos) {
    throw Error(ExitCode::command_line,
                fmt::format("no line '{}' in {}/listings.csv", line, study->scenario.data_dir));
  }
  fmt::print("{}", float_report(*study, line, populations(options, *study)));
  return 0;
}

}  // namespace chokepoint
