#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/command/commands.hpp"
#include "sim/input/scenario_difference.hpp"

namespace chokepoint {
namespace {

using Json = nlohmann::ordered_json;

Json answer_of(const std::vector<Difference>& found) {
  Json list = Json::array();
  for (const Difference& one : found) {
    Json entry{{"section", one.section}, {"item", one.item}};
    if (!one.before.empty()) entry["before"] = one.before;
    if (!one.after.empty()) entry["after"] = one.after;
    if (!one.unit.empty()) entry["unit"] = one.unit;
    entry["words"] = one.words;
    list.push_back(entry);
  }
  return {{"ok", true}, {"exit_code", 0}, {"same_meaning", !differ_in_meaning(found)}, {"differences", list}};
}

}  // namespace

int diff_scenarios(const Options& options) {
  Problems problems;
  const Scenario first = read_scenario(options.path, {}, problems);
  const Scenario second = read_scenario(options.more.front(), {}, problems);
  problems.throw_if_any();
  const std::vector<Difference> found = differences(first, second);
  if (options.json) {
    fmt::print("{}\n", answer_of(found).dump(2));
  } else {
    fmt::print("{} -> {}\n{}", options.path, options.more.front(), difference_text(found));
  }
  return 0;
}

}  // namespace chokepoint
