/// An experiment in the small whole world: arms that differ by events.
#pragma once

#include <string>
#include <vector>

#include "sim/study/experiment.hpp"
#include "tests/support/whole_world.hpp"

namespace chokepoint {

inline constexpr std::size_t whole_days = 14;  ///< day 12 is 1 July 2026, the first of a month

/// Events of different days, most of them of the market, the first and last of the law.
inline std::vector<Event> whole_events() {
  const auto event = [](const std::string& id, const std::string& date, Instrument what) {
    Event made;
    made.said.id = id;
    made.said.actor = "firm:zhipu";
    made.said.announced = to_instant(*parse_date(date), 0, 0);
    made.said.attention = AttentionClass::general_front_pages;
    made.instrument = std::move(what);
    return made;
  };
  const Date deadline = make_date(2026, 7, 24);
  return {event("order", "2026-06-16", ModelAccessOrder{{"fable-5"}, {"US"}}),
          event("issue", "2026-06-17", Issue{"BETA", 1'000'000, 9.5, make_date(2026, 6, 19)}),
          event("placement", "2026-06-19", PlacementConsidered{}),
          event("ban", "2026-06-22", OwnershipBan{{"beta"}, {"US"}, deadline}),
          event("connect", "2026-06-24", ConnectChange{{}, {"BETA"}, 0.5, make_date(2026, 6, 25)}),
          event("reversal", "2026-06-29", Reversal{"order"})};
}

/// Facts, calendar and what else the runs refer to; arms are added by `arm`.
struct WholeExperiment {
  explicit WholeExperiment(std::size_t days = whole_days)
      : facts(whole_facts()),
        params(small_parameters()),
        calendar(make_calendar(facts, params.session, days, {}, whole_events())),
        first(make_plan(facts, params, calendar, {})),
        series(make_series(facts)) {
    experiment.facts = &facts;
    experiment.calendar = &calendar;
    experiment.series = &series;
    experiment.metrics = &metrics;
    experiment.seed = 5;
    experiment.replicates = 1;
    experiment.jobs = 2;
  }
  WholeExperiment(const WholeExperiment&) = delete;
  WholeExperiment& operator=(const WholeExperiment&) = delete;

  ArmPlan& arm(const std::string& id, const std::vector<Event>& events = {}) {
    experiment.arms.push_back({id, params, plan_again(first, facts, params, events), events});
    return experiment.arms.back();
  }

  Facts facts;
  Parameters params;
  Calendar calendar;
  Plan first;
  std::vector<Series> series;
  std::vector<BoundMetric> metrics;
  Experiment experiment;
};

}  // namespace chokepoint
