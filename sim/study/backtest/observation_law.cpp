#include "sim/study/backtest/observation_law.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

constexpr double freedom = 5.0;
const double unit = std::sqrt(freedom / (freedom - 2.0));  // sd of the t distribution before scaling

/// Equally spaced nodes of the shared shock, in its sd, with normal weights that sum to 1.
struct Nodes {
  static constexpr std::size_t count = 41;
  std::array<double, count> at{}, weight{};

  Nodes() {
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
      at[i] = -4.0 + 8.0 * static_cast<double>(i) / static_cast<double>(count - 1);
      weight[i] = exponential(-0.5 * at[i] * at[i]);
      sum += weight[i];
    }
    for (double& w : weight) w /= sum;
  }
};
const Nodes nodes;

double shared_sd(const ObservationLaw& law, std::span<const LawRow> rows) {
  std::vector<double> sd;
  for (const LawRow& row : rows) sd.push_back(row.noise_sd);
  std::sort(sd.begin(), sd.end());
  const double median = 0.5 * (sd[(sd.size() - 1) / 2] + sd[sd.size() / 2]);
  return median * std::sqrt(law.shared);
}

double own_sd(const ObservationLaw& law, const LawRow& row) {
  const double noise = row.noise_sd * row.noise_sd * (1.0 - law.shared);
  const double model = law.model_error * row.simulated;
  return std::sqrt(noise + model * model);
}

/// Chi-squared with 5 degrees of freedom from five normals.
double chi_squared(const RandomStream& random, std::uint32_t subject, std::uint32_t step) {
  double sum = 0.0;
  for (std::uint32_t i = 0; i < 5; ++i) {
    const double z = random.normal(Decision::observation_tail, subject, 5 * step + i);
    sum += z * z;
  }
  return sum;
}

}  // namespace

double window_sd(const ObservationLaw& law, double residual_sd, std::size_t window) {
  if (window == 0) return residual_sd;
  return std::sqrt(static_cast<double>(window_end[window] + 1)) * residual_sd * law.later_news;
}

double student_density(double x) {
  const double t = x * unit;
  const double root = 1.0 + t * t / freedom;
  return 8.0 / (3.0 * std::numbers::pi * std::sqrt(freedom)) / (root * root * root) * unit;
}

double student_distribution(double x) {
  const double t = x * unit / std::sqrt(freedom);
  const double root = 1.0 + t * t;
  return 0.5 + (std::atan(t) + t / root * (1.0 + 2.0 / (3.0 * root))) / std::numbers::pi;
}

double log_density(const ObservationLaw& law, std::span<const LawRow> rows) {
  if (rows.empty()) return 0.0;
  const double shock = shared_sd(law, rows);
  std::array<double, Nodes::count> log_term{};
  for (const LawRow& row : rows) {
    const double sd = own_sd(law, row);
    for (std::size_t i = 0; i < Nodes::count; ++i) {
      const double x = (row.observed - row.simulated - shock * nodes.at[i]) / sd;
      log_term[i] += logarithm(student_density(x) / sd);
    }
  }
  const double highest = *std::max_element(log_term.begin(), log_term.end());
  double sum = 0.0;
  for (std::size_t i = 0; i < Nodes::count; ++i) sum += nodes.weight[i] * exponential(log_term[i] - highest);
  return highest + logarithm(sum);
}

double all_within(const ObservationLaw& law, std::span<const LawRow> rows, double bound) {
  if (rows.empty()) return 1.0;
  const double shock = shared_sd(law, rows);
  double total = 0.0;
  for (std::size_t i = 0; i < Nodes::count; ++i) {
    double product = 1.0;
    for (const LawRow& row : rows) {
      const double sd = own_sd(law, row);
      const double centre = row.simulated + shock * nodes.at[i];
      const double limit = bound * row.noise_sd;
      product *= student_distribution((limit - centre) / sd) - student_distribution((-limit - centre) / sd);
    }
    total += nodes.weight[i] * product;
  }
  return total;
}

double draw_observation(const ObservationLaw& law, double simulated, double noise_sd,
                        const RandomStream& random, std::uint32_t subject, std::uint32_t step) {
  const double shared =
      noise_sd * std::sqrt(law.shared) * random.normal(Decision::observation_shared, subject, step);
  const double tail = random.normal(Decision::observation_own, subject, step) /
                      std::sqrt(chi_squared(random, subject, step) / freedom) / unit;
  return simulated + shared + own_sd(law, {0.0, simulated, noise_sd}) * tail;
}

}  // namespace chokepoint
