/// Daily quota on southbound buying: a shadow price that holds net purchases to what is allowed.
///
///   net buying of XHKG lines by CN investors per day  <=  Q  (data/stock_connect.csv, converted at T0)
///   x_gk -= tau for CN classes on southbound lines,  tau >= 0,  tau (Q - flow) = 0
///
/// When the quota binds, tau is found by at most six secant steps; what still exceeds Q is cut pro rata
/// and the lines are RATIONED, never CLEARED. The quota's use adds up over the sub-rounds of a day.
/// Assumption: buyers see the wedge as a cost. Neglects: the order of arrival within the day.
/// Tests: tests/unit/quota_test.cpp.
#pragma once

#include "sim/base/field.hpp"

namespace chokepoint {

struct QuotaParams {
  double enforced = 1;  ///< 0 switches the quota off

  static void fields(FieldList& list, QuotaParams& p) {
    list.add("quota.enforced", p.enforced, "switch", 0, 1, "assumption", "0 ignores Stock Connect's daily quota");
  }
};

inline constexpr int quota_secant_steps = 6;

}  // namespace chokepoint
