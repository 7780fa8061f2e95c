#include "sim/input/scenario_replace.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/event_writer.hpp"
#include "sim/input/rule_reader.hpp"
#include "sim/input/toml_merge.hpp"

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, 4> identity_keys{"id", "group", "instrument", "override"};

bool is_selection(const std::string& actor) { return actor.find('[') != std::string::npos; }

/// The keys that replace, moved out of the tree.
toml::table take_keys(toml::table& tree, const std::string& arm, const std::string& item) {
  return std::move(*tree["arm"][arm]["replace"][item].as_table());
}

void complain_of_nothing(const TomlEntry& entry, const Arm& arm, Problems& problems) {
  problems.add(
      "E068", entry.where,
      fmt::format("arm '{}' replaces nothing of '{}' (every key has this value already) leave it out, or "
                  "change a value",
                  arm.id, entry.key));
}

void replace_event(toml::table&& record, const TomlEntry& entry, const Event& original, Arm& arm,
                   Problems& problems) {
  const std::size_t before = problems.errors().size();
  auto event = read_event(record, problems);
  if (!event || problems.errors().size() > before) return;
  event->said.where = entry.where;
  if (event_pairs(*event) == event_pairs(original)) {
    complain_of_nothing(entry, arm, problems);
  } else if (event->said.actor != original.said.actor &&
             (is_selection(event->said.actor) || is_selection(original.said.actor))) {
    problems.add(
        "E068", entry.where,
        fmt::format("arm '{}' replaces the actor of '{}' (which selects firms) declare another event and "
                    "exclude one of the two",
                    arm.id, entry.key));
  } else {
    arm.replaced_events.push_back(std::move(*event));
  }
}

/// Reads a rule a second time for an arm, with `record` as its keys; `tree` holds the packages.
void replace_rule(const toml::table& record, const toml::table& tree, const TomlEntry& entry,
                  const Scenario& scenario, Arm& arm, Problems& problems) {
  const std::size_t before = problems.errors().size();
  TomlTable top(tree, {scenario.path, 1, 1}, "scenario", problems);
  Packages packages(top, scenario.layers, problems);
  Rule rule = read_rule(record, scenario, packages, problems);
  if (problems.errors().size() > before) return;
  rule.where = entry.where;
  const auto original = std::find_if(scenario.rules.begin(), scenario.rules.end(),
                                     [&](const Rule& one) { return one.id == rule.id; });
  if (original != scenario.rules.end() && rule_pairs(*original) == rule_pairs(rule)) {
    complain_of_nothing(entry, arm, problems);
  } else {
    arm.replaced_rules.push_back(std::move(rule));
  }
}

/// False after a complaint about what is to be replaced.
bool can_be_replaced(const TomlEntry& entry, const std::vector<std::string>& known, const Scenario& scenario,
                     const Arm& arm, Problems& problems) {
  const std::size_t before = problems.errors().size();
  const auto event = std::find_if(scenario.events.begin(), scenario.events.end(),
                                  [&](const Event& one) { return one.said.id == entry.key; });
  const std::string& declared = event == scenario.events.end() ? entry.key : event->said.declared();
  if (std::find(known.begin(), known.end(), entry.key) == known.end()) {
    problems.add("E068", entry.where,
                 fmt::format("arm '{}' replaces '{}' (no such event or rule){}", arm.id, entry.key,
                             suggestion(entry.key, known)));
  } else if (!arm.includes(declared)) {
    problems.add(
        "E068", entry.where,
        fmt::format("arm '{}' replaces '{}' and excludes '{}' (which is not part of it) drop one of the two",
                    arm.id, entry.key, declared));
  }
  for (const TomlEntry& key : entries_in_file_order(*entry.value->as_table(), scenario.layers)) {
    if (std::find(identity_keys.begin(), identity_keys.end(), key.key) == identity_keys.end()) continue;
    problems.add(
        "E068", key.where,
        fmt::format("'{}' of '{}' cannot be replaced (it would be another item) declare another event and "
                    "exclude one of the two",
                    key.key, entry.key));
  }
  return problems.errors().size() == before;
}

}  // namespace

void read_replacement(const TomlEntry& entry, const std::vector<std::string>& known, const FreshTree& fresh,
                      const Scenario& scenario, Arm& arm, Problems& problems) {
  if (!entry.value->is_table()) {
    problems.add("E033", entry.where,
                 fmt::format("'{}' must be a table of keys with their values in arm '{}' (found {})",
                             entry.key, arm.id, kind_of(*entry.value)));
    return;
  }
  if (!can_be_replaced(entry, known, scenario, arm, problems)) return;
  toml::table tree = fresh();
  for (const char* list : {"event", "rule"}) {
    toml::table* found = find_record(tree, list, entry.key);
    if (found == nullptr) continue;
    if (std::string_view(list) == "event" && announces_several(*found)) {
      problems.add("E068", entry.where,
                   fmt::format("arm '{}' replaces keys of '{}' (which announces several measures) declare "
                               "another event and exclude one of the two",
                               arm.id, entry.key));
      return;
    }
    toml::table record = std::move(*found);
    lay_over(record, take_keys(tree, arm.id, entry.key));
    if (std::string_view(list) == "rule") return replace_rule(record, tree, entry, scenario, arm, problems);
    for (const Event& original : scenario.events) {  // one that could not be read has complaints of its own
      if (original.said.id == entry.key)
        return replace_event(std::move(record), entry, original, arm, problems);
    }
  }
}

}  // namespace chokepoint
