/// Momentum: trend followers' demand rises with a line's recent returns, within bounds.
///
///   m_k(t) = memory m_k(t-1) + (1 - memory) r_k(t),  r = log return of the day
///   x_gk  += gain_g tanh(m_k / scale)
///
/// Reference: trend-following demand as in Brock and Hommes (1998), "Heterogeneous beliefs and routes to
/// chaos in a simple asset pricing model", Journal of Economic Dynamics and Control 22; the bounded form
/// keeps a trend from feeding on itself without limit. Momentum before T0 is in the odds.
/// Assumption: gains and scale. Neglects: horizons longer than some weeks.
/// Tests: tests/unit/market_mechanisms_test.cpp.
#pragma once

#include <span>

#include "sim/base/field.hpp"
#include "sim/base/math.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

struct MomentumParams {
  double gain_momentum = 0.02;  ///< gain of momentum investors
  double gain_retail = 0.01;    ///< gain of retail investors
  double scale = 0.02;
  double memory = 0.9;

  static void fields(FieldList& list, MomentumParams& p) {
    list.add("momentum.gain.momentum", p.gain_momentum, "log odds", 0, 0.2, "assumption",
             "gamma of momentum investors");
    list.add("momentum.gain.retail", p.gain_retail, "log odds", 0, 0.2, "assumption",
             "gamma of retail investors");
    list.add("momentum.scale", p.scale, "share/day", 0.001, 0.2, "assumption",
             "m0: smoothed daily return at which the signal saturates");
    list.add("momentum.memory", p.memory, "1/day", 0, 0.99, "assumption", "weight of yesterday's signal");
  }
  double gain(InvestorType type) const {
    if (type == InvestorType::momentum) return gain_momentum;
    return type == InvestorType::retail ? gain_retail : 0.0;
  }
};

/// Updates the signal of each line from the closes of yesterday and today (log prices, [K]).
inline void step_momentum(const MomentumParams& params, std::span<const double> previous_close,
                          std::span<const double> close, std::span<double> signal) {
  for (std::size_t k = 0; k < signal.size(); ++k) {
    signal[k] = params.memory * signal[k] + (1.0 - params.memory) * (close[k] - previous_close[k]);
  }
}

}  // namespace chokepoint
