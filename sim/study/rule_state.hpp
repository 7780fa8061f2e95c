/// Rules while an arm runs: signpost, trigger, response, exit.
///
/// Before each day every rule looks at the closes so far, all at the same state, and acts in the order of
/// ids:
///
///   level      a condition that holds at the first look is held; nobody waits for it to become true
///   `for`      it must hold at every look for so many days of the calendar; a look at which it does not
///              starts the count again
///   hazard     from then on a look triggers with chance p = 1 - e^(-h dt), dt the days since the close
///              that is looked at, against a uniform of (rule, day): a larger h triggers earlier, never
///              instead
///   `delay`    the first trading day so many days after the trigger; whether the condition still holds is
///              not asked again
///   firing     the measures are announced at 23:00 UTC of the evening before: after every venue has closed
///              and before any opens, so that they take hold on that day
///   `until`    looked at from the day after; ends all measures of the firing. Without it a rule is done
///              when it has fired, and what it announced stays
///   max_fires  a rule that is not in force may trigger again so often, its count of `for` begun anew
///
/// A reversal of what has not been announced in the arm is left out and counted. Sessions after a firing are
/// cleared as on any day: which are active is the same in all arms (model/sessions.hpp).
/// Tests: tests/unit/rule_state_test.cpp.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/study/condition_value.hpp"

namespace chokepoint {

/// What a rule did.
struct Firing {
  std::string rule;
  std::size_t day = 0;             ///< on which its measures take hold, or end
  bool ends = false;               ///< `until` was met
  Date triggered;                  ///< `delay` runs from here; of an end, the day
  std::size_t announced = 0;       ///< events
  std::size_t without_target = 0;  ///< reversals of what is not in force
  std::string comparison;          ///< that decided, as written
  double left = 0;                 ///< its values at the trigger
  double right = 0;
};

/// How near a rule came to its first trigger.
struct NearestApproach {
  std::string rule;
  double distance = std::numeric_limits<double>::infinity();  ///< of the condition (condition_value.hpp)
  Date on;                                                    ///< the close at which it was nearest
  std::string comparison;                                     ///< "": it was never near
  double left = 0;
  double right = 0;
  double longest_hold_days = 0;  ///< the condition held without a break
  bool triggered = false;
};

struct RuleState {
  std::optional<Date> held_since;
  std::optional<Firing> pending;  ///< triggered, not yet announced
  std::vector<Event> in_force;    ///< measures that `until` will end
  long long fires = 0;
  std::optional<Date> last_fired;
  NearestApproach nearest;
};

/// The rules of an arm while it runs.
struct RuleBook {
  std::vector<BoundRule> rules;  ///< by id
  std::vector<RuleState> states;
  std::vector<Firing> firings;  ///< in order
};

RuleBook open_rule_book(std::vector<BoundRule> rules);

/// 23:00 UTC of the day before: every venue has closed, none has opened.
Instant evening_before(Date date);

/// One look before a day; `look.happened` is set here. `events`: those of the run so far. Returns what is
/// announced that evening.
std::vector<Event> step_rules(Look look, const RandomStream& random, const std::vector<Event>& events,
                              RuleBook& book);

}  // namespace chokepoint
