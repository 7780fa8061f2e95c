#include "sim/study/preview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/base/text.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/channels.hpp"

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
  return news.front().day < days.size() ? to_text(days[news.front().day].date) : "after the end";
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

/// Arms that contain exactly one of two events can tell them apart.
std::vector<std::string> separating_arms(const Study& study, const std::string& a, const std::string& b) {
  std::vector<std::string> arms;
  for (const Arm& arm : study.scenario.arms) {
    if (arm.includes(a) != arm.includes(b)) arms.push_back("'" + arm.id + "'");
  }
  return arms;
}

void warn_of_shared_days(const Study& study, Problems& problems) {
  const auto& events = study.scenario.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    for (std::size_t j = i + 1; j < events.size(); ++j) {
      if (events[i].said.declared() == events[j].said.declared()) continue;  // announced together on purpose
      std::vector<std::string> shared;
      for (std::size_t r = 0; r < region_count; ++r) {
        const Region region = static_cast<Region>(r);
        const std::string first = reaction(study, region, events[i].said.announced);
        if (!first.empty() && first != "after the end" &&
            first.substr(0, 10) == reaction(study, region, events[j].said.announced).substr(0, 10)) {
          shared.emplace_back(region_names[r]);
        }
      }
      if (shared.empty()) continue;
      const auto arms = separating_arms(study, events[i].said.declared(), events[j].said.declared());
      problems.warn(
          "W107", events[j].said.where,
          fmt::format("'{}' and '{}' share a reaction day in {} (a before/after comparison of prices cannot "
                      "separate them); {}",
                      events[i].said.id, events[j].said.id, join(shared, ", "),
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
  const auto replicates = static_cast<std::size_t>(study.scenario.replicates);
  const std::size_t again = arms * switched_channels.size() * channel_replicates(study);
  return fmt::format("arms       {} x {} replicates = {} runs of about {} investors{}\n", arms, replicates,
                     arms * replicates,
                     static_cast<long long>(study.scenario.parameters.population.investors),
                     again == 0 ? "" : fmt::format("; {} more, each with a channel off", again)) +
         fmt::format("space      needs about {} MB on disk while it runs\n\n",
                     disk_space(study) / 1000000 + 1);
}

}  // namespace

std::string preview(const Study& study, Problems& problems) {
  warn_of_shared_days(study, problems);
  warn_of_late_start(study, problems);
  warn_of_idle_events(study, problems);
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
  return s.events.empty() ? text : text + calendar_text(study);
}

}  // namespace chokepoint
