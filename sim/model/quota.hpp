/// Daily quota on southbound buying: a shadow price that holds net purchases to what is allowed.
///
///   net buying of southbound lines in Hong Kong by CN investors per day  <=  Q
///   x_gk -= tau for CN classes on southbound lines,  tau >= 0,  tau (Q - flow) = 0
///
/// Q is data/stock_connect.csv converted at T0, times the factor of a later change (capital_rules.hpp). When
/// the quota binds, tau is found by at most six secant steps; what still exceeds Q is cut pro rata and the
/// lines are RATIONED, never CLEARED. The quota's use adds up over the clears of a day. Assumption: buyers
/// see the wedge as a cost. Neglects: the order of arrival within the day. Tests: tests/unit/quota_test.cpp.
#pragma once

#include <span>

#include "sim/base/field.hpp"
#include "sim/model/clearing.hpp"

namespace chokepoint {

struct World;
class MarketView;

struct QuotaParams {
  double enforced = 1;  ///< 0 switches the quota off

  static void fields(FieldList& list, QuotaParams& p) {
    list.add("quota.enforced", p.enforced, "switch", 0, 1, "assumption",
             "0 ignores Stock Connect's daily quota");
  }
};

/// A clear that can be repeated at another wedge.
struct QuotaClear {
  MarketView& view;
  const Participation& participation;
  std::span<const std::size_t> open;
  const PriceBand& band;
  ChordFactor& chord;
};

/// After a clear: if southbound buying exceeds what is left of the quota, finds the wedge that holds it and
/// leaves the world at that clear. Returns the share of southbound buy wishes that may be filled (1: all).
double hold_quota(World& world, const QuotaParams& params, const QuotaClear& clear);

}  // namespace chokepoint
