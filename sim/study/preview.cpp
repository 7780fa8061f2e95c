#include "sim/study/preview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/base/text.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/attribution.hpp"
#include "sim/study/chance_events.hpp"
#include "sim/study/channels.hpp"
#include "sim/study/inert_settings.hpp"
#include "sim/study/proof_of_effect.hpp"

namespace chokepoint {
namespace {

/// First session of a region's venues after an announcement, as text; empty when it lies after the end.
std::string reaction(const Study& study, Region region, Instant announced) {
  for (std::size_t k = 0; k < study.facts.lines.size(); ++k) {
    const Line& line = study.facts.lines[k];
    if (line.firm != Line::npos || line.region != region) continue;
    const Arrival when =
        study.calendar->arrival(study.facts, study.scenario.parameters.session, k, announced);
    if (when.day >= study.calendar->days().size()) return "after the end";
    const std::string date = to_text(study.calendar->days()[when.day].date);
    return when.round == 0 ? date : fmt::format("{} (quarter {})", date, when.round + 1);
  }
  return "";
}

/// First day on which law, lists or models are what the event makes them; empty when it changes none.
std::string takes_hold(const Study& study, const Event& event) {
  if (study.facts.vendors.empty()) return "";
  const std::vector<EconomyNews> news = economy_news(study.facts, *study.calendar, event);
  if (news.empty()) return "";
  const auto& days = study.calendar->days();
  if (news.front().day >= days.size()) return "after the end";
  return (event.said.chance.hazard_per_day ? "from " : "") + to_text(days[news.front().day].date);
}

std::string calendar_text(const Study& study) {
  TextTable table({"event", "instrument", "takes hold", "HK", "CN", "US", "ROW", "lines touched"});
  for (const Event& event : study.scenario.events) {
    std::size_t touched = 0;
    for (const ArmPlan& arm : study.arms) {
      for (const EventTrace& trace : arm.plan.traces) {
        if (trace.id == event.said.id) touched = std::max(touched, trace.lines_touched);
      }
    }
    table.add({event.said.id, std::string(event.instrument_name()), takes_hold(study, event),
               reaction(study, Region::hk, event.said.announced),
               reaction(study, Region::cn, event.said.announced),
               reaction(study, Region::us, event.said.announced),
               reaction(study, Region::row, event.said.announced), std::to_string(touched)});
  }
  return "first session that reacts, by region\n" + table.text(6);
}

/// An event or group of events, and how likely it is to happen by the end.
struct ItemChance {
  std::string name;  ///< its id; "x in 'arm'" where the arm replaces it
  Announcement said;
  double share = 0;  ///< [probability]
};

void add_chances(const std::vector<Event>& events, const std::string& where, Date last,
                 std::vector<ItemChance>& chances) {
  std::set<std::string> seen;
  for (const Event& event : events) {
    const std::string& item = event.said.declared();
    if (!seen.insert(item).second) continue;
    chances.push_back({item + where, event.said, chance_of_item(events, item, last)});
  }
}

/// The scenario's events, then what arms replace in them.
std::vector<ItemChance> item_chances(const Study& study) {
  const Date last = study.calendar->days().back().date;
  std::vector<ItemChance> chances;
  add_chances(study.scenario.events, "", last, chances);
  for (const Arm& arm : study.scenario.arms) {
    std::vector<Event> replaced;
    for (const Event& event : arm.replaced_events) {
      if (arm.includes(event)) replaced.push_back(event);
    }
    add_chances(replaced, fmt::format(" in '{}'", arm.id), last, chances);
  }
  return chances;
}

/// Chances of the events that may or may not happen; empty when all happen. Events of a group have one row.
std::string chance_text(const Study& study) {
  TextTable table({"event", "happens", "by the end in"});
  bool any = false;
  for (const ItemChance& item : item_chances(study)) {
    const Announcement& said = item.said;
    if (said.chance.is_certain()) continue;
    any = true;
    const std::string when = said.chance.hazard_per_day
                                 ? fmt::format("from {} on, {:.4g} per d", to_text(announced_on(said)),
                                               *said.chance.hazard_per_day)
                                 : "on its date, or not";
    table.add({item.name, when, fmt::format("{:.3g} % of replicates", 100.0 * item.share)});
  }
  return any ? "\nchances, drawn once in a replicate and alike in all arms\n" + table.text(6) : "";
}

/// Arms that contain exactly one of two events can tell them apart.
std::vector<std::string> separating_arms(const Study& study, const Event& a, const Event& b) {
  std::vector<std::string> arms;
  for (const Arm& arm : study.scenario.arms) {
    if (arm.includes(a) != arm.includes(b)) arms.push_back("'" + arm.id + "'");
  }
  return arms;
}

/// Events that arms exclude together are one; those that wait for their date have none yet.
void warn_of_shared_days(const Study& study, Problems& problems) {
  const auto& events = study.scenario.events;
  std::set<std::pair<std::string, std::string>> compared;
  for (std::size_t i = 0; i < events.size(); ++i) {
    for (std::size_t j = i + 1; j < events.size(); ++j) {
      const Announcement& a = events[i].said;
      const Announcement& b = events[j].said;
      if (a.declared() == b.declared() || a.chance.hazard_per_day || b.chance.hazard_per_day) continue;
      std::vector<std::string> shared;
      for (const SharedDay& day : shared_days(study, events[i], events[j])) {
        shared.emplace_back(name_of(day.region, region_names));
      }
      if (shared.empty() || !compared.emplace(a.declared(), b.declared()).second) continue;
      const auto arms = separating_arms(study, events[i], events[j]);
      problems.warn(
          "W107", b.where,
          fmt::format("'{}' and '{}' share a reaction day in {} (a before/after comparison of prices cannot "
                      "separate them); {}",
                      a.declared(), b.declared(), join(shared, ", "),
                      arms.empty() ? "no arm has only one of them"
                                   : "arms with only one of them: " + join(arms, ", ")));
    }
  }
}

void warn_of_late_start(const Study& study, Problems& problems) {
  std::size_t first = study.calendar->days().size();
  for (const Event& event : study.scenario.events) {
    first = std::min(
        first,
        study.calendar->first_arrival(study.facts, study.scenario.parameters.session, event.said.announced)
            .day);
  }
  if (first < study.calendar->days().size() && first > 3) {
    problems.warn(
        "W110", {study.scenario.path, 0, 0},
        fmt::format("{} sessions lie between time.as_of and the first event (set as_of to the last close "
                    "before it)",
                    first));
  }
}

void warn_of_idle_events(const Study& study, Problems& problems) {
  std::map<std::string, bool> acts;
  for (const ArmPlan& arm : study.arms) {
    for (const EventTrace& trace : arm.plan.traces) {
      acts[trace.id] = acts[trace.id] || trace.first_day < study.calendar->days().size();
    }
  }
  for (const Event& event : study.scenario.events) {
    const auto found = acts.find(event.said.id);
    if (found == acts.end()) {
      problems.warn("W121", event.said.where,
                    fmt::format("event '{}' is excluded from every arm", event.said.id));
    } else if (!found->second) {
      problems.warn(
          "W120", event.said.where,
          fmt::format("event '{}' acts on nothing within the run (it touches no line, or comes after the "
                      "end)",
                      event.said.id));
    }
  }
}

/// Law that never holds within the run, and events that hardly any replicate has.
void warn_of_rare_events(const Study& study, Problems& problems) {
  const Date last = study.calendar->days().back().date;
  for (const ItemChance& item : item_chances(study)) {
    const Announcement& said = item.said;
    if (said.effective && *said.effective > last) {
      problems.warn(
          "W126", said.where,
          fmt::format("event '{}' takes hold on {}, after the end of the run on {} (only what is said of it "
                      "acts) set time.end later",
                      item.name, to_text(*said.effective), to_text(last)));
    }
    const std::size_t replicates = study.scenario.first_round();
    const double expected = item.share * static_cast<double>(replicates);
    if (item.share >= 0.5 || expected >= 5.0) continue;
    problems.warn(
        "W127", said.where,
        fmt::format("event '{}' happens in about {:.2g} of {} replicates (too few to say what it does) run "
                    "more replicates",
                    item.name, expected, replicates));
  }
}

std::string precision_asked(const Scenario& scenario) {
  std::vector<std::string> goals;
  for (const PrecisionGoal& goal : scenario.precision) {
    goals.push_back(fmt::format("{} to +-{}", goal.metric, goal.half_width));
  }
  if (goals.empty()) return "";
  return fmt::format("precision  {}; replicates are added until then, up to {}\n", join(goals, ", "),
                     scenario.replicate_limit());
}

void warn_of_idle_rules(const Study& study, Problems& problems) {
  for (const Rule& rule : study.scenario.rules) {
    const auto& arms = study.scenario.arms;
    if (std::any_of(arms.begin(), arms.end(), [&](const Arm& arm) { return arm.includes(rule.id); }))
      continue;
    problems.warn("W130", rule.where, fmt::format("rule '{}' is excluded from every arm", rule.id));
  }
}

std::string runs_text(const Study& study) {
  const std::size_t arms = study.arms.size();
  const std::size_t replicates = study.scenario.first_round();
  const std::size_t again = arms * switched_channels.size() * channel_replicates(study);
  const std::size_t splits = attribution_runs(study);
  const std::size_t proof = probe_runs(study) + inert_setting_runs(study);
  std::string more;
  if (again > 0) more += fmt::format("; {} more, each with a channel off", again);
  if (splits > 0)
    more += fmt::format("; {} more, which split arm '{}'", splits, study.scenario.decomposition->arm);
  if (proof > 0) more += fmt::format("; up to {} more to prove what each event and setting does", proof);
  return fmt::format("arms       {} x {} replicates = {} runs of about {} investors{}\n", arms, replicates,
                     arms * replicates,
                     static_cast<long long>(study.scenario.parameters.population.investors), more) +
         precision_asked(study.scenario) +
         fmt::format("space      needs about {} MB on disk while it runs\n\n",
                     disk_space(study, replicates) / 1000000 + 1);
}

}  // namespace

std::vector<SharedDay> shared_days(const Study& study, const Event& first, const Event& second) {
  std::vector<SharedDay> shared;
  for (std::size_t r = 0; r < region_count; ++r) {
    const Region region = static_cast<Region>(r);
    const std::string date = reaction(study, region, first.said.announced).substr(0, 10);
    if (date.empty() || date == "after the ") continue;
    if (date == reaction(study, region, second.said.announced).substr(0, 10))
      shared.push_back({region, date});
  }
  return shared;
}

std::string preview(const Study& study, Problems& problems) {
  warn_of_shared_days(study, problems);
  warn_of_late_start(study, problems);
  warn_of_idle_events(study, problems);
  warn_of_rare_events(study, problems);
  warn_of_idle_rules(study, problems);
  const Scenario& s = study.scenario;
  std::size_t dated = 0;
  std::size_t composites = 0;
  for (const Line& line : study.facts.lines) {
    if (line.group == LineGroup::composite) {
      ++composites;
    } else if (line.basis == PriceBasis::dated) {
      ++dated;
    }
  }
  std::string text = fmt::format("scenario   {}  ({})\n", s.id, join(s.layers, " -> "));
  text += fmt::format("changed    {} parameters from their defaults\n", s.settings.size());
  text += fmt::format("as of      {} close; {} trading days, {} to {}\n", to_text(s.as_of),
                      study.calendar->days().size(), to_text(study.calendar->days().front().date),
                      to_text(study.calendar->days().back().date));
  text +=
      fmt::format("world      {} lines: {} dated, {} moved by their index, {} composites\n",
                  study.facts.lines.size(), dated, study.facts.lines.size() - dated - composites, composites);
  if (!study.facts.stale.empty()) text += fmt::format("stale      {}\n", join(study.facts.stale, ", "));
  text += runs_text(study);
  return s.events.empty() ? text : text + calendar_text(study) + chance_text(study);
}

}  // namespace chokepoint
