/// One event as an experiment: the light world of its eve, what was in force, and which returns are compared.
///
/// An event is one descriptor, or several of one measure when new facts came on later days (`<ID>`,
/// `<ID>__2`). Its world holds the lines of the event's tickers (a fund is a basket of lines) and the four
/// composites; for an event without observations, every line that it touches. Daily noise is off, so the twin
/// without the event does not move and one run per parameter point is the whole experiment.
///
/// Session 0 of a ticker is the first session of its venue that opens after a dated fact; a fact during a
/// session is compared in that session where the observations have it. A line that was suspended collects the
/// news of its measure and is compared when it trades again. Tests: tests/unit/event_case_test.cpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/input/event_descriptor.hpp"
#include "sim/input/vintages.hpp"
#include "sim/model/initial_world.hpp"
#include "sim/model/plan.hpp"
#include "sim/study/backtest/observed_events.hpp"

namespace chokepoint {

/// A line in a basket; a single share is a basket of one.
struct BasketLine {
  std::size_t line = 0;
  double weight = 1;
};

/// A return that the simulation is asked for.
struct ComparedReturn {
  std::size_t observed = Facts::npos;  ///< row of the observations; npos: none
  std::string ticker;
  std::vector<BasketLine> basket;
  std::size_t venue = 0;
  std::size_t first_day = 0;  ///< trading day of session 0
  double beta = 1;
};

struct EventCase {
  std::string id;                              ///< of the observed event
  std::vector<const Descriptor*> descriptors;  ///< by time
  std::size_t coding = 0;
  Facts facts;
  std::unique_ptr<Calendar> calendar;
  std::vector<Event> history;  ///< earlier events of the measure
  std::vector<Event> events;
  World start;
  std::vector<ComparedReturn> returns;
  std::size_t days = 0;  ///< trading days to run
};

/// An observation that no run can be compared with, and why.
struct LeftOut {
  std::size_t observed = 0;
  std::string why;
};

struct CaseSet {
  std::vector<std::unique_ptr<EventCase>> cases;  ///< by coding, then by time
  std::vector<std::string> idle;                  ///< descriptors that reach no line of the data
  std::vector<LeftOut> left_out;                  ///< of the observations of the descriptors' events
};

/// Events of one measure share `Announcement::chain()`. `params` are those that the worlds of T0 are made
/// with. Without `composites` a world holds the event's lines alone (an ablation).
CaseSet make_cases(const Vintages& vintages, const std::vector<Coding>& codings,
                   const std::vector<ObservedRow>& observed, const Parameters& params,
                   bool composites = true);

/// Id of the observed event that a descriptor belongs to: its own, without the `__2` of a further fact.
std::string observed_event_of(const std::string& descriptor);

}  // namespace chokepoint
