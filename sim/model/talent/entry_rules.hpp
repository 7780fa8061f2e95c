/// What rules on entry, exit and stay have changed since T0: what a move costs, and whose stay ends.
///
/// Entry into a place, per rule and nationality it names, for a move from anywhere else:
///
///   barrier = w (-ln admitted + b_w fee / (pay years))
///
/// Exit from a place, per control and nationality it names, for a move to anywhere else:
///
///   barrier = w (-ln(1 - barred))
///
/// Entry under a scheme of a place, for all who are not at home there:
///
///   barrier = w (-ln(1 + scheme_share (admitted - 1)))
///
/// Barriers of several rules add up, and are taken from the utility of the destination (mobility.hpp): the
/// odds of a place in a logit choice are multiplied by `admitted`, those of leaving by 1 - barred. Those who
/// are refused are spread over the places that they may choose, the present one among them. Nobody admitted
/// or everybody barred is an infinite barrier: the place is not chosen.
///
/// Stays: of those in a place who are not at home there, in a week and beyond what T0's renewals end,
///
///   lapse = scheme_share / 104 (scheme_renewal - renewal)^+
///
/// stays end. These persons must choose another place; if none is open to them they stay.
///
///   admitted        -     share let in of those who want to come, over that share at T0; above 1: eased
///   fee             USD   once per entry, since T0, whoever pays it: pay is lower by its yearly part
///   pay             USD/a `talent.pay_usd`
///   years           a     `talent.fee_years`, over which the fee is spread
///   b_w             -     `talent.wage_elasticity`; to first order in fee / (pay years)
///   barred          -     share of researchers who may not leave
///   w               -     `talent.rule_enforcement`; 0: no rule costs anything, exactly
///   scheme_share    -     `talent.scheme_share`; 0: schemes do nothing, exactly
///   scheme_renewal  -     `talent.scheme_renewal` at T0; first stays last two years, 104 weeks
///
/// Without a rule, and with admitted = 1, no fee, barred = 0 and T0's renewal, everything is as at T0.
/// References: the fee of 100,000 USD on H-1B petitions for persons abroad of 21 September 2025
///   https://chugh.com/news/uscis-issues-additional-guidelines-on-100000-h-1b-fee;
///   first stays of two years, 54 percent of which were asked to be extended (July 2025)
///   https://news.rthk.hk/rthk/en/component/k2/1818418-20250815.htm.
/// Assumptions: whoever is refused is a random one of those who want to come, in every week anew; expiries of
/// first stays are spread evenly over two years; the strictest of several schemes' renewals holds.
/// Neglects: graduates, whose first place no rule changes (cohorts.hpp); quotas and queues; that only first
/// stays expire, so that a lower renewal must not stand for much more than two years; renewals above T0's,
/// which keep nobody (T0's departures are in the pulls of places); who is at home abroad by residence.
/// Tests: tests/unit/talent_entry_rules_test.cpp, talent_ruled_moves_test.cpp.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/talent/talent.hpp"

namespace chokepoint {

/// [nationality][from][to] utility lost since T0; +infinity: barred
using MoveBarriers =
    std::array<std::array<std::array<double, region_count>, region_count>, nationality_count>;

struct EntryRule {
  std::string measure;  ///< id of the measure chain
  Region place{};
  std::array<bool, nationality_count> nationalities{};
  double admitted = 1;
  double fee_usd = 0;
};

struct ExitControl {
  std::string measure;
  Region place{};
  std::array<bool, nationality_count> nationalities{};
  double barred = 0;
  bool top_tier_only = false;
};

struct TalentScheme {
  std::string measure;
  Region place{};
  double admitted = 1;
  double renewal = -1;  ///< share of first stays renewed; below 0: as at T0
};

/// What is in force. One measure has at most one rule of each kind.
struct TalentPolicy {
  std::vector<EntryRule> entry;
  std::vector<ExitControl> exit;
  std::vector<TalentScheme> schemes;
};

/// Adds a rule, in place of the one of the same measure if there is one.
void put_rule(TalentPolicy& policy, const EntryRule& rule);
void put_rule(TalentPolicy& policy, const ExitControl& rule);
void put_rule(TalentPolicy& policy, const TalentScheme& rule);

/// Ends what the measure brought; what it does not know of is as it was.
void end_rules(TalentPolicy& policy, std::string_view measure);

/// True where the nationality needs no scheme and no renewal.
constexpr bool at_home(std::size_t nationality, std::size_t place) {
  return index(home_region(static_cast<Nationality>(nationality))) == place;
}

/// `standing` is `other` or `top`.
MoveBarriers move_barriers(const TalentParams& params, const TalentPolicy& policy, Standing standing);

/// [share a week] of those in `place` who are not at home there, whose stay ends beyond T0's rate.
double lapse_rate(const TalentParams& params, const TalentPolicy& policy, Region place);

/// Agents whose stay ends in the week, in order; `lapse` by place. No draw is made where it is zero.
std::vector<std::size_t> lapsed_stays(const Talent& talent, const std::array<double, region_count>& lapse,
                                      const RandomStream& random, std::uint16_t week);

}  // namespace chokepoint
