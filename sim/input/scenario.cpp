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

void read_parameters(TomlTable& top, const TypedOverrides& typed, Scenario& scenario, Problems& problems) {
  if (const toml::table* set = top.table("set", Presence::optional)) {
    scenario.settings = read_settings(*set, scenario.layers, problems);
  }
  if (const toml::table* why = top.table("why", Presence::optional)) {
    const toml::table nothing;
    const toml::table* set = top.table("set", Presence::optional);
    read_reasons(*why, set == nullptr ? nothing : *set, scenario.layers, scenario.settings, problems);
  }
  const bool drawn = !scenario.structural_path.empty();
  apply_settings(scenario.settings, drawn, scenario.parameters, problems);
  apply_settings(typed.settings, drawn, scenario.parameters, problems);
  add_typed(typed.settings, scenario.settings);
}

void apply_overrides(const TypedOverrides& typed, Scenario& scenario, Problems& problems) {
  if (typed.seed) scenario.seed = static_cast<std::uint64_t>(*typed.seed);
  if (typed.replicates) scenario.replicates = static_cast<int>(*typed.replicates);
  if (!typed.end.empty()) set_end(typed.end, {"--set", 0, 0}, scenario, problems);
}

const Event* find_event(const Scenario& scenario, const std::string& id) {
  for (const Event& event : scenario.events) {
    if (event.said.id == id) return &event;
  }
  return nullptr;
}

/// True unless the event is a later measure of a record, about whose date its first has been complained of.
bool speaks_first(const Announcement& said) { return said.group.empty() || said.id == said.group + ".1"; }

/// What can be said about events without the data: they lie in simulated time, reversals end measures.
void check_event_times(const Scenario& scenario, Problems& problems) {
  for (const Event& event : scenario.events) {
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

void check_reversal(const Scenario& scenario, const Event& event, const Reversal& reversal, bool is_declared,
                    Problems& problems) {
  EventProblems complaints(problems, event.said.where, event.said.id);
  const Event* ended = find_event(scenario, reversal.measure);
  if (ended == nullptr && is_declared) return;  // its record has complaints of its own
  std::vector<std::string> measures;
  for (const Event& one : scenario.events) {
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
  }
}

/// A change of a measure names the measure's first event, whose chain of beliefs it takes up.
void check_continuation(const Scenario& scenario, const Event& event, Problems& problems) {
  const std::string& id = event.said.continues;
  EventProblems complaints(problems, event.said.where, event.said.id);
  const Event* first = find_event(scenario, id);
  if (first == nullptr) {
    std::vector<std::string> events;
    for (const Event& one : scenario.events) events.push_back(one.said.id);
    complaints.add(fmt::format("continues '{}' (no event of this scenario){}", id, suggestion(id, events)));
  } else if (first->instrument.index() != event.instrument.index()) {
    complaints.add(fmt::format("continues '{}' (which is a {}, not a {})", id, first->instrument_name(),
                               event.instrument_name()));
  } else if (!first->said.continues.empty()) {
    complaints.add(fmt::format("continues '{}' (which itself continues '{}') name the first event", id,
                               first->said.continues));
  } else if (first->said.announced >= event.said.announced) {
    complaints.add(fmt::format("continues '{}' (which is not announced before it)", id));
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
  const std::vector<std::string> declared = event_ids(top.find("event", Presence::optional));
  for (const Event& event : scenario.events) {
    const std::string& first = event.said.continues;
    const bool unread = find_event(scenario, first) == nullptr &&
                        std::find(declared.begin(), declared.end(), first) != declared.end();
    if (!first.empty() && !unread) check_continuation(scenario, event, problems);
    if (const auto* reversal = std::get_if<Reversal>(&event.instrument)) {
      const bool is_declared =
          std::find(declared.begin(), declared.end(), reversal->measure) != declared.end();
      check_reversal(scenario, event, *reversal, is_declared, problems);
    }
  }
  check_event_times(scenario, problems);
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

}  // namespace

Scenario read_scenario(const std::string& path, const ScenarioOverrides& overrides, Problems& problems) {
  const TypedOverrides typed = read_overrides(overrides);
  const LayeredToml file = read_layers(path, problems);
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
  read_parameters(top, typed, scenario, problems);
  Packages packages(top, scenario.layers, problems);
  read_events(top, packages, scenario, problems);
  read_rules(top, packages, scenario, problems);
  packages.finish();
  read_arms(top, scenario, problems);
  read_metrics(top, scenario, problems);
  read_checks(top, scenario, problems);
  read_backtest(top, scenario, problems);
  top.finish();
  return scenario;
}

void check_events(const Scenario& scenario, const Facts& facts, Problems& problems) {
  for (const Event& event : scenario.events) {
    check_after_close(scenario.as_of, facts, event.said, problems);
    check_event(facts, event, problems);
  }
  for (const Rule& rule : scenario.rules) {
    for (const Event& measure : rule.measures) check_event(facts, measure, problems);
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
    if (arm.includes(rule.id)) result.push_back(rule);
  }
  return result;
}

std::vector<Event> Scenario::events_of(const Arm& arm) const {
  std::vector<Event> own;
  for (const Event& event : events) {
    if (arm.includes(event.said.declared())) own.push_back(event);
  }
  return own;
}

}  // namespace chokepoint
