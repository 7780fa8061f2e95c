/// Daily noise in demand: the part of returns that no event explains, calibrated and not emergent.
///
/// Once a day per line, before session A:
///
///   s_k(t)   = rho s_k(t-1) + sigma_k q_k(t) ( sqrt(c) f_venue(t) + sqrt(1-c) e_k(t) )
///   q_k^2(t) = (1 - alpha - beta) + alpha y_k^2(t-1) + beta q_k^2(t-1),   y = last bracket times q
///   sigma_k  = sd_k / M_k
///
/// f, e standard normal, keyed (seed, replicate, venue region or line, day). M_k is the one-day
/// pass-through of a common shifter on line k, from the Jacobian of T0, so that sd_k is the daily
/// standard deviation wanted: the sample's where the ticker was measured, else that of its class.
/// The shifter enters log odds with loading phi by investor type (index funds never trade on it).
///
/// Assumptions: rho near one, because iid noise would make returns revert (autocorrelation -.29 in a
/// prototype); one common factor per venue region; GARCH(1,1) as in Bollerslev (1986), "Generalized
/// autoregressive conditional heteroskedasticity", Journal of Econometrics 31(3).
/// Neglects: leverage effect, jumps, correlation between regions.
/// Tests: tests/unit/noise_test.cpp.
#pragma once

#include <array>
#include <span>
#include <string>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct NoiseParams {
  double scale = 1;  ///< 0 switches noise off
  double persistence = 0.999;
  double common_share = 0.3;
  double shock_weight = 0.10;
  double memory = 0.85;
  std::array<double, line_class_count> daily_sd{0.009, 0.016, 0.025, 0.032, 0.028, 0.060};
  std::array<double, investor_type_count> shifter_loading{0.0, 0.5, 0.5, 1.2, 1.0, 0.2};

  static void fields(FieldList& list, NoiseParams& p);
};

struct NoiseState {
  std::span<double> shifter;     ///< [K] s, read and replaced
  std::span<double> variance;    ///< [K] q^2, read and replaced
  std::span<double> last_shock;  ///< [K] y, read and replaced
};

/// Draws the shocks of day `day` (index since T0). `scale` [K] is sigma.
void step_noise(const NoiseParams& params, const Facts& facts, const RandomStream& random, std::uint32_t day,
                std::span<const double> scale, NoiseState state);

/// Daily standard deviation wanted for a line [share per day].
double target_sd(const NoiseParams& params, const Line& line);

}  // namespace chokepoint
