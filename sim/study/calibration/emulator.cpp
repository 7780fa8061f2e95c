#include "sim/study/calibration/emulator.hpp"

namespace chokepoint {
namespace {

/// out += factor * part, number by number.
void add(Predictions& out, const Predictions& part, double factor) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::size_t w = 0; w < window_count; ++w) out[i][w] += factor * part[i][w];
  }
}

std::vector<double> moved(std::vector<double> z, std::size_t i, double step) {
  z[i] += step;
  return z;
}

}  // namespace

Emulator::Emulator(const SimulatePoints& simulate, std::vector<double> centre, std::vector<std::size_t> free,
                   double step)
    : centre_(std::move(centre)), free_(std::move(free)) {
  const std::size_t d = free_.size();
  std::vector<std::vector<double>> points{centre_};
  for (const std::size_t i : free_) {
    points.push_back(moved(centre_, i, step));
    points.push_back(moved(centre_, i, -step));
  }
  for (std::size_t a = 0; a < d; ++a) {
    for (std::size_t b = a + 1; b < d; ++b) {
      points.push_back(moved(moved(centre_, free_[a], step), free_[b], step));
    }
  }
  const std::vector<Predictions> y = simulate(points);
  base_ = y[0];
  const Predictions zero(base_.size());
  linear_.assign(d, zero);
  std::vector<Predictions> square(d, zero);
  for (std::size_t a = 0; a < d; ++a) {
    add(linear_[a], y[1 + 2 * a], 0.5 / step);
    add(linear_[a], y[2 + 2 * a], -0.5 / step);
    add(square[a], y[1 + 2 * a], 0.5 / (step * step));
    add(square[a], y[2 + 2 * a], 0.5 / (step * step));
    add(square[a], base_, -1.0 / (step * step));
  }
  std::size_t next = 1 + 2 * d;
  for (std::size_t a = 0; a < d; ++a) {
    quadratic_.push_back(square[a]);
    for (std::size_t b = a + 1; b < d; ++b, ++next) {
      Predictions cross = zero;
      add(cross, y[next], 1.0 / (step * step));
      add(cross, y[1 + 2 * a], -1.0 / (step * step));
      add(cross, y[1 + 2 * b], -1.0 / (step * step));
      add(cross, base_, 1.0 / (step * step));
      quadratic_.push_back(std::move(cross));
    }
  }
}

Predictions Emulator::predict(std::span<const double> z) const {
  Predictions y = base_;
  std::size_t pair = 0;
  for (std::size_t a = 0; a < free_.size(); ++a) {
    const double da = z[free_[a]] - centre_[free_[a]];
    if (da != 0.0) add(y, linear_[a], da);
    for (std::size_t b = a; b < free_.size(); ++b, ++pair) {
      const double db = z[free_[b]] - centre_[free_[b]];
      if (da != 0.0 && db != 0.0) add(y, quadratic_[pair], da * db);
    }
  }
  return y;
}

}  // namespace chokepoint
