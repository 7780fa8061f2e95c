#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/event_writer.hpp"
#include "sim/input/scenario_sections.hpp"
#include "sim/input/scenario_settings.hpp"

namespace chokepoint {
namespace {

/// What an arm may exclude: items of the scenario, and events that could not be read.
std::vector<std::string> known_items(TomlTable& top, const Scenario& scenario) {
  std::vector<std::string> known = event_ids(top.find("event", Presence::optional));
  for (const std::string& item : items_of(scenario.events, scenario.rules)) {
    if (std::find(known.begin(), known.end(), item) == known.end()) known.push_back(item);
  }
  return known;
}

Arm read_arm(const TomlEntry& entry, const Scenario& scenario, const std::vector<std::string>& known,
             const FreshTree& fresh, Problems& problems) {
  Arm arm;
  arm.id = arm.label = entry.key;
  arm.where = entry.where;
  check_id(arm.id, arm.where, problems);
  TomlTable table(*entry.value->as_table(), arm.where, fmt::format("[arm.{}]", arm.id), problems);
  table.read("label", arm.label, Presence::optional);
  table.read("reference", arm.reference, Presence::optional);
  if (table.read("exclude", arm.exclude, Presence::optional)) {
    const toml::array& nodes = *table.find("exclude", Presence::optional)->as_array();
    for (std::size_t i = 0; i < arm.exclude.size(); ++i) {
      if (std::find(known.begin(), known.end(), arm.exclude[i]) != known.end()) continue;
      problems.add("E044", position_of(nodes[i].source()),
                   fmt::format("arm '{}' excludes '{}' (no such event or rule){}", arm.id, arm.exclude[i],
                               suggestion(arm.exclude[i], known)));
    }
  }
  if (const toml::table* set = table.table("set", Presence::optional)) {
    arm.set = read_settings(*set, scenario.layers, problems);
    Parameters parameters = scenario.parameters;
    apply_settings(arm.set, scenario.may_draw(), parameters, problems);
  }
  if (const toml::table* replace = table.table("replace", Presence::optional)) {
    for (const TomlEntry& item : entries_in_file_order(*replace, scenario.layers)) {
      read_replacement(item, known, fresh, scenario, arm, problems);
    }
  }
  table.finish();
  return arm;
}

/// What makes an arm differ from others: excluded items, values other than the scenario's, and what it
/// replaces.
struct Content {
  std::vector<std::string> excluded;
  std::map<std::string, Amount> values;
  std::map<std::string, std::vector<std::string>> replaced;  ///< keys and values by item

  bool operator==(const Content&) const = default;
};

Content content_of(const Scenario& scenario, const Arm& arm) {
  Content content{arm.exclude, {}, {}};
  std::sort(content.excluded.begin(), content.excluded.end());
  Parameters common = scenario.parameters;
  const FieldList fields = fields_of(common);
  for (const Setting& setting : arm.set) {
    const double otherwise = *fields.find(setting.name)->value;
    const Amount value = stated_amount(arm.set, setting.name, {});
    if (scenario.draws_unless_set(setting.name) ||
        value != stated_amount(scenario.settings, setting.name, {otherwise, ""})) {
      content.values[setting.name] = value;
    }
  }
  for (const Event& event : arm.replaced_events) content.replaced[event.said.id] = event_pairs(event);
  for (const Rule& rule : arm.replaced_rules) content.replaced[rule.id] = rule_pairs(rule);
  return content;
}

void check_distinct(const Scenario& scenario, Problems& problems) {
  const auto& arms = scenario.arms;
  for (std::size_t later = 1; later < arms.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (content_of(scenario, arms[earlier]) != content_of(scenario, arms[later])) continue;
      problems.add(
          "E045", arms[later].where,
          fmt::format("identical arms '{}' and '{}' (same events, same values) their results would be the "
                      "same: remove one or make it differ",
                      arms[earlier].id, arms[later].id));
    }
  }
}

void check_reference(const Scenario& scenario, const SourcePosition& where, Problems& problems) {
  const Arm* reference = nullptr;
  for (const Arm& arm : scenario.arms) {
    if (!arm.reference) continue;
    if (reference != nullptr) {
      problems.add(
          "E044", arm.where,
          fmt::format("arm '{}' is a second reference (after '{}') keep one", arm.id, reference->id));
    }
    reference = &arm;
  }
  if (reference == nullptr) {
    problems.add("E044", where,
                 "no arm is the reference (effects are differences from it) give one arm reference = true");
  }
}

/// An arm in which a reversal happens without the measure it ends makes no sense.
void check_reversals(const Scenario& scenario, Problems& problems) {
  for (const Arm& arm : scenario.arms) {
    for (const Event& event : scenario.events_of(arm)) {
      const auto* reversal = std::get_if<Reversal>(&event.instrument);
      if (reversal == nullptr) continue;
      if (arm.includes(scenario.declared_id(reversal->measure))) continue;
      problems.add("E046", arm.where,
                   fmt::format("arm '{}' has '{}' without '{}' (which it ends) exclude both or neither",
                               arm.id, event.said.id, reversal->measure));
    }
  }
}

}  // namespace

void read_arms(TomlTable& top, const FreshTree& fresh, Scenario& scenario, Problems& problems) {
  const toml::table* arms = top.table("arm", Presence::required);
  if (arms == nullptr) return;
  const std::vector<std::string> items = known_items(top, scenario);
  const std::size_t earlier_complaints = problems.errors().size();
  for (const TomlEntry& entry : entries_in_file_order(*arms, scenario.layers)) {
    if (entry.value->is_table()) {
      scenario.arms.push_back(read_arm(entry, scenario, items, fresh, problems));
    } else {
      top.wrong_kind("arm." + entry.key, *entry.value, fmt::format("a table written as [arm.{}]", entry.key));
    }
  }
  check_reference(scenario, top.position("arm"), problems);
  if (problems.errors().size() > earlier_complaints) return;  // what follows compares arms as a whole
  check_distinct(scenario, problems);
  check_reversals(scenario, problems);
}

}  // namespace chokepoint
