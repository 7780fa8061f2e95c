/// A quadratic stand-in for the simulation near one parameter point.
///
///   y(x) = y_0 + sum_i a_i (x_i - x0_i) + sum_{i<=j} b_ij (x_i - x0_i)(x_j - x0_j)
///
/// for every simulated return, x the parameters themselves (not their logs): returns are almost linear in the
/// betas and bilinear in betas and forces. It takes 1 + 2 d + d (d - 1) / 2 runs of all events, at `step`
/// prior standard deviations around the centre; its error at random points of the posterior is reported with
/// the fit. Tests: tests/unit/emulator_test.cpp.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "sim/study/backtest/comparison.hpp"
#include "sim/study/calibration/prior.hpp"

namespace chokepoint {

/// Simulates all returns at several points at once.
using SimulatePoints = std::function<std::vector<Predictions>(const std::vector<std::vector<double>>&)>;

class Emulator {
 public:
  /// `free` are the parameters that move; the others stay at `centre`.
  Emulator(const SimulatePoints& simulate, const Priors& priors, std::vector<double> centre,
           std::vector<std::size_t> free, double step);

  Predictions predict(std::span<const double> z) const;
  const std::vector<double>& centre() const { return centre_; }

 private:
  /// Distance of a free parameter from the centre, in units of the parameter.
  double distance(std::size_t parameter, double z) const;

  const Priors* priors_;
  std::vector<double> centre_;
  std::vector<std::size_t> free_;
  Predictions base_;
  std::vector<Predictions> linear_;     ///< [free]
  std::vector<Predictions> quadratic_;  ///< [pair i <= j]
};

}  // namespace chokepoint
