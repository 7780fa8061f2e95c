#include "sim/model/policy/law.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

template <class Rule>
void replace(const Rule& rule, std::vector<Rule>& rules) {
  std::erase_if(rules, [&](const Rule& old) { return old.measure == rule.measure; });
  rules.push_back(rule);
}

template <class Rule>
void remove(const std::string& measure, std::vector<Rule>& rules) {
  std::erase_if(rules, [&](const Rule& old) { return old.measure == measure; });
}

void set_levels(Law& law) {
  law.chips.procurement_ban = level_of(law, LevelKind::procurement_state_funded);
  law.chips.all_foreign_ban = level_of(law, LevelKind::procurement_all);
  law.chips.counter_control = level_of(law, LevelKind::counter_control);
  law.chips.rental_barred = level_of(law, LevelKind::rental) > 0.0;
}

}  // namespace

Law law_at_start(const ChipPolicy& chips) {
  Law law;
  law.chips = law.chips_at_start = chips;
  return law;
}

double level_of(const Law& law, LevelKind kind) {
  const ChipPolicy& start = law.chips_at_start;
  const std::array<double, level_kind_count> at_start{start.procurement_ban, start.all_foreign_ban,
                                                      start.counter_control, start.rental_barred ? 1.0 : 0.0};
  bool set = false;
  double level = 0.0;
  for (const LevelInForce& one : law.levels) {
    if (one.kind != kind) continue;
    level = std::max(level, one.level);
    set = true;
  }
  return set ? level : at_start[index(kind)];
}

void enact(const ChipRule& rule, Law& law) { replace(rule, law.chips.rules); }

void enact(const LevelInForce& level, Law& law) {
  std::erase_if(law.levels, [&](const LevelInForce& old) {
    return old.measure == level.measure && old.kind == level.kind;
  });
  law.levels.push_back(level);
  set_levels(law);
}

void enact(const EntryRule& rule, Law& law) { put_rule(law.talent, rule); }
void enact(const ExitControl& rule, Law& law) { put_rule(law.talent, rule); }
void enact(const TalentScheme& rule, Law& law) { put_rule(law.talent, rule); }
void enact(const PolicingChanges& rule, Law& law) { change_policing(rule, law.policing); }
void enact(const OpenWeightsChanges& rule, Law& law) { apply(rule, law.open_weights); }

void lift(const std::string& measure, Law& law) {
  remove(measure, law.chips.rules);
  remove(measure, law.levels);
  remove(measure, law.policing.in_force);
  end_rules(law.talent, measure);
  lift(measure, law.open_weights);
  set_levels(law);
}

}  // namespace chokepoint
