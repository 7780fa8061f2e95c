/// Events that may or may not happen, or whose date is open: drawn once in a replicate, before any arm
/// begins.
///
///   probability p   happens when u < p
///   hazard h        is announced n whole days after its date, n = floor(-ln u / h):
///                   P(n days or more) = exp(-h n); not at all after the last day
///
/// u is uniform, keyed by the event's id: all arms of a replicate draw the same, another event shifts
/// nothing, a larger p adds replicates and takes none away, a larger h never makes an event later. Measures
/// of one group and actor share a draw. A reversal or continuation of a measure that has not been announced
/// by then does not happen either. Sessions after a drawn date are cleared as on any day (sessions.hpp), so
/// the calendar is the same in all replicates. Tests: tests/unit/chance_events_test.cpp.
#pragma once

#include <vector>

#include "sim/base/random.hpp"
#include "sim/model/event.hpp"

namespace chokepoint {

/// The events of a replicate, in their order, with the dates on which they are announced. `last` is the last
/// day of the run.
std::vector<Event> events_of_replicate(const std::vector<Event>& events, const RandomStream& random,
                                       Date last);

/// True when replicates differ in the event.
inline bool has_chance(const std::vector<Event>& events) {
  for (const Event& event : events) {
    if (!event.said.chance.is_certain()) return true;
  }
  return false;
}

/// True when replicates may differ in whether or when the event happens: by its own chance, or by that of the
/// measure which it ends or continues.
bool left_to_chance(const Event& event, const std::vector<Event>& events);

/// [probability] that an event of this chance, dated `from`, is announced by the end of `last`.
double chance_until(const Chance& chance, Date from, Date last);

/// [probability] that any of the events declared as `item` is announced by the end of `last`: firms of a
/// selection draw each for itself, measures of a package together.
double chance_of_item(const std::vector<Event>& events, const std::string& item, Date last);

}  // namespace chokepoint
