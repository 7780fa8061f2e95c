#include "sim/input/rule_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/scenario_quantity.hpp"

namespace chokepoint {
namespace {

constexpr std::string_view package_head = "package.";

/// The measures under `measures`; one that cannot be read is complained of and stands empty, so that the
/// others keep their numbers.
std::vector<Event> read_measures(TomlTable& table, Presence presence, Problems& problems) {
  std::vector<Event> measures;
  const toml::node* node = table.find("measures", presence);
  if (node == nullptr) return measures;
  if (!node->is_array() || (!node->as_array()->empty() && !node->is_array_of_tables())) {
    table.wrong_kind("measures", *node, "a list of tables such as { instrument = \"visa_rule\", ... }");
    return measures;
  }
  if (node->as_array()->empty()) {
    problems.add("E074", table.position("measures"),
                 fmt::format("'measures' of {} is empty (it would announce nothing) name an instrument",
                             table.place()));
  }
  for (const toml::node& one : *node->as_array()) {
    const std::string place = fmt::format("measure {} of {}", measures.size() + 1, table.place());
    auto measure = read_measure(*one.as_table(), place, problems);
    measures.push_back(measure ? std::move(*measure) : Event{});
  }
  return measures;
}

/// The measures of a record as announcements of its actor.
void name_measures(const Announcement& by, std::vector<Event>& measures) {
  for (std::size_t n = 0; n < measures.size(); ++n) {
    Announcement& said = measures[n].said;
    said.id = fmt::format("{}.{}", by.id, n + 1);
    said.group = by.id;
    said.actor = by.actor;
    said.announced = by.announced;
    said.source = by.source;
    said.chance = by.chance;
  }
}

/// A time in days; complains of anything else.
double read_time(TomlTable& table, const char* key, Problems& problems) {
  std::string text;
  if (!table.read(key, text, Presence::optional)) return 0.0;
  const auto days = duration_in_days(text);
  if (!days) {
    problems.add("E031", table.position(key),
                 fmt::format("'{}' = '{}' is no time in days or weeks (write it as in \"28 d\" or \"4 w\"; "
                             "months and years have no fixed length)",
                             key, text));
  } else if (*days < 0.0) {
    problems.add("E032", table.position(key), fmt::format("'{}' = '{}' is negative", key, text));
  }
  return days.value_or(0.0);
}

std::optional<double> read_hazard(TomlTable& table, Problems& problems) {
  std::string text;
  if (!table.read("hazard", text, Presence::optional)) return std::nullopt;
  const auto rate = rate_per_day(text);
  if (!rate) {
    problems.add("E031", table.position("hazard"),
                 fmt::format("'hazard' = '{}' is no rate (write it as in \"0.5 per y\")", text));
  } else if (!(*rate > 0.0)) {
    problems.add("E032", table.position("hazard"),
                 fmt::format("'hazard' = '{}' must be above 0 (the rule would never act)", text));
  }
  return rate;
}

std::optional<Condition> read_condition(TomlTable& table, const char* key, Presence presence,
                                        Problems& problems) {
  std::string text;
  if (!table.read(key, text, presence)) return std::nullopt;
  SourcePosition where = table.position(key);
  ++where.column;  // past the opening quote
  return parse_condition(text, where, problems);
}

/// Instruments whose dates must be known when they are announced.
bool needs_its_date(const Event& event) {
  return std::holds_alternative<OwnershipBan>(event.instrument) ||
         std::holds_alternative<Issue>(event.instrument) || std::holds_alternative<Listing>(event.instrument);
}

void check_measures(const Rule& rule, Problems& problems) {
  for (const Event& measure : rule.measures) {
    const std::string name(measure.instrument_name());
    if (needs_its_date(measure)) {
      problems.add("E075", measure.said.where,
                   fmt::format("rule '{}' cannot announce '{}' (its date must be known, that of a rule is "
                               "not) use a dated event",
                               rule.id, name));
    } else if (rule.until && !ending_of(measure)) {
      problems.add(
          "E075", measure.said.where,
          fmt::format("'until' of rule '{}' would have to end '{}' (which cannot be taken back) leave "
                      "'until' out or split the rule",
                      rule.id, name));
    }
  }
}

/// What a rule reverses is a measure of an event; it is looked for when the rule fires.
void check_reversals(const Scenario& scenario, const Rule& rule, Problems& problems) {
  std::vector<std::string> measures;
  for (const Event& event : scenario.events) {
    const bool measure = std::visit([](const auto& what) { return what.is_measure; }, event.instrument);
    if (measure) measures.push_back(event.said.id);
  }
  for (const Event& event : rule.measures) {
    const auto* reversal = std::get_if<Reversal>(&event.instrument);
    if (reversal == nullptr) continue;
    if (std::find(measures.begin(), measures.end(), reversal->measure) != measures.end()) continue;
    problems.add("E041", event.said.where,
                 fmt::format("rule '{}' ends '{}' (no measure of this scenario's events){}", rule.id,
                             reversal->measure, suggestion(reversal->measure, measures)));
  }
}

/// Every id that is made has a record's before its first dot: measures of events and rules, events of firms.
/// So all are different when no record has the group that another names.
void check_groups(const toml::node* events, const std::vector<std::string>& declared, Problems& problems) {
  if (events == nullptr || !events->is_array()) return;
  for (const toml::node& record : *events->as_array()) {
    const toml::node* group = record.is_table() ? record.as_table()->get("group") : nullptr;
    if (group == nullptr || !group->is_string()) continue;
    const std::string& id = group->as_string()->get();
    if (std::find(declared.begin(), declared.end(), id) == declared.end()) continue;
    problems.add("E074", position_of(group->source()),
                 fmt::format("'group' = '{}' is the id of an event or rule (arms could not tell them apart) "
                             "choose another group",
                             id));
  }
}

}  // namespace

Packages::Packages(TomlTable& top, const std::vector<std::string>& layers, Problems& problems)
    : problems_(problems) {
  const toml::table* tables = top.table("package", Presence::optional);
  if (tables == nullptr) return;
  for (const TomlEntry& entry : entries_in_file_order(*tables, layers)) {
    if (!entry.value->is_table()) {
      top.wrong_kind("package." + entry.key, *entry.value,
                     fmt::format("a table written as [package.{}]", entry.key));
      continue;
    }
    check_id(entry.key, entry.where, problems);
    TomlTable table(*entry.value->as_table(), entry.where, fmt::format("[package.{}]", entry.key), problems);
    packages_.push_back({entry.key, read_measures(table, Presence::required, problems), entry.where});
    table.finish();
  }
}

std::vector<Event> Packages::measures_of(TomlTable& record, const char* key) {
  std::string name;
  const bool adopts = record.find(key, Presence::optional) != nullptr;
  const bool lists = record.find("measures", Presence::optional) != nullptr;
  if (adopts == lists) {
    problems_.add("E074", adopts ? record.position(key) : record.where(),
                  fmt::format("{} has {} '{}' {} 'measures' (what it announces must be said once)",
                              record.place(), adopts ? "both" : "neither", key, adopts ? "and" : "nor"));
  }
  if (!adopts) return lists ? read_measures(record, Presence::optional, problems_) : std::vector<Event>{};
  if (!record.read(key, name, Presence::optional)) return {};
  if (name.starts_with(package_head)) name.erase(0, package_head.size());
  std::vector<std::string> known;
  for (const Package& package : packages_) known.push_back(package.id);
  const auto at = std::find(known.begin(), known.end(), name);
  if (at == known.end()) {
    problems_.add(
        "E074", record.position(key),
        fmt::format("{} adopts '{}' (no such package){}", record.place(), name, suggestion(name, known)));
    return {};
  }
  adopted_.insert(name);
  return packages_[static_cast<std::size_t>(at - known.begin())].measures;
}

void Packages::finish() const {
  for (const Package& package : packages_) {
    if (adopted_.contains(package.id)) continue;
    problems_.add("E074", package.where,
                  fmt::format("nobody adopts [package.{}] (it does nothing) name it in a rule or event, or "
                              "remove it",
                              package.id));
  }
}

bool announces_several(const toml::table& event) {
  return event.contains("package") || event.contains("measures");
}

std::vector<Event> read_several(const toml::table& event, Packages& packages, Problems& problems) {
  const toml::node* id = event.get("id");
  const bool named = id != nullptr && id->is_string();
  TomlTable table(event, position_of(event.source()),
                  named ? fmt::format("event '{}'", id->as_string()->get()) : "event", problems);
  const Announcement by = read_announcer(table, nullptr, problems);
  std::vector<Event> events = packages.measures_of(table, "package");
  name_measures(by, events);
  if (by.chance.hazard_per_day) {
    for (std::size_t n = 0; n < events.size(); ++n) {
      check_undated(events[n], table.position("hazard"), fmt::format(" of measure {}", n + 1), problems);
    }
  }
  if (table.find("instrument", Presence::optional) != nullptr) {
    problems.add(
        "E074", table.position("instrument"),
        fmt::format("{} has an 'instrument' beside its measures (write it as one of them)", table.place()));
  }
  table.finish();
  return events;
}

Rule read_rule(const toml::table& record, const Scenario& scenario, Packages& packages, Problems& problems) {
  const toml::node* id = record.get("id");
  const bool named = id != nullptr && id->is_string();
  TomlTable table(record, position_of(record.source()),
                  named ? fmt::format("rule '{}'", id->as_string()->get()) : "rule", problems);
  Rule rule;
  rule.where = table.where();
  if (table.read("id", rule.id, Presence::required)) check_id(rule.id, table.position("id"), problems);
  table.read("doc", rule.doc, Presence::optional);
  if (table.read("actor", rule.actor, Presence::required)) {
    check_actor_word(rule.actor, table.position("actor"), problems);
  }
  if (auto when = read_condition(table, "when", Presence::required, problems)) rule.when = std::move(*when);
  rule.hold_days = read_time(table, "for", problems);
  rule.delay_days = read_time(table, "delay", problems);
  rule.hazard = read_hazard(table, problems);
  rule.until = read_condition(table, "until", Presence::optional, problems);
  if (table.read("max_fires", rule.max_fires, Presence::optional) && rule.max_fires < 1) {
    problems.add("E032", table.position("max_fires"), "'max_fires' must be at least 1");
  }
  rule.measures = packages.measures_of(table, "adopt");
  // Dates of measures are compared with the last close that is known.
  Announcement by;
  by.id = rule.id;
  by.actor = rule.actor;
  by.source = "rule " + rule.id;
  by.announced = to_instant(scenario.as_of, 24 * 3600 - 1, 0);
  name_measures(by, rule.measures);
  check_measures(rule, problems);
  check_reversals(scenario, rule, problems);
  table.finish();
  return rule;
}

void read_rules(TomlTable& top, Packages& packages, Scenario& scenario, Problems& problems) {
  std::vector<std::string> declared = event_ids(top.find("event", Presence::optional));
  const std::vector<std::string> events = declared;
  for (const toml::table* record : top.records("rule")) {
    Rule rule = read_rule(*record, scenario, packages, problems);
    if (std::find(events.begin(), events.end(), rule.id) != events.end()) {
      problems.add("E074", rule.where,
                   fmt::format("rule '{}' has the id of an event (arms could not tell them apart) choose "
                               "another id",
                               rule.id));
    }
    declared.push_back(rule.id);
    scenario.rules.push_back(std::move(rule));
  }
  check_groups(top.find("event", Presence::optional), declared, problems);
}

}  // namespace chokepoint
