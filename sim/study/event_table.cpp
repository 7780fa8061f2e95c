#include "sim/study/event_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "sim/study/chance_events.hpp"

namespace chokepoint {
namespace {

const EventTrace* trace_of(const ArmPlan& arm, const std::string& id) {
  for (const EventTrace& trace : arm.plan.traces) {
    if (trace.id == id) return &trace;
  }
  return nullptr;
}

/// Day on which the first market hears of an event; as many as there are days when that is after the end.
std::size_t heard_on(const Study& study, const Event& event) {
  return study.calendar->first_arrival(study.facts, study.scenario.parameters.session, event.said.announced)
      .day;
}

/// A dated event happens on its day in every replicate.
Occurrences dated(std::size_t day, std::size_t days, std::size_t replicates) {
  Occurrences occurrences;
  occurrences.days.resize(replicates);
  if (day >= days) return occurrences;
  for (auto& one : occurrences.days) one.push_back(day);
  return occurrences;
}

/// "closest 0.64 on 2026-11-03, threshold 0.6 (ai_access[region=HK] < 0.60)", of the replicate that came
/// nearest; "" when none came near.
std::string nearest_text(const std::vector<std::vector<NearestApproach>>& replicates,
                         const std::string& rule) {
  const NearestApproach* nearest = nullptr;
  for (const auto& rules : replicates) {
    for (const NearestApproach& one : rules) {
      if (one.rule != rule || one.triggered || one.comparison.empty()) continue;
      if (nearest == nullptr || one.distance < nearest->distance) nearest = &one;
    }
  }
  if (nearest == nullptr) return "";
  const std::string held = nearest->longest_hold_days > 0.0
                               ? fmt::format("; held for {:.3g} days at most", nearest->longest_hold_days)
                               : "";
  return fmt::format("closest {:.4g} on {}, threshold {:.4g} ({}){}", nearest->left, to_text(nearest->on),
                     nearest->right, nearest->comparison, held);
}

/// On which days a rule fired, and how near it came where it did not.
Occurrences firings_of(const ArmResult& arm, const Rule& rule) {
  Occurrences occurrences;
  occurrences.days.resize(arm.digests.size());
  for (std::size_t r = 0; r < arm.firings.size(); ++r) {
    for (const Firing& firing : arm.firings[r]) {
      if (firing.rule == rule.id && !firing.ends) occurrences.days[r].push_back(firing.day);
    }
  }
  occurrences.nearest_approach = nearest_text(arm.nearest, rule.id);
  return occurrences;
}

/// Measures that a rule announced and that had something to act on, over all replicates.
std::size_t measures_of(const ArmResult& arm, const Rule& rule) {
  std::size_t measures = 0;
  for (const auto& run : arm.firings) {
    for (const Firing& firing : run) {
      if (firing.rule == rule.id && !firing.ends)
        measures = std::max(measures, firing.announced - firing.without_target);
    }
  }
  return measures;
}

/// True when it happened in a replicate in which the arm was run without it too.
bool happened_in_probes(const ItemRecord& record) {
  const auto& days = record.occurrences.days;
  const std::size_t probes = std::min(days.size(), record.effect.probes);
  return std::any_of(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(probes),
                     [](const auto& one) { return !one.empty(); });
}

/// What is said of an item once it is known when it happened and what it touched.
void judge(const Study& study, bool touches, ItemRecord& record) {
  if (record.replicates_fired() == 0) {
    record.status = ItemStatus::not_fired;
    record.reason = record.kind == "rule"   ? "its condition did not hold long enough"
                    : record.left_to_chance ? "was drawn in no replicate"
                                            : "comes after the end";
  } else if (!touches) {
    record.status = ItemStatus::fired_no_target;
    record.reason = "touches no line and changes no law, list or model before the end";
  } else if (record.effect.changed == 0) {
    record.status = ItemStatus::fired_no_effect;
    record.reason = happened_in_probes(record)
                        ? fmt::format("all that is recorded is the same without it in {}", probes_text(study))
                        : fmt::format("did not happen in {}", probes_text(study));
  } else {
    record.status = ItemStatus::fired;
  }
}

/// In which replicates any event of an item that is left to chance happens, and when the first is heard of.
Occurrences drawn(const Study& study, const std::vector<Event>& events, const std::string& item,
                  std::size_t replicates) {
  Occurrences occurrences;
  occurrences.days.resize(replicates);
  const std::size_t days = study.calendar->days().size();
  const Date last = study.calendar->days().back().date;
  for (std::size_t r = 0; r < replicates; ++r) {
    const RandomStream random(study.scenario.seed, static_cast<std::uint32_t>(r));
    std::size_t first = days;
    for (const Event& event : events_of_replicate(events, random, last)) {
      if (event.said.declared() == item) first = std::min(first, heard_on(study, event));
    }
    if (first < days) occurrences.days[r].push_back(first);
  }
  return occurrences;
}

/// One event, or the first of several that are announced together; `said` is it as the arm has it.
ItemRecord record_of(const Study& study, const ExperimentResult& result, std::size_t a, const Event& said) {
  ItemRecord record;
  record.arm = a;
  record.item = said.said.declared();
  record.kind = said.instrument_name();
  record.source = said.said.source;
  record.where = said.said.where;
  const ArmPlan& arm = study.arms[a];
  const std::vector<Event> events = study.scenario.events_of(study.scenario.arms[a]);
  const std::size_t replicates = result.arms[a].digests.size();
  record.occurrences.days.resize(replicates);
  std::size_t first = study.calendar->days().size();
  for (const Event& event : events) {
    if (event.said.declared() != record.item) continue;
    if (const EventTrace* trace = trace_of(arm, event.said.id)) {
      first = std::min(first, std::min(trace->first_day, heard_on(study, event)));
      record.targets += trace->lines_touched + trace->rules_changed;
    }
    if (event.instrument_name() != record.kind) record.kind = "package";
    record.left_to_chance = record.left_to_chance || left_to_chance(event, events);
  }
  record.occurrences = record.left_to_chance ? drawn(study, events, record.item, replicates)
                                             : dated(first, study.calendar->days().size(), replicates);
  return record;
}

ItemRecord record_of(const ExperimentResult& result, std::size_t arm, const Rule& rule) {
  ItemRecord record;
  record.arm = arm;
  record.item = rule.id;
  record.kind = "rule";
  record.source = rule.doc;
  record.where = rule.where;
  record.left_to_chance = true;
  record.occurrences = firings_of(result.arms[arm], rule);
  record.targets = measures_of(result.arms[arm], rule);
  return record;
}

/// True when it happened where it was looked at, and left all as it is.
bool changes_nothing(const ItemRecord& record) {
  return record.status == ItemStatus::fired_no_effect && happened_in_probes(record);
}

/// True when anything of the item can act within the run.
bool acts(const Study& study, std::size_t arm, const std::string& item) {
  for (const Event& event : study.scenario.events_of(study.scenario.arms[arm])) {
    if (event.said.declared() != item) continue;
    const EventTrace* trace = trace_of(study.arms[arm], event.said.id);
    if (trace != nullptr && trace->first_day < study.calendar->days().size()) return true;
  }
  return false;
}

void take_effect(const std::vector<ItemEffect>& effects, ItemRecord& record) {
  for (const ItemEffect& effect : effects) {
    if (effect.arm == record.arm && effect.item == record.item) record.effect = effect;
  }
}

std::string date_of(const Study& study, std::size_t day) { return to_text(study.calendar->days()[day].date); }

/// Date of a row of the record; row 0 is T0.
std::string date_of_row(const Study& study, std::size_t row) {
  return row == 0 ? to_text(study.scenario.as_of) : date_of(study, row - 1);
}

}  // namespace

std::size_t ItemRecord::replicates_fired() const {
  return static_cast<std::size_t>(std::count_if(occurrences.days.begin(), occurrences.days.end(),
                                                [](const auto& days) { return !days.empty(); }));
}

std::optional<std::size_t> ItemRecord::first_day() const {
  std::optional<std::size_t> first;
  for (const auto& days : occurrences.days) {
    if (!days.empty() && (!first || days.front() < *first)) first = days.front();
  }
  return first;
}

double ItemRecord::mean_times() const {
  std::size_t times = 0;
  for (const auto& days : occurrences.days) times += days.size();
  return occurrences.days.empty() ? 0.0
                                  : static_cast<double>(times) / static_cast<double>(occurrences.days.size());
}

std::vector<ItemRecord> item_records(const Study& study, const ExperimentResult& result,
                                     const std::vector<ItemEffect>& effects) {
  std::vector<ItemRecord> records;
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    const Arm& arm = study.scenario.arms[a];
    std::set<std::string> told;
    for (const Event& event : study.scenario.events) {
      if (!told.insert(event.said.declared()).second) continue;
      ItemRecord record = record_of(study, result, a, study.scenario.event_of(arm, event));
      take_effect(effects, record);
      if (arm.includes(event)) judge(study, acts(study, a, record.item), record);
      records.push_back(std::move(record));
    }
    for (const Rule& rule : study.scenario.rules) {
      ItemRecord record = record_of(result, a, rule);
      take_effect(effects, record);
      if (arm.includes(rule.id)) judge(study, record.targets > 0, record);
      records.push_back(std::move(record));
    }
  }
  return records;
}

void check_no_early_effect(const Study& study, const std::vector<ItemRecord>& records) {
  for (const ItemRecord& record : records) {
    const auto first = record.first_day();
    if (record.effect.changed == 0 || (first && record.effect.first_row > *first)) continue;
    throw Error(
        ExitCode::run_failed,
        fmt::format("arm '{}' differs from itself without '{}' on {}, and that happens {}",
                    study.arms[record.arm].id, record.item, date_of_row(study, record.effect.first_row),
                    first ? fmt::format("on {}", date_of(study, *first)) : "never"));
  }
}

void write_events(const Study& study, const std::vector<ItemRecord>& records, const std::string& folder) {
  CsvWriter csv(folder + "/events.csv",
                {"scenario", "arm", "item_id", "kind", "status", "replicates_fired", "n", "first_fired",
                 "times", "targets", "first_divergence", "max_change", "max_change_variable",
                 "max_change_unit", "replicates_changed", "probes", "nearest_approach", "reason", "source"});
  for (const ItemRecord& record : records) {
    const ItemEffect& effect = record.effect;
    const auto first = record.first_day();
    const Series* series = effect.series < study.series.size() ? &study.series[effect.series] : nullptr;
    csv.text(study.scenario.id).text(study.arms[record.arm].id).text(record.item).text(record.kind);
    csv.text(name_of(record.status, item_status_names));
    csv.integer(static_cast<long long>(record.replicates_fired()));
    csv.integer(static_cast<long long>(record.occurrences.days.size()));
    csv.text(first ? date_of(study, *first) : "").number(record.mean_times());
    csv.integer(static_cast<long long>(record.targets)).text(first_divergence(study, effect));
    if (series == nullptr) {
      csv.text("").text("").text("");
    } else {
      csv.number(effect.change).text(name_of_series(study.series, effect.series)).text(series->unit);
    }
    csv.integer(static_cast<long long>(effect.changed)).integer(static_cast<long long>(effect.probes));
    csv.text(record.occurrences.nearest_approach).text(record.reason).text(record.source);
    csv.end_row();
  }
  csv.close();
}

void write_firings(const Study& study, const std::vector<ItemRecord>& records, const std::string& folder) {
  if (std::none_of(records.begin(), records.end(), [](const ItemRecord& record) {
        return record.left_to_chance && record.replicates_fired() > 0;
      })) {
    return;
  }
  CsvWriter csv(folder + "/firings.csv", {"scenario", "arm", "item_id", "replicate", "date"});
  for (const ItemRecord& record : records) {
    if (!record.left_to_chance) continue;
    for (std::size_t r = 0; r < record.occurrences.days.size(); ++r) {
      for (const std::size_t day : record.occurrences.days[r]) {
        csv.text(study.scenario.id).text(study.arms[record.arm].id).text(record.item);
        csv.text(fmt::format("r{:04}", r)).text(date_of(study, day));
        csv.end_row();
      }
    }
  }
  csv.close();
}

void warn_of_no_effect(const Study& study, const std::vector<ItemRecord>& records, Problems& problems) {
  std::vector<std::string> named;
  for (const ItemRecord& record : records) {
    if (!changes_nothing(record)) continue;
    if (std::find(named.begin(), named.end(), record.item) != named.end()) continue;
    named.push_back(record.item);
    std::vector<std::string> arms;
    for (const ItemRecord& other : records) {
      if (other.item == record.item && changes_nothing(other)) {
        arms.push_back(fmt::format("'{}'", study.arms[other.arm].id));
      }
    }
    problems.warn(
        "W138", record.where,
        fmt::format("'{}' changes nothing in {} {} (all that is recorded is the same, to the bit, "
                    "without it in {}) drop it there, or see what the "
                    "arm's other events leave it to do",
                    record.item, arms.size() == 1 ? "arm" : "arms", join(arms, ", "), probes_text(study)));
  }
}

std::string name_of_series(const std::vector<Series>& list, std::size_t series) {
  const Series& meant = list[series];
  std::vector<std::string> keys;
  const auto selected = [&](const Series& one) {
    if (one.variable != meant.variable) return false;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const std::string* value = one.selector(meant.selectors[i].first);
      if (value == nullptr || *value != meant.selectors[i].second) return false;
    }
    return true;
  };
  while (keys.size() < meant.selectors.size() && std::count_if(list.begin(), list.end(), selected) > 1) {
    const auto& [key, value] = meant.selectors[keys.size()];
    keys.push_back(key + "=" + value);
  }
  return keys.empty() ? meant.variable : fmt::format("{}[{}]", meant.variable, join(keys, ", "));
}

std::string first_divergence(const Study& study, const ItemEffect& effect) {
  return effect.changed == 0 ? "" : date_of_row(study, effect.first_row);
}

}  // namespace chokepoint
