/// Daily noise in demand: the part of returns that no event explains, calibrated and not emergent.
///
/// Once a day per line, before session A:
///
///   s_k(t)   = rho s_k(t-1) + sigma_k ( y_k(t) - theta y_k(t-1) )
///   y_k(t)   = q_k(t) ( sqrt(c) f_venue(t) + sqrt(1-c) e_k(t) )
///   q_k^2(t) = 1 - alpha (1 + l/2) - beta + alpha (1 + l [y_k(t-1) < 0]) y_k^2(t-1) + beta q_k^2(t-1)
///   e_k(t)   = z_k(t) (a with probability lambda, else b),   b^2 = (1 - lambda a^2) / (1 - lambda)
///   sigma_k  = sd_k / M_k
///
/// f, z standard normal, keyed (seed, replicate, venue region or line, day). M_k is the one-day
/// pass-through of a common shifter on line k, from the Jacobian of T0, so that sd_k is the daily
/// standard deviation wanted: the sample's where the ticker was measured, else that of its class.
/// The shifter enters log odds with loading phi by investor type (index funds never trade on it).
///
/// Calibrated to moments of public daily closes of 57 lines, 2023-01 to 2025-10 (README, section 10;
/// what is reached: tests/unit/return_facts_test.cpp). Jump days stand for the days of a firm's own news.
/// Assumptions: rho near one, because iid noise would make returns revert (autocorrelation -.29 in a
/// prototype); theta undoes the autocorrelation that partial adjustment and momentum leave; one common factor
/// per venue region, which does not jump. Variance: Bollerslev (1986), "Generalized autoregressive
/// conditional heteroskedasticity", Journal of Econometrics 31; the weight of losses as in Glosten,
/// Jagannathan and Runkle (1993), "On the relation between the expected value and the volatility of the
/// nominal excess return on stocks", Journal of Finance 48, whose gamma is l alpha here. Neglects:
/// correlation between regions, jumps of whole markets, differences of shape between classes. Tests:
/// tests/unit/noise_test.cpp.
#pragma once

#include <array>
#include <span>
#include <string>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct NoiseParams {
  double scale = 1;                ///< 0 switches noise off
  double persistence = 0.999;      ///< rho
  double common_share = 0.3;       ///< c
  double shock_weight = 0.05;      ///< alpha
  double memory = 0.88;            ///< beta
  double leverage = 0.36;          ///< l
  double jump_days = 4.0 / 252.0;  ///< lambda
  double jump_size = 4.7;          ///< a
  double reversal = 0.13;          ///< theta
  /// daily_sd of a class of lines, sd_k
  std::array<double, line_class_count> daily_sd{0.009, 0.0208, 0.0287, 0.03095, 0.0314, 0.060};
  std::array<double, investor_type_count> shifter_loading{0.0, 0.5, 0.5, 1.2, 1.0, 0.2};  ///< phi, by type

  static void fields(FieldList& list, NoiseParams& p);
};

struct NoiseState {
  std::span<double> shifter;     ///< [K] s, read and replaced
  std::span<double> variance;    ///< [K] q^2, read and replaced
  std::span<double> last_shock;  ///< [K] y, read and replaced
};

/// Constant of the variance equation. Throws where the parameters leave q^2 without a mean.
double variance_floor(const NoiseParams& params);

/// Draws the shocks of day `day` (index since T0). `scale` [K] is sigma.
void step_noise(const NoiseParams& params, const Facts& facts, const RandomStream& random, std::uint32_t day,
                std::span<const double> scale, NoiseState state);

/// Daily standard deviation wanted for a line [share per day].
double target_sd(const NoiseParams& params, const Line& line);

}  // namespace chokepoint
