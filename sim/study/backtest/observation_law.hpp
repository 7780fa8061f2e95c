/// How an observed abnormal return differs from a simulated one.
///
///   AR_obs = AR_sim + eta + e
///   eta ~ normal, sd s_g sqrt(rho), shared by the rows of one event and venue region
///   e   ~ Student t with 5 degrees of freedom, sd sqrt(s_k^2 (1 - rho) + c^2 AR_sim^2)
///   for CAR[0,h] the noise s is sqrt(h + 1) x later_news as large; the model error c |CAR_sim| is as it is
///
/// s_k is the row's residual sd from before the event, s_g the median of those of the group. c is the part of
/// a simulated move by which the simulation is wrong in size; without it intervals would be too narrow for
/// loud events, without s for all.
///
/// Assumptions: rho .3 [0, .6] and later_news 1.2, not fitted; c is fitted (calibration/prior.hpp).
/// Reference: residual returns of an event study, MacKinlay (1997), "Event studies in economics and
/// finance", Journal of Economic Literature 35. Neglects: shocks shared by venues and by events.
/// Tests: tests/unit/observation_law_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/study/backtest/observed_events.hpp"

namespace chokepoint {

struct ObservationLaw {
  double shared = 0.3;  ///< rho
  double later_news = 1.2;
  double model_error = 0.7;  ///< c
};

/// Noise sd of a window, without the model's error [share].
double window_sd(const ObservationLaw& law, double residual_sd, std::size_t window);

/// One row of a group: what was observed, what was simulated, and the noise sd of the quantity.
struct LawRow {
  double observed = 0;
  double simulated = 0;
  double noise_sd = 0;
};

/// Log density of the rows of a group together: the shared shock is integrated over.
double log_density(const ObservationLaw& law, std::span<const LawRow> rows);

/// Probability that every row of the group stays within `bound` of its noise sd.
double all_within(const ObservationLaw& law, std::span<const LawRow> rows, double bound);

/// One draw of an observation around a simulated value; `subject` and `step` name the draw.
double draw_observation(const ObservationLaw& law, double simulated, double noise_sd,
                        const RandomStream& random, std::uint32_t subject, std::uint32_t step);

/// Density and distribution function of Student's t with 5 degrees of freedom, scaled to sd 1.
double student_density(double x);
double student_distribution(double x);

}  // namespace chokepoint
