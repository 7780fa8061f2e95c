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

double Emulator::distance(std::size_t parameter, double z) const {
  return (*priors_)[parameter].value(z) - (*priors_)[parameter].value(centre_[parameter]);
}

Emulator::Emulator(const SimulatePoints& simulate, const Priors& priors, std::vector<double> centre,
                   std::vector<std::size_t> free, double step)
    : priors_(&priors), centre_(std::move(centre)), free_(std::move(free)) {
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
  std::vector<double> up(d);
  std::vector<Predictions> square(d, zero);
  linear_.assign(d, zero);
  for (std::size_t a = 0; a < d; ++a) {
    // Newton's form of the parabola through three points that are not equally far apart
    up[a] = distance(free_[a], centre_[free_[a]] + step);
    const double down = distance(free_[a], centre_[free_[a]] - step);
    const double width = up[a] - down;
    add(square[a], y[1 + 2 * a], 1.0 / (up[a] * width));
    add(square[a], y[2 + 2 * a], -1.0 / (down * width));
    add(square[a], base_, 1.0 / (up[a] * down));
    add(linear_[a], y[1 + 2 * a], 1.0 / up[a]);
    add(linear_[a], base_, -1.0 / up[a]);
    add(linear_[a], square[a], -up[a]);
  }
  std::size_t next = 1 + 2 * d;
  for (std::size_t a = 0; a < d; ++a) {
    quadratic_.push_back(square[a]);
    for (std::size_t b = a + 1; b < d; ++b, ++next) {
      Predictions cross = zero;
      const double area = up[a] * up[b];
      add(cross, y[next], 1.0 / area);
      add(cross, y[1 + 2 * a], -1.0 / area);
      add(cross, y[1 + 2 * b], -1.0 / area);
      add(cross, base_, 1.0 / area);
      quadratic_.push_back(std::move(cross));
    }
  }
}

Predictions Emulator::predict(std::span<const double> z) const {
  Predictions y = base_;
  std::vector<double> x;
  for (const std::size_t i : free_) x.push_back(distance(i, z[i]));
  std::size_t pair = 0;
  for (std::size_t a = 0; a < free_.size(); ++a) {
    if (x[a] != 0.0) add(y, linear_[a], x[a]);
    for (std::size_t b = a; b < free_.size(); ++b, ++pair) {
      if (x[a] != 0.0 && x[b] != 0.0) add(y, quadratic_[pair], x[a] * x[b]);
    }
  }
  return y;
}

}  // namespace chokepoint
