/// Slow capital: tastes of holders drift towards lines that look cheap against their own market.
///
/// Once a day at the close, for holders of every class but index funds:
///
///   a_gk += nu clip((v_gk - p_k) - m_venue, -1, 1)
///   m_venue = float-cap-weighted mean of (v - p) over all lines of the home region, composite included
///
/// so that the price effect of a forced flow fades over about 1/nu days while prices of a whole venue are
/// not pulled anywhere. nu = 0 is the pure demand system, in which flow effects last for ever.
/// Reference: slow-moving capital, Duffie (2010), "Asset price dynamics with slow-moving capital",
/// Journal of Finance 65(4). Assumption: the linear, clipped form and nu.
/// Neglects: differences in speed between classes.
/// Tests: tests/unit/market_mechanisms_test.cpp, tests/property/market_property.cpp.
#pragma once

#include <span>

#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct SlowCapitalParams {
  double speed = 1.0 / 60.0;  ///< nu
  double clip = 1.0;

  static void fields(FieldList& list, SlowCapitalParams& p) {
    list.add("slow_capital.speed", p.speed, "1/day", 0, 1.0 / 30.0, "assumption",
             "nu: daily drift of log odds per log point of relative cheapness");
    list.add("slow_capital.clip", p.clip, "log points", 0.1, 3, "assumption",
             "largest relative cheapness that counts");
  }
};

/// Updates `taste` [K][class], the class part of log odds. `value` is [K][class], `log_price` and
/// `float_cap` [K] (USD; 0 leaves a line out).
void step_slow_capital(const SlowCapitalParams& params, const Facts& facts, std::span<const double> value,
                       std::span<const double> log_price, std::span<const double> float_cap,
                       std::span<double> taste);

}  // namespace chokepoint
