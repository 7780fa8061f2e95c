#include "sim/model/talent/entry_rules.hpp"

#include <algorithm>
#include <limits>

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

constexpr double weeks_of_first_stay = 104;

/// Utility that takes this share off the odds of a choice.
double cost_of_share(double share) {
  return share > 0 ? -logarithm(share) : std::numeric_limits<double>::infinity();
}

template <class Rule>
void put(std::vector<Rule>& rules, const Rule& rule) {
  const auto same =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& one) { return one.measure == rule.measure; });
  if (same != rules.end()) {
    *same = rule;
  } else {
    rules.push_back(rule);
  }
}

void add_entry(MoveBarriers& barriers, std::size_t nationality, std::size_t place, double cost) {
  for (std::size_t from = 0; from < region_count; ++from) {
    if (from != place) barriers[nationality][from][place] += cost;
  }
}

void add_entry_rule(const TalentParams& params, const EntryRule& rule, MoveBarriers& barriers) {
  CHOKEPOINT_EXPECT(rule.admitted >= 0 && rule.fee_usd >= 0);
  const double fee = params.wage_elasticity * rule.fee_usd / (params.pay_usd * params.fee_years);
  const double cost = params.rule_enforcement * (cost_of_share(rule.admitted) + fee);
  for (std::size_t o = 0; o < nationality_count; ++o) {
    if (rule.nationalities[o]) add_entry(barriers, o, index(rule.place), cost);
  }
}

void add_scheme(const TalentParams& params, const TalentScheme& scheme, MoveBarriers& barriers) {
  CHOKEPOINT_EXPECT(scheme.admitted >= 0);
  const double admitted = 1.0 + params.scheme_share * (scheme.admitted - 1.0);
  const double cost = params.rule_enforcement * cost_of_share(admitted);
  for (std::size_t o = 0; o < nationality_count; ++o) {
    if (!at_home(o, index(scheme.place))) add_entry(barriers, o, index(scheme.place), cost);
  }
}

void add_exit_control(const TalentParams& params, const ExitControl& rule, MoveBarriers& barriers) {
  CHOKEPOINT_EXPECT(rule.barred >= 0 && rule.barred <= 1);
  const double cost = params.rule_enforcement * cost_of_share(1.0 - rule.barred);
  const std::size_t place = index(rule.place);
  for (std::size_t o = 0; o < nationality_count; ++o) {
    if (!rule.nationalities[o]) continue;
    for (std::size_t to = 0; to < region_count; ++to) {
      if (to != place) barriers[o][place][to] += cost;
    }
  }
}

}  // namespace

void put_rule(TalentPolicy& policy, const EntryRule& rule) { put(policy.entry, rule); }
void put_rule(TalentPolicy& policy, const ExitControl& rule) { put(policy.exit, rule); }
void put_rule(TalentPolicy& policy, const TalentScheme& rule) { put(policy.schemes, rule); }

void end_rules(TalentPolicy& policy, std::string_view measure) {
  const auto of_measure = [&](const auto& rule) { return rule.measure == measure; };
  std::erase_if(policy.entry, of_measure);
  std::erase_if(policy.exit, of_measure);
  std::erase_if(policy.schemes, of_measure);
}

MoveBarriers move_barriers(const TalentParams& params, const TalentPolicy& policy, Standing standing) {
  CHOKEPOINT_EXPECT(standing != Standing::left);
  MoveBarriers barriers{};
  if (!(params.rule_enforcement > 0)) return barriers;  // also keeps 0 x infinity out
  for (const EntryRule& rule : policy.entry) add_entry_rule(params, rule, barriers);
  for (const TalentScheme& scheme : policy.schemes) add_scheme(params, scheme, barriers);
  for (const ExitControl& rule : policy.exit) {
    if (!rule.top_tier_only || standing == Standing::top) add_exit_control(params, rule, barriers);
  }
  return barriers;
}

double lapse_rate(const TalentParams& params, const TalentPolicy& policy, Region place) {
  double shortfall = 0;
  for (const TalentScheme& scheme : policy.schemes) {
    if (scheme.place != place || scheme.renewal < 0) continue;
    shortfall = std::max(shortfall, params.scheme_renewal - scheme.renewal);
  }
  return params.scheme_share / weeks_of_first_stay * shortfall;
}

std::vector<std::size_t> lapsed_stays(const Talent& talent, const std::array<double, region_count>& lapse,
                                      const RandomStream& random, std::uint16_t week) {
  std::vector<std::size_t> lapsed;
  if (std::none_of(lapse.begin(), lapse.end(), [](double rate) { return rate > 0; })) return lapsed;
  for (std::size_t i = 0; i < talent.size(); ++i) {
    const std::size_t place = talent.location[i];
    if (!(lapse[place] > 0) || talent.standing[i] == Standing::left) continue;
    if (at_home(talent.nationality[i], place)) continue;
    const double u = random.uniform(Decision::scheme_renewal, static_cast<std::uint32_t>(i), week);
    if (u < lapse[place]) lapsed.push_back(i);
  }
  return lapsed;
}

}  // namespace chokepoint
