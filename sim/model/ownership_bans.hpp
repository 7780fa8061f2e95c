/// Ownership bans: forced sales up to a deadline, and what others expect of them.
///
///   from the announcement   barred investors buy nothing; of their remaining R shares they sell
///                           R / (days left) a day at any price, at most `forced_share` of the active
///                           float per session; what exceeds it waits
///   after the deadline      what is still unsold keeps being sold under the same cap
///   anticipation            v of funds and arbitrageurs -= min(anticipation_cap, R / (eta_k F_k)),
///                           eta_k own elasticity at T0, F_k active float; it falls with R
///
/// A line that nobody may hold has sellers and no buyers: NO_DEMAND.
/// Assumptions: even selling, the caps. Reference for direction and size: abnormal returns of US
/// ownership bans on Chinese telecoms, see model/README.md. Neglects: in-kind transfers, waivers.
/// Tests: tests/unit/ownership_ban_test.cpp.
#pragma once

#include <algorithm>
#include <array>

#include "sim/base/field.hpp"
#include "sim/base/integer.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

struct OwnershipBanParams {
  double forced_share = 0.5;
  double anticipation_cap = 0.5;

  static void fields(FieldList& list, OwnershipBanParams& p) {
    list.add("ownership_ban.forced_share", p.forced_share, "share of active float", 0.01, 0.9, "assumption",
             "most that forced sellers place in one session");
    list.add("ownership_ban.anticipation_cap", p.anticipation_cap, "log points", 0, 2, "assumption",
             "largest discount by which informed investors anticipate forced sales");
  }
};

/// A ban in force on one line. Days are indices of the run's calendar.
struct BanInForce {
  std::size_t line = 0;
  std::array<bool, region_count> barred{};  ///< by domicile
  std::size_t from_day = 0;                 ///< first day on which purchases are barred
  std::size_t deadline_day = 0;             ///< last day for selling
};

/// Shares that an account with `held` shares offers in one sub-round, before the cap.
inline double forced_offer(const BanInForce& ban, Shares held, std::size_t day, int rounds_left) {
  const std::size_t days_left = day < ban.deadline_day ? ban.deadline_day - day + 1 : 1;
  return static_cast<double>(held) / static_cast<double>(days_left) / static_cast<double>(rounds_left);
}

/// Log points by which informed investors mark a line down for `remaining` shares still to be sold.
inline double anticipated_discount(const OwnershipBanParams& params, double remaining, double own_elasticity,
                                   double active_float) {
  if (!(remaining > 0.0) || !(active_float > 0.0) || !(own_elasticity > 0.0)) return 0.0;
  return std::min(params.anticipation_cap, remaining / (own_elasticity * active_float));
}

}  // namespace chokepoint
