#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/command/commands.hpp"
#include "sim/study/preview.hpp"

namespace chokepoint {

std::unique_ptr<Study> load_study(const Options& options, Problems& problems) {
  Scenario scenario = read_scenario(options.path, options.overrides, problems);
  problems.throw_if_any();
  auto study = prepare_study(std::move(scenario), problems);
  problems.throw_if_any();
  return study;
}

void print_warnings(const Problems& problems) {
  for (const auto& warning : problems.shown_warnings()) fmt::print(stderr, "{}\n", warning);
}

std::string check_answer(const Study& study, const Problems& problems) {
  const nlohmann::ordered_json answer{{"ok", true},
                                      {"exit_code", 0},
                                      {"scenario", study.scenario.id},
                                      {"arms", study.arms.size()},
                                      {"replicates", study.scenario.replicates},
                                      {"disk_bytes", disk_space(study, study.scenario.first_round())},
                                      {"warnings", problems.warnings()}};
  return answer.dump(2) + "\n";
}

int check_scenario(const Options& options) {
  Problems problems;
  const auto study = load_study(options, problems);
  if (options.strict) require_reasons(study->scenario, problems);
  problems.throw_if_any();
  const std::string text = preview(*study, problems);
  if (options.json) {
    fmt::print("{}", check_answer(*study, problems));
    return 0;
  }
  fmt::print("{}", text);
  print_warnings(problems);
  fmt::print("No error, {} warning{}.\n", problems.warnings().size(),
             problems.warnings().size() == 1 ? "" : "s");
  return 0;
}

}  // namespace chokepoint
