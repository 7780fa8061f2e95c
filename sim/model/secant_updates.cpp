#include "sim/model/secant_updates.hpp"

namespace chokepoint {
namespace {

/// Below this the corrected step would be many times the chord step: the secant model is not to be trusted.
constexpr double smallest_divisor = 0.1;

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

void SecantUpdates::correct(std::span<double> change) {
  for (std::size_t j = 0; j + 1 < steps_; ++j) {
    const double along = dot(step_[j], change) / square_[j];
    for (std::size_t i = 0; i < change.size(); ++i) change[i] += step_[j + 1][i] * along;
  }
  if (steps_ > 0) {
    const double divisor = 1.0 - dot(step_[steps_ - 1], change) / square_[steps_ - 1];
    if (divisor > smallest_divisor) {
      for (double& x : change) x /= divisor;
    } else {
      clear();
    }
  }
  if (step_.size() == steps_) {
    step_.emplace_back();
    square_.push_back(0.0);
  }
  step_[steps_].assign(change.begin(), change.end());
  square_[steps_] = dot(change, change);
  ++steps_;
}

}  // namespace chokepoint
