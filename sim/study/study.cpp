#include "sim/study/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "sim/input/currencies.hpp"
#include "sim/input/facts_loader.hpp"
#include "sim/input/target_selectors.hpp"
#include "sim/input/vintage_world.hpp"
#include "sim/study/arm_variants.hpp"
#include "sim/study/economy_tables.hpp"
#include "sim/study/posterior_draws.hpp"

namespace chokepoint {
namespace {

/// A run without a market: long enough for generations of models, short enough for T0 to matter.
constexpr int longest_years = 15;

void check_years(const Study& study, Date last, Problems& problems) {
  const Date latest = study.facts.as_of + static_cast<int>(longest_years * 365.25);
  if (last <= latest) return;
  problems.add("E055", {study.scenario.path, 0, 0},
               fmt::format("the run ends on {}, more than {} years after time.as_of (shorten time.end)",
                           to_text(last), longest_years));
}

/// Sessions trade on days that are known; users, enterprises and researchers live on weekdays too.
void check_horizon(const Study& study, Problems& problems) {
  const SourcePosition where{study.scenario.path, 0, 0};
  if (study.calendar->days().empty()) {
    problems.add("E055", where, "the run covers no trading day (time.end must lie after time.as_of)");
    return;
  }
  const Date last = study.calendar->days().back().date;
  if (!study.scenario.market) return check_years(study, last, problems);
  if (last > study.facts.calendar_until) {
    problems.add(
        "E055", where,
        fmt::format("the run ends on {}, but closed days of all venues are known only to {} (shorten "
                    "time.end, or complete calendar.csv and venues.csv by an overlay)",
                    to_text(last), to_text(study.facts.calendar_until)));
  }
}

Facts facts_of(const Scenario& s, Problems& problems) {
  if (!s.vintages_dir.empty()) return load_vintage_world(s.data_dir, s.vintages_dir, s.as_of, problems);
  return load_facts(s.data_dir, s.overlay, s.as_of, problems, s.market);
}

std::vector<BoundMetric> measured_in(const Study& study, Problems& problems) {
  const Scenario& s = study.scenario;
  std::vector<BoundMetric> measured = study.metrics;
  for (const Check& check : s.checks) {
    if (!check.written_out) continue;
    measured.push_back(bind_metric(*check.written_out, study.series, *study.calendar, s.as_of, problems));
  }
  return measured;
}

/// Events as the scenario and any of its arms has them: all arms trade in the same sessions.
std::vector<Event> all_events(const Scenario& scenario) {
  std::vector<Event> events = scenario.events;
  for (const Arm& arm : scenario.arms) {
    events.insert(events.end(), arm.replaced_events.begin(), arm.replaced_events.end());
  }
  return events;
}

/// What days_since and fired can name: events, measures of events, rules.
std::vector<std::string> items_of(const Scenario& scenario) {
  std::vector<std::string> items;
  for (const Event& event : scenario.events) {
    items.push_back(event.said.id);
    if (!event.said.group.empty()) items.push_back(event.said.group);
  }
  for (const Rule& rule : scenario.rules) items.push_back(rule.id);
  return items;
}

/// Rules of the scenario, and as arms have them.
void check_rules(const Study& study, Problems& problems) {
  const Scenario& s = study.scenario;
  std::vector<Rule> rules = s.rules;
  for (const Arm& arm : s.arms)
    rules.insert(rules.end(), arm.replaced_rules.begin(), arm.replaced_rules.end());
  bind_rules(rules, study.series, problems);
  check_items(rules, items_of(s), problems);
}

}  // namespace

std::unique_ptr<Study> prepare_study(Scenario scenario, Problems& problems) {
  auto study = std::make_unique<Study>();
  study->scenario = std::move(scenario);
  const Scenario& s = study->scenario;
  study->facts = facts_of(s, problems);
  if (problems.any()) return study;
  expand_selectors(study->scenario, study->facts, problems);
  convert_money(study->scenario, study->facts, problems);
  if (problems.any()) return study;
  check_events(s, study->facts, problems);
  if (problems.any()) return study;
  study->calendar = std::make_unique<Calendar>(
      make_calendar(study->facts, s.parameters.session, s.sessions, s.until, all_events(s)));
  check_horizon(*study, problems);
  study->series = make_series(study->facts);
  study->metrics = bind_metrics(s.metrics, study->series, *study->calendar, s.as_of, problems);
  study->measured = measured_in(*study, problems);
  check_rules(*study, problems);
  if (!s.observed_path.empty()) {
    study->observed = read_observed(s.observed_path, study->series, s.as_of, problems);
  }
  if (problems.any()) return study;
  for (const Arm& arm : s.arms) {
    const Parameters parameters = s.parameters_of(arm);
    const std::vector<Event> events = s.events_of(arm);
    study->arms.push_back({arm.id, parameters, make_plan(study->facts, parameters, *study->calendar, events),
                           events, s.rules_of(arm)});
  }
  study->reference = s.reference_arm();
  load_draws(*study, problems);
  return study;
}

std::string label_of(const Study& study, const std::string& arm) {
  for (const Arm& one : study.scenario.arms) {
    if (one.id == arm) return one.label.empty() ? one.id : one.label;
  }
  return arm;
}

Experiment experiment_of(const Study& study) {
  return experiment_of(study, contents_of(study), study.reference);
}

std::vector<std::size_t> spooled_rows(const Study& study) {
  if (study.facts.lines.empty()) return economy_table_rows(*study.calendar);
  std::vector<std::size_t> rows(study.calendar->days().size() + 1);
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  return rows;
}

std::size_t disk_space(const Study& study, std::size_t replicates) {
  return Spool::bytes(study.arms.size(), replicates, spooled_rows(study).size(), study.series.size());
}

}  // namespace chokepoint
