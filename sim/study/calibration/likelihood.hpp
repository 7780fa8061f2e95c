/// Likelihood of the observed events given simulated ones.
///
/// Per event, the codings are a mixture with equal weights:
///
///   L_e = sum_c w_c  prod_groups f(AR[0]) f(CAR[0,4] - AR[0])
///
/// f is the law of observations (backtest/observation_law.hpp); the later part of a path is nearly
/// independent of its first day and has its own shared shock. Events that were collected because they moved
/// prices are conditioned on having been collected:
///
///   L_e / P_e,   P_e = stray + (1 - stray) P(some row of the event has |AR[0]| >= 2 s)
///
/// P_e is near one for an event that the model expects to be loud and small for one it expects to be quiet,
/// so loud events tell the pattern across firms and content-chosen ones the level. stray is the share of
/// events collected for other reasons than a move: assumption .15. Rows whose move has a known other cause
/// (confounded) and rows from June 2026 on are never fitted. Tests: tests/unit/fit_data_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/study/backtest/comparison.hpp"
#include "sim/study/backtest/observation_law.hpp"

namespace chokepoint {

/// Nothing from this day on is used in a fit: the flagship's month begins.
inline constexpr Date fit_ends{20605};  // 2026-06-01

struct LikelihoodSettings {
  ObservationLaw law;
  bool correct_selection = true;
  double stray = 0.15;
};

/// Log likelihood of each event of the comparison at these predictions; 0 for events without fitted rows.
std::vector<double> event_log_likelihoods(const Comparison& comparison, const Predictions& predictions,
                                          const LikelihoodSettings& settings);

/// True when a row may be fitted.
bool is_fitted(const ObservedRow& row);

}  // namespace chokepoint
