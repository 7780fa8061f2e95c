/// A conditional instrument: signpost, trigger, response, exit. A rule sees what is recorded and public, and
/// does what an event may do: it announces instruments. When it fires, its measures are announced before any
/// venue opens on the day on which they take hold. What is looked at when: study/rule_state.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/input/condition.hpp"
#include "sim/model/event.hpp"

namespace chokepoint {

struct Rule {
  std::string id;
  std::string doc;
  std::string actor;               ///< "firm:<id>" or "regulator:<id>"
  Condition when;                  ///< level: true at the first look fires
  double hold_days = 0;            ///< `for`: true without a break for so long
  double delay_days = 0;           ///< from the trigger to the announcement
  std::optional<double> hazard;    ///< [per day] chance of acting while the condition holds; empty: at once
  std::optional<Condition> until;  ///< ends the rule's measures; may fire again afterwards
  long long max_fires = 1;
  std::vector<Event> measures;  ///< announced together; dates are set when the rule fires
  SourcePosition where;
};

/// Instruments that are adopted together: [package.<id>].
struct Package {
  std::string id;
  std::vector<Event> measures;  ///< without date and actor
  SourcePosition where;
};

/// What takes a measure back: a reversal, or for components of the bridge and policing an event of level 0.
/// Empty for what cannot be taken back: releases, a rule on chips that replaces older ones, dates that have
/// passed. Its date is not set.
std::optional<Event> ending_of(const Event& measure);

/// Ids by which arms exclude these events and rules, each once.
std::vector<std::string> items_of(const std::vector<Event>& events, const std::vector<Rule>& rules);

}  // namespace chokepoint
