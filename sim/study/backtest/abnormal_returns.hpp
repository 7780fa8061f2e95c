/// Abnormal returns of a simulated event, as an event study would measure them.
///
///   r_k(t)   = P(close of k's session t) / P(close of its session before) - 1, a basket's by its weights
///   r_m(t)   = the same of all lines of k's venue region, weighted by tradable market value at T0
///   AR_k(t)  = r_k(t) - beta_k r_m(t),   CAR[0,h] = sum over sessions 0 .. h
///
/// beta_k is the observation's, estimated before the event. The twin without the event does not move, so
/// these are the differences that the event made. Tests: tests/unit/abnormal_returns_test.cpp.
#pragma once

#include <array>
#include <vector>

#include "sim/study/backtest/event_case.hpp"

namespace chokepoint {

struct SimulatedReturn {
  std::array<double, window_count> abnormal{};  ///< AR[0], CAR[0,2], CAR[0,4] [share]
  std::array<double, window_count> effect{};    ///< the same without the market's part: what the event did
};

/// Runs the case once with daily noise off; one result per compared return.
std::vector<SimulatedReturn> simulate(const EventCase& one, Parameters params);

/// The same with a plan of another making: exposures shuffled, another event's news.
std::vector<SimulatedReturn> simulate(const EventCase& one, Parameters params, const Plan& plan);

/// All cases, in parallel; [case][return].
std::vector<std::vector<SimulatedReturn>> simulate_all(const std::vector<std::unique_ptr<EventCase>>& cases,
                                                       const Parameters& params);

}  // namespace chokepoint
