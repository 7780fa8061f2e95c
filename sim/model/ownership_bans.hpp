/// Ownership bans: forced sales up to a deadline, and what others expect of them.
///
///   from the announcement   barred investors buy nothing; of their remaining R shares they sell
///                           R / (days left) a day at any price, evenly over the day's clears, at most
///                           `forced_share` of the active float in a session; what exceeds it waits.
///                           Days left are those on which the line trades, from today to the deadline, by
///                           its venues' calendars: where the run ends is of no account
///   after the deadline      what is still unsold keeps being sold under the same cap
///   anticipation            v of funds and arbitrageurs -= min(anticipation_cap, R / (eta_k F_k)),
///                           eta_k own elasticity at T0, F_k active float; it falls with R
///
/// A line that nobody may hold has sellers and no buyers: NO_DEMAND.
/// Assumptions: even selling, the caps; no size is taken from an observed ban. Neglects: in-kind transfers,
/// waivers.
/// Tests: tests/unit/ownership_ban_test.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/integer.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

struct World;
struct Parameters;
struct TradingDay;

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
  std::size_t deadline_day = 0;             ///< last day for selling; the run's last when that is earlier
  /// [day] on how many days the line trades from that day to the deadline, both included, beyond the run's
  /// end too. All that is held is due when the day is not in it or has none left.
  std::vector<int> days_left = {};
};

/// Log points by which informed investors mark a line down for `remaining` shares still to be sold.
inline double anticipated_discount(const OwnershipBanParams& params, double remaining, double own_elasticity,
                                   double active_float) {
  if (!(remaining > 0.0) || !(active_float > 0.0) || !(own_elasticity > 0.0)) return 0.0;
  return std::min(params.anticipation_cap, remaining / (own_elasticity * active_float));
}

/// Shares of a line that act in one day: sum over accounts of lambda h, barred accounts left out.
double active_float(const World& world, const Parameters& params, std::size_t line);

/// The clears of a line on one day: how many there are, how many are over, and how many its session has.
struct ClearCount {
  int today = 1;
  int done = 0;
  int session = 1;
};

/// Shares that each account [N] must sell in the next clear of a line; empty when no ban is in force on it.
std::vector<double> forced_sales(const World& world, const Parameters& params, std::size_t line,
                                 const ClearCount& clears);

/// True when investors of the domicile may not buy the line.
bool barred(const World& world, std::size_t line, Region domicile);

}  // namespace chokepoint
