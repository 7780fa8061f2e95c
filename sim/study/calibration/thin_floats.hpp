/// omega, the share of holdings that attention moves into a line, from the listings of thin floats.
///
/// A first day has no market price before it: buyers at the offer price, a float of a few per cent, and
/// attention. Simulated first-day returns of listings (data/vintages/share_supply.csv) are compared with the
/// observed ones,
///
///   ln(1 + r_obs) = ln(1 + r_sim(omega)) + e,   e ~ Student t (5), sd `first_day_sd`
///
/// on a grid of omega, with the prior of data/calibration/priors.csv. Nothing of June 2026 is in it.
/// Assumption: first_day_sd .35, for what offer prices leave on the table for other reasons than attention;
/// offers on the Shanghai board are priced under guidance, which this model takes for attention. No price
/// limit holds on a first day. Lock-up expiries do not tell omega: they are sales. Tests:
/// tests/cli/calibrate-reproduces.
#pragma once

#include <string>
#include <vector>

#include "sim/study/backtest/comparison.hpp"
#include "sim/study/calibration/prior.hpp"

namespace chokepoint {

inline constexpr double first_day_sd = 0.35;  // log points

/// A supply of shares, simulated at one value of omega.
struct SupplyReturn {
  std::string event;
  double observed = 0;   ///< raw return of the first day [share]
  double simulated = 0;  ///< [share]
  bool listing = false;
};

/// All supplies with an observed return, at the given parameters.
std::vector<SupplyReturn> simulate_supplies(const Comparison& comparison, const Parameters& params);

/// First listings and a lock-up expiry, as raw returns of the first day: observed beside simulated at the 5,
/// 50 and 95 % points of omega among the draws, the rest at their means.
std::string supply_text(const Comparison& comparison, const Priors& priors,
                        const std::vector<std::vector<double>>& draws, const Parameters& params);

/// Posterior of one parameter on a grid of z.
struct GridPosterior {
  std::vector<double> z;
  std::vector<double> weight;  ///< sums to 1

  double quantile(double q) const;
};

GridPosterior fit_omega(const Comparison& comparison, const Priors& priors, const Parameters& params);

}  // namespace chokepoint
