/// A quadratic stand-in for the simulation near one parameter point.
///
///   y(z) = y_0 + sum_i a_i (z_i - z0_i) + sum_{i<=j} b_ij (z_i - z0_i)(z_j - z0_j)
///
/// for every simulated return, from 1 + 2 d + d (d - 1) / 2 runs of all events. Returns are almost linear in
/// the betas and almost bilinear in betas and forces, so it is close within the posterior; the largest error
/// at random points of the posterior is reported with the fit. Tests: tests/unit/emulator_test.cpp.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "sim/study/backtest/comparison.hpp"

namespace chokepoint {

/// Simulates all returns at several points at once.
using SimulatePoints = std::function<std::vector<Predictions>(const std::vector<std::vector<double>>&)>;

class Emulator {
 public:
  /// `free` are the parameters that move; the others stay at `centre`.
  Emulator(const SimulatePoints& simulate, std::vector<double> centre, std::vector<std::size_t> free,
           double step);

  Predictions predict(std::span<const double> z) const;
  const std::vector<double>& centre() const { return centre_; }

 private:
  std::vector<double> centre_;
  std::vector<std::size_t> free_;
  Predictions base_;
  std::vector<Predictions> linear_;     ///< [free]
  std::vector<Predictions> quadratic_;  ///< [pair i <= j]
};

}  // namespace chokepoint
