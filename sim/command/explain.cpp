#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/command/commands.hpp"
#include "sim/study/explanation.hpp"
#include "sim/study/posterior_draws.hpp"

namespace chokepoint {
namespace {

using Json = nlohmann::ordered_json;

Json entry_of(const Explanation& one) {
  Json chain = Json::array();
  for (const Origin& origin : one.chain) chain.push_back({{"value", origin.value}, {"place", origin.place}});
  Json entry{{"key", one.key}};
  if (!one.unit.empty()) entry["unit"] = one.unit;
  entry["chain"] = chain;
  if (!one.notes.empty()) entry["notes"] = one.notes;
  return entry;
}

/// Parameters that the scenario leaves to be drawn in each replicate.
std::size_t count_drawn(const Study& study) {
  Parameters defaults;
  std::size_t drawn = 0;
  for (const std::string& name : fields_of(defaults).names()) drawn += is_drawn(study, name) ? 1 : 0;
  return drawn;
}

std::string closing_text(const Study& study, std::size_t listed) {
  std::string text;
  if (listed == 0) text = "nothing is set, inherited, changed or removed\n";
  const std::size_t drawn = count_drawn(study);
  if (drawn > 0) text += fmt::format("{} parameters are drawn in each replicate\n", drawn);
  return text + fmt::format("other parameters stand at their defaults; all else is said once, in {}\n",
                            study.scenario.path);
}

/// Where values came from: all that is not plain, or the keys that were asked for.
int explain_values(const Options& options) {
  Problems problems;
  const auto study = load_study(options, problems);
  print_warnings(problems);
  const Explainer explainer(*study, read_statements(options.path), options.overrides);
  std::vector<Explanation> found;
  for (const std::string& key : options.more) {
    for (Explanation& one : explainer.explain(key)) found.push_back(std::move(one));
  }
  if (options.more.empty()) found = explainer.changed();
  if (options.json) {
    Json list = Json::array();
    for (const Explanation& one : found) list.push_back(entry_of(one));
    const Json answer{{"ok", true}, {"exit_code", 0}, {"scenario", study->scenario.id}, {"explained", list}};
    fmt::print("{}\n", answer.dump(2));
    return 0;
  }
  for (const Explanation& one : found) fmt::print("{}", explanation_text(one));
  if (options.more.empty()) fmt::print("{}", closing_text(*study, found.size()));
  return 0;
}

/// Refuses options that would do nothing.
void refuse_idle_options(const Options& options, bool decisions) {
  for (const char* name : {"jobs", "progress", "force"}) {
    const bool idle = !decisions || (std::string_view(name) == "force" && options.out.empty());
    if (!idle || std::find(options.given.begin(), options.given.end(), name) == options.given.end()) continue;
    throw Error(ExitCode::command_line,
                decisions
                    ? "--force replaces the folder of --out (which is not given)"
                    : fmt::format("--{} is about runs, and values are explained without any (leave it out, "
                                  "or say which --arm is meant)",
                                  name));
  }
}

}  // namespace

int explain(const Options& options) {
  std::error_code error;
  const bool folder = std::filesystem::is_directory(options.path, error);
  const bool decisions = folder || !options.arm.empty() || !options.against.empty() ||
                         !options.metric.empty() || !options.out.empty();
  if (decisions && options.params) {
    throw Error(ExitCode::command_line,
                "--params is about a SCENARIO's values (leave out --arm, --against, --metric and --out, and "
                "give a scenario file, such as a folder's scenario.resolved.toml)");
  }
  refuse_idle_options(options, decisions);
  return decisions ? explain_decisions(options) : explain_values(options);
}

}  // namespace chokepoint
