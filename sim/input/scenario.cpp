#include "sim/input/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/rule_reader.hpp"
#include "sim/input/scenario_sections.hpp"
#include "sim/input/scenario_settings.hpp"
#include "sim/input/toml_layers.hpp"

namespace chokepoint {
namespace {

void read_names(TomlTable& top, Scenario& scenario, Problems& problems) {
  if (top.read("id", scenario.id, Presence::required)) check_id(scenario.id, top.position("id"), problems);
  top.read("title", scenario.title, Presence::required);
  top.read("summary", scenario.summary, Presence::optional);
  top.read("tags", scenario.tags, Presence::optional);
}

/// Command-line settings replace those of the file with the same name.
void add_typed(const std::vector<Setting>& typed, std::vector<Setting>& settings) {
  for (const Setting& one : typed) {
    std::erase_if(settings, [&](const Setting& earlier) { return earlier.name == one.name; });
    settings.push_back(one);
  }
}

/// The reasons of `[why]`, for parameters that `[set]` or an arm sets.
Reasons read_why(TomlTable& top, const Scenario& scenario, Problems& problems) {
  const toml::table* why = top.table("why", Presence::optional);
  if (why == nullptr) return {};
  std::vector<std::string> names;
  const auto add_names = [&](const toml::node* set) {
    if (set == nullptr || !set->is_table()) return;
    for (std::string& name : setting_names(*set->as_table(), scenario.layers))
      names.push_back(std::move(name));
  };
  add_names(top.find("set", Presence::optional));
  const toml::node* arms = top.find("arm", Presence::optional);
  if (arms != nullptr && arms->is_table()) {
    for (const auto& [id, arm] : *arms->as_table()) {
      if (arm.is_table()) add_names(arm.as_table()->get("set"));
    }
  }
  return read_reasons(*why, names, scenario.layers, problems);
}

void read_parameters(TomlTable& top, const TypedOverrides& typed, const Reasons& reasons, Scenario& scenario,
                     Problems& problems) {
  if (const toml::table* set = top.table("set", Presence::optional)) {
    scenario.settings = read_settings(*set, scenario.layers, problems);
  }
  give_reasons(reasons, scenario.settings);
  const bool drawn = scenario.may_draw();
  apply_settings(scenario.settings, drawn, scenario.parameters, problems);
  apply_settings(typed.settings, drawn, scenario.parameters, problems);
  add_typed(typed.settings, scenario.settings);
}

void apply_overrides(const TypedOverrides& typed, Scenario& scenario, Problems& problems) {
  if (typed.seed) scenario.seed = static_cast<std::uint64_t>(*typed.seed);
  if (typed.replicates) scenario.replicates = static_cast<int>(*typed.replicates);
  if (typed.max_replicates) scenario.max_replicates = static_cast<int>(*typed.max_replicates);
  for (const PrecisionGoal& goal : typed.precision) {
    std::erase_if(scenario.precision, [&](const PrecisionGoal& one) { return one.metric == goal.metric; });
    scenario.precision.push_back(goal);
  }
  if (!typed.end.empty()) set_end(typed.end, {"--set", 0, 0}, scenario, problems);
}

const Event* find_event(const std::vector<Event>& events, const std::string& id) {
  for (const Event& event : events) {
    if (event.said.id == id) return &event;
  }
  return nullptr;
}

/// True unless the event is a later measure of a record, about whose date its first has been complained of.
bool speaks_first(const Announcement& said) { return said.group.empty() || said.id == said.group + ".1"; }

/// What can be said about events without the data: they lie in simulated time, reversals end measures.
void check_event_times(const Scenario& scenario, const std::vector<Event>& events, Problems& problems) {
  for (const Event& event : events) {
    const Announcement& said = event.said;
    if (!speaks_first(said)) continue;
    const Date day = to_local(said.announced, 0).date;
    if (day < scenario.as_of) {
      problems.add("E043", said.where,
                   fmt::format("event '{}' is announced before time.as_of = {} (the world knows it already)",
                               said.declared(), to_text(scenario.as_of)));
    } else if (scenario.sessions == 0 && scenario.until > scenario.as_of && day > scenario.until) {
      problems.add("E043", said.where,
                   fmt::format("event '{}' is announced after time.end = {} (it would never happen)",
                               said.declared(), to_text(scenario.until)));
    }
  }
}

/// What changes or ends a measure holds no earlier than what was announced of it before.
void check_order(const std::vector<Event>& events, const Event& event, const std::string& measure,
                 EventProblems& complaints) {
  const Date day = takes_hold_on(event.said);
  for (const Event& earlier : events) {
    const bool before = earlier.said.chain() == measure && earlier.said.announced < event.said.announced;
    if (!before || takes_hold_on(earlier.said) <= day) continue;
    complaints.add(
        fmt::format("takes hold on {}, before '{}' on {} (which it changes or ends) set 'effective' to "
                    "that date or later",
                    to_text(day), earlier.said.id, to_text(takes_hold_on(earlier.said))));
  }
}

void check_reversal(const std::vector<Event>& events, const Event& event, const Reversal& reversal,
                    bool is_unread, Problems& problems) {
  EventProblems complaints(problems, event.said.where, event.said.id);
  const Event* ended = find_event(events, reversal.measure);
  if (is_unread) return;  // its record has complaints of its own
  std::vector<std::string> measures;
  for (const Event& one : events) {
    const bool measure = std::visit([](const auto& what) { return what.is_measure; }, one.instrument);
    if (measure) measures.push_back(one.said.id);
  }
  if (ended != nullptr && std::holds_alternative<OwnershipBan>(ended->instrument)) {
    complaints.add(fmt::format("ends '{}' (an ownership_ban cannot be reversed yet) leave the reversal out",
                               reversal.measure));
  } else if (std::find(measures.begin(), measures.end(), reversal.measure) == measures.end()) {
    complaints.add(fmt::format("ends '{}' (no measure of this scenario){}", reversal.measure,
                               suggestion(reversal.measure, measures)));
  } else if (!ended->said.continues.empty()) {
    complaints.add(fmt::format("ends '{}' (which continues '{}') name the first event", reversal.measure,
                               ended->said.continues));
  } else if (ended->said.announced >= event.said.announced) {
    complaints.add(fmt::format("ends '{}' (which is announced later)", reversal.measure));
  } else {
    check_order(events, event, reversal.measure, complaints);
  }
}

/// A change of a measure names the measure's first event, whose chain of beliefs it takes up.
void check_continuation(const std::vector<Event>& events, const Event& event, Problems& problems) {
  const std::string& id = event.said.continues;
  EventProblems complaints(problems, event.said.where, event.said.id);
  const Event* first = find_event(events, id);
  if (first == nullptr) {
    std::vector<std::string> ids;
    for (const Event& one : events) ids.push_back(one.said.id);
    complaints.add(fmt::format("continues '{}' (no event of this scenario){}", id, suggestion(id, ids)));
  } else if (first->instrument.index() != event.instrument.index()) {
    complaints.add(fmt::format("continues '{}' (which is a {}, not a {})", id, first->instrument_name(),
                               event.instrument_name()));
  } else if (!first->said.continues.empty()) {
    complaints.add(fmt::format("continues '{}' (which itself continues '{}') name the first event", id,
                               first->said.continues));
  } else if (first->said.announced >= event.said.announced) {
    complaints.add(fmt::format("continues '{}' (which is not announced before it)", id));
  } else {
    check_order(events, event, id, complaints);
  }
}

/// `declared`: ids of all records, those that could not be read too.
void check_chains(const std::vector<Event>& events, const std::vector<std::string>& declared,
                  Problems& problems) {
  const auto unread = [&](const std::string& id) {
    return find_event(events, id) == nullptr &&
           std::find(declared.begin(), declared.end(), id) != declared.end();
  };
  for (const Event& event : events) {
    const std::string& first = event.said.continues;
    if (!first.empty() && !unread(first)) check_continuation(events, event, problems);
    if (const auto* reversal = std::get_if<Reversal>(&event.instrument)) {
      check_reversal(events, event, *reversal, unread(reversal->measure), problems);
    }
  }
}

void read_events(TomlTable& top, Packages& packages, Scenario& scenario, Problems& problems) {
  for (const toml::table* record : top.records("event")) {
    if (announces_several(*record)) {
      for (Event& event : read_several(*record, packages, problems))
        scenario.events.push_back(std::move(event));
    } else if (auto event = read_event(*record, problems))
      scenario.events.push_back(std::move(*event));
  }
  check_chains(scenario.events, event_ids(top.find("event", Presence::optional)), problems);
  check_event_times(scenario, scenario.events, problems);
}

/// Events that an arm replaces stand in the same time and in the same chains as the others.
void check_replacements(const Scenario& scenario, Problems& problems) {
  if (problems.any()) return;  // the same would be said again
  for (const Arm& arm : scenario.arms) {
    if (arm.replaced_events.empty()) continue;
    check_event_times(scenario, arm.replaced_events, problems);
    std::vector<Event> events;
    for (const Event& event : scenario.events) events.push_back(scenario.event_of(arm, event));
    check_chains(events, {}, problems);
  }
}

/// Prices of T0 may hold what was said before their exchange closed; then it is no news.
void check_after_close(Date as_of, const Facts& facts, const Announcement& said, Problems& problems) {
  if (to_local(said.announced, 0).date < as_of || !speaks_first(said)) return;  // already a complaint
  for (const Venue& venue : facts.venues) {
    const LocalTime local = to_local(said.announced, *utc_offset(venue.timezone, as_of));
    if (local.date > as_of || local.second_of_day >= venue.close) continue;
    problems.add(
        "E043", said.where,
        fmt::format("event '{}' is announced before {} closed on time.as_of = {} (its price may hold "
                    "the news already) set as_of to the close before",
                    said.declared(), venue.id, to_text(as_of)));
    return;
  }
}

/// First events of an arm that list a line, by line; complains of others.
std::map<std::string, const Listing*> listings_of(const std::vector<Event>& events, const std::string& arm,
                                                  Problems& problems) {
  std::map<std::string, const Listing*> listings;
  for (const Event& event : events) {
    const auto* listing = std::get_if<Listing>(&event.instrument);
    if (listing == nullptr || listings.emplace(listing->line, listing).second) continue;
    EventProblems(problems, event.said.where, event.said.id)
        .add(
            fmt::format("lists '{}' a second time in arm '{}' (a line is listed once) exclude one of the two",
                        listing->line, arm));
  }
  return listings;
}

/// What a line's offers require of each other in one arm: one listing, and issues after it.
void check_offers(const Facts& facts, const std::vector<Event>& events, const std::string& arm,
                  Problems& problems) {
  const auto listings = listings_of(events, arm, problems);
  for (const Event& event : events) {
    const auto* issue = std::get_if<Issue>(&event.instrument);
    const std::size_t line = issue == nullptr ? Facts::npos : facts.line(issue->line);
    if (line == Facts::npos || !facts.lines[line].unlisted) continue;
    const auto listing = listings.find(issue->line);
    if (listing != listings.end() && *listing->second->date < *issue->date) continue;
    EventProblems(problems, event.said.where, event.said.id)
        .add(fmt::format("sells shares of '{}' before it is listed in arm '{}' (the line is unlisted in the "
                         "data) add a listing event with an earlier date",
                         issue->line, arm));
  }
}

/// Complains of an actor that is no firm of the data, or no bank where only banks act.
template <class What>
void check_actor(const What& what, const Facts& facts, const Announcement& said, EventProblems& complaints) {
  const std::string actor = said.actor_firm();
  if (actor.empty()) return;
  if constexpr (requires { what.actors(facts); }) {
    complaints.expect_known("bank", actor, what.actors(facts));
  } else {
    complaints.expect_known("firm", actor, firm_ids(facts));
  }
}

/// What an instrument says of itself against the data.
void check_event(const Facts& facts, const Event& event, Problems& problems) {
  EventProblems complaints(problems, event.said.where, event.said.id);
  std::visit(
      [&](const auto& what) {
        check_actor(what, facts, event.said, complaints);
        what.check(facts, event.said, complaints);
      },
      event.instrument);
}

/// The merged layers with what --set changes in them.
LayeredToml read_file(const std::string& path, const std::vector<RecordOverride>& records,
                      Problems& problems) {
  LayeredToml file = read_layers(path, problems);
  if (file.complete && !file.is_base) lay_over_records(records, file.table);
  return file;
}

}  // namespace

Scenario read_scenario(const std::string& path, const ScenarioOverrides& overrides, Problems& problems) {
  const TypedOverrides typed = read_overrides(overrides);
  const LayeredToml file = read_file(path, typed.records, problems);
  const FreshTree fresh = [&] {
    Problems known;  // what is wrong with the tree has been said
    return read_file(path, typed.records, known).table;
  };
  Scenario scenario;
  scenario.path = path;
  scenario.layers = file.layers;
  if (!file.complete) return scenario;
  if (file.is_base) {
    problems.add("E016", {path, 1, 1}, "this is a base (kind = \"base\"), which cannot be run: extend it");
    return scenario;
  }
  TomlTable top(file.table, {path, 1, 1}, "scenario", problems);
  read_names(top, scenario, problems);
  read_time(top, scenario, problems);
  read_data(top, scenario, problems);
  read_run(top, scenario, problems);
  read_output(top, scenario, problems);
  apply_overrides(typed, scenario, problems);
  const Reasons reasons = read_why(top, scenario, problems);
  read_parameters(top, typed, reasons, scenario, problems);
  Packages packages(top, scenario.layers, problems);
  read_events(top, packages, scenario, problems);
  read_rules(top, packages, scenario, problems);
  packages.finish();
  read_arms(top, fresh, scenario, problems);
  for (Arm& arm : scenario.arms) give_reasons(reasons, arm.set);
  check_replacements(scenario, problems);
  read_decomposition(top, scenario, problems);
  read_metrics(top, scenario, problems);
  check_precision(scenario, problems);
  read_checks(top, scenario, problems);
  read_backtest(top, scenario, problems);
  top.finish();
  put_in_order(scenario);
  return scenario;
}

void check_events(const Scenario& scenario, const Facts& facts, Problems& problems) {
  const auto check = [&](const Event& event) {
    check_after_close(scenario.as_of, facts, event.said, problems);
    check_event(facts, event, problems);
  };
  for (const Event& event : scenario.events) check(event);
  for (const Rule& rule : scenario.rules) {
    for (const Event& measure : rule.measures) check_event(facts, measure, problems);
  }
  for (const Arm& arm : scenario.arms) {
    for (const Event& event : arm.replaced_events) check(event);
    for (const Rule& rule : arm.replaced_rules) {
      for (const Event& measure : rule.measures) check_event(facts, measure, problems);
    }
  }
  for (const Arm& arm : scenario.arms) check_offers(facts, scenario.events_of(arm), arm.id, problems);
}

bool Arm::includes(const std::string& item) const {
  return std::find(exclude.begin(), exclude.end(), item) == exclude.end();
}

std::size_t Scenario::reference_arm() const {
  const auto at = std::find_if(arms.begin(), arms.end(), [](const Arm& arm) { return arm.reference; });
  return static_cast<std::size_t>(at - arms.begin());
}

Parameters Scenario::parameters_of(const Arm& arm) const {
  Parameters own = parameters;
  const FieldList fields = fields_of(own);
  for (const Setting& setting : arm.set) *fields.find(setting.name)->value = setting.value;
  return own;
}

std::vector<Rule> Scenario::rules_of(const Arm& arm) const {
  std::vector<Rule> result;
  for (const Rule& rule : rules) {
    if (!arm.includes(rule.id)) continue;
    const auto& others = arm.replaced_rules;
    const auto other =
        std::find_if(others.begin(), others.end(), [&](const Rule& one) { return one.id == rule.id; });
    result.push_back(other == others.end() ? rule : *other);
  }
  return result;
}

const Event& Scenario::event_of(const Arm& arm, const Event& event) const {
  for (const Event& other : arm.replaced_events) {
    if (other.said.id == event.said.id) return other;
  }
  return event;
}

const std::string& Scenario::declared_id(const std::string& event) const {
  for (const Event& one : events) {
    if (one.said.id == event) return one.said.declared();
  }
  return event;
}

std::vector<Event> Scenario::events_of(const Arm& arm) const {
  std::vector<Event> own;
  for (const Event& event : events) {
    if (arm.includes(event)) own.push_back(event_of(arm, event));
  }
  return own;
}

}  // namespace chokepoint
