#include "sim/study/rule_state.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// What one rule sees before anybody acts.
struct Seen {
  Approach when;
  Approach until;
};

/// Date of the latest announcement or firing, as known on the evening of the look.
std::optional<Date> latest(const std::string& item, Instant evening, const std::vector<Event>& events,
                           const RuleBook& book) {
  for (std::size_t i = 0; i < book.rules.size(); ++i) {
    if (book.rules[i].rule->id == item) return book.states[i].last_fired;
  }
  std::optional<Date> date;
  for (const Event& event : events) {
    const Announcement& said = event.said;
    if ((said.declared() != item && said.id != item) || said.announced > evening) continue;
    date = std::max(date.value_or(announced_on(said)), announced_on(said));
  }
  return date;
}

void remember_nearest(const Look& look, const Approach& seen, NearestApproach& nearest) {
  if (!(seen.distance < nearest.distance)) return;
  nearest.distance = seen.distance;
  nearest.on = look.date_of_row(look.day);
  nearest.comparison = seen.comparison->text;
  nearest.left = seen.left;
  nearest.right = seen.right;
}

Firing firing_of(const Rule& rule, const Look& look, const Approach& seen) {
  Firing firing;
  firing.rule = rule.id;
  firing.triggered = look.today();
  firing.comparison = seen.comparison->text;
  firing.left = seen.left;
  firing.right = seen.right;
  return firing;
}

/// The condition has held long enough, and chance is with it.
bool triggers(const Rule& rule, const Look& look, const RandomStream& random, const RuleState& state) {
  if (look.today() - *state.held_since < rule.hold_days) return false;
  if (!rule.hazard) return true;
  const double days = look.today() - look.date_of_row(look.day);
  const double chance = 1.0 - exponential(-*rule.hazard * days);
  return random.uniform(Decision::rule_fires, identity_of(rule.id), static_cast<std::uint32_t>(look.day)) <
         chance;
}

bool announced_by(Instant evening, const std::vector<Event>& events, const std::string& id) {
  return std::any_of(events.begin(), events.end(), [&](const Event& event) {
    return event.said.id == id && event.said.announced <= evening;
  });
}

/// The measures of a firing as events of that evening.
std::vector<Event> announce(const Rule& rule, const std::vector<Event>& events, Instant evening,
                            RuleState& state, Firing& firing) {
  std::vector<Event> said;
  for (Event measure : rule.measures) {
    const auto* reversal = std::get_if<Reversal>(&measure.instrument);
    if (reversal != nullptr && !announced_by(evening, events, reversal->measure)) {
      ++firing.without_target;
      continue;
    }
    measure.said.announced = evening;
    if (state.fires > 0) measure.said.id += fmt::format(".{}", state.fires + 1);
    said.push_back(std::move(measure));
  }
  firing.announced = said.size();
  if (rule.until) state.in_force = said;
  return said;
}

std::vector<Event> end_measures(Instant evening, RuleState& state) {
  std::vector<Event> said;
  for (const Event& measure : state.in_force) {
    said.push_back(*ending_of(measure));
    said.back().said.announced = evening;
  }
  state.in_force.clear();
  return said;
}

/// Counts how long the condition holds, and triggers.
void wait(const Rule& rule, const Look& look, const RandomStream& random, const Approach& seen,
          RuleState& state) {
  if (state.fires >= rule.max_fires || state.pending) return;
  if (state.fires == 0) remember_nearest(look, seen, state.nearest);
  if (!seen.holds()) return state.held_since.reset();
  if (!state.held_since) state.held_since = look.today();
  double& longest = state.nearest.longest_hold_days;
  longest = std::max(longest, static_cast<double>(look.today() - *state.held_since));
  if (!triggers(rule, look, random, state)) return;
  state.pending = firing_of(rule, look, seen);
  state.nearest.triggered = true;
}

/// Ends what is in force when `until` is met.
std::vector<Event> leave(const Rule& rule, const Look& look, const Approach& until, RuleState& state,
                         std::vector<Firing>& firings) {
  if (!until.holds()) return {};
  Firing end = firing_of(rule, look, until);
  end.day = look.day;
  end.ends = true;
  end.announced = state.in_force.size();
  firings.push_back(std::move(end));
  return end_measures(evening_before(look.today()), state);
}

std::vector<Event> act(const Rule& rule, const Look& look, const RandomStream& random,
                       const std::vector<Event>& events, const Seen& seen, RuleState& state,
                       std::vector<Firing>& firings) {
  if (!state.in_force.empty()) return leave(rule, look, seen.until, state, firings);
  wait(rule, look, random, seen.when, state);
  if (!state.pending || look.today() - state.pending->triggered < rule.delay_days) return {};
  Firing firing = std::move(*state.pending);
  firing.day = look.day;
  std::vector<Event> said = announce(rule, events, evening_before(look.today()), state, firing);
  firings.push_back(std::move(firing));
  state.pending.reset();
  state.held_since.reset();
  state.last_fired = look.today();
  ++state.fires;
  return said;
}

/// What all rules see, before any of them acts.
std::vector<Seen> look_all(const Look& look, const RuleBook& book) {
  std::vector<Seen> seen(book.rules.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const BoundRule& rule = book.rules[i];
    if (book.states[i].in_force.empty()) {
      seen[i].when = approach(rule.when, look);
    } else {
      seen[i].until = approach(*rule.until, look);
    }
  }
  return seen;
}

}  // namespace

RuleBook open_rule_book(std::vector<BoundRule> rules) {
  RuleBook book;
  book.rules = std::move(rules);
  book.states.resize(book.rules.size());
  for (std::size_t i = 0; i < book.rules.size(); ++i) book.states[i].nearest.rule = book.rules[i].rule->id;
  return book;
}

Instant evening_before(Date date) { return to_instant(date + -1, 23 * 3600, 0); }

std::vector<Event> step_rules(Look look, const RandomStream& random, const std::vector<Event>& events,
                              RuleBook& book) {
  const Instant evening = evening_before(look.today());
  look.happened = [&](const std::string& item) { return latest(item, evening, events, book); };
  const std::vector<Seen> seen = look_all(look, book);
  std::vector<Event> said;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    for (Event& event :
         act(*book.rules[i].rule, look, random, events, seen[i], book.states[i], book.firings)) {
      said.push_back(std::move(event));
    }
  }
  return said;
}

}  // namespace chokepoint
