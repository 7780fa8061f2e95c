/// Each week those who search choose a region, and those who move an employer there.
///
///   U_l = pull[o][l] + b_w ln wage_l + b_c ln compute_l + b_q access[l][o]
///         + b_n ln(compatriots_l) + b_f frontier_l - barrier[o][from][l]
///
/// with a move cost for any other region than the present one, and logit chances (migration_costs.hpp).
/// All terms but the pull are changes since T0, so that at T0 the chances are those that were fitted. The
/// frontier term counts for the top tier only. The week of an agent's next search is drawn in advance
/// (geometric), so only searchers are touched. Who stays keeps the employer; who moves works for the same
/// kind of employer there: a vendor of the region in proportion to what it employs, if the last one was a
/// vendor and there is any, else none of the vendors.
/// Barriers are those of rules on entry and exit, by origin, tier and present place (entry_rules.hpp). Those
/// whose stay under a scheme ends choose in the same way among the other places, and are counted; those whom
/// no other place admits stay.
/// Reference: elasticities of the number of domestic (.03) and foreign (1) inventors to net pay, Akcigit,
/// Baslandze and Stantcheva (2016), "Taxation and the International Mobility of Inventors", American
/// Economic Review 106(10): with b_w = 1.1 the elasticity b_w (1 - P) of a logit share P is .033 at P =
/// .97 and 1.045 at P = .05.
/// Assumption: those are elasticities of a searcher's choice. The steady stock, which newcomers hold near
/// their first places, responds by .04 (US nationals at home), .15 (Chinese in the US) to 1.1 (small
/// foreign groups).
/// Neglects: vacancies and their filling; offers; moves between employers of one place but for a
/// lock-out.
/// Tests: tests/unit/talent_mobility_test.cpp, talent_ruled_moves_test.cpp.
#pragma once

#include <span>

#include "sim/model/talent/entry_rules.hpp"
#include "sim/model/talent/migration_costs.hpp"
#include "sim/model/talent/talent.hpp"

namespace chokepoint {

/// What has changed since T0 and who is locked out. At T0: all zero.
struct TalentConditions {
  std::span<const double> wage;      ///< [region] log points of net pay
  std::span<const double> compute;   ///< [region] log points of compute per researcher
  std::span<const double> access;    ///< [region][nationality] share of the frontier's capability
  std::span<const double> frontier;  ///< [region] presence of a frontier employer, -1 to 1
  /// [vendor][nationality] the vendor's models are barred to its employees of that nationality.
  std::span<const char> locked_out;
  std::span<const MoveBarriers> barriers{};  ///< index 0: other, 1: top tier; empty: none
  std::array<double, region_count> lapse{};  ///< [share a week] of those not at home whose stay ends
};

/// Utilities of the regions to a researcher of the origin, without the cost of moving and without barriers.
PlaceShares place_utilities(const Talent& talent, const MigrationTastes& tastes, const TalentParams& params,
                            const TalentConditions& now, std::size_t origin, Standing standing);

/// One week, counted from T0; the first is 0. Those whose stay ends search first, then those who quit over a
/// lock-out, then all others whose week has come.
void step_talent_week(Talent& talent, const TalentParams& params, const MigrationTastes& tastes,
                      const TalentConditions& now, const RandomStream& random, std::uint16_t week);

}  // namespace chokepoint
