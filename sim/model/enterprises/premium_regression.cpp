#include "sim/model/enterprises/premium_regression.hpp"

#include <array>
#include <cmath>

#include "sim/base/check.hpp"
#include "sim/model/linear_solver.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t slopes = 4;  // the last is the premium
constexpr double highest_inflation = 1e8;

/// A variable less its mean, in units of its own spread.
struct Centred {
  std::vector<double> value;
  double spread = 0;  ///< root of the sum of squares about the mean; 0 for a constant
};

Centred centre(std::span<const double> raw) {
  Centred centred{{raw.begin(), raw.end()}, 0.0};
  double mean = 0.0, about_zero = 0.0, about_mean = 0.0;
  for (const double x : raw) mean += x / static_cast<double>(raw.size());
  for (double& x : centred.value) {
    about_zero += x * x;
    x -= mean;
    about_mean += x * x;
  }
  // A constant leaves rounding only.
  if (!(about_mean > 1e-20 * about_zero)) return centred;
  centred.spread = std::sqrt(about_mean);
  for (double& x : centred.value) x /= centred.spread;
  return centred;
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// Diagonal of the inverse correlation matrix, the last one returned; 0 when any says "collinear".
double inflation(const LuFactor& correlations) {
  double last = 0.0;
  for (std::size_t k = 0; k < slopes; ++k) {
    std::array<double, slopes> unit{};
    unit[k] = 1.0;
    correlations.solve(unit);
    if (!(unit[k] > 0.0 && unit[k] < highest_inflation)) return 0.0;
    last = unit[k];
  }
  return last;
}

using Regressors = std::array<Centred, slopes>;

/// Least squares on centred, scaled variables; false when the regressors are collinear.
struct Fit {
  std::array<double, slopes> slope{};
  double inflation = 0;  ///< of the variance of the last slope
  bool identified = false;
};

Fit fit(const Regressors& x, const Centred& y) {
  Fit result;
  std::array<double, slopes * slopes> correlation;
  for (std::size_t k = 0; k < slopes; ++k) {
    if (!(x[k].spread > 0.0)) return result;
    for (std::size_t l = 0; l < slopes; ++l) correlation[k * slopes + l] = dot(x[k].value, x[l].value);
    result.slope[k] = dot(x[k].value, y.value);
  }
  LuFactor factor;
  if (!factor.factor(correlation, slopes)) return result;
  result.inflation = inflation(factor);
  result.identified = result.inflation > 0.0;
  factor.solve(result.slope);
  return result;
}

double sum_of_squares(const Fit& fitted, const Regressors& x, const Centred& y) {
  double sum = 0.0;
  for (std::size_t i = 0; i < y.value.size(); ++i) {
    double e = y.value[i];
    for (std::size_t k = 0; k < slopes; ++k) e -= fitted.slope[k] * x[k].value[i];
    sum += e * e;
  }
  return sum;
}

}  // namespace

PremiumRegression regress_premium(std::span<const double> log_value_to_revenue,
                                  std::span<const double> growth, std::span<const double> capability,
                                  std::span<const double> open, std::span<const double> non_revocable) {
  const std::size_t n = log_value_to_revenue.size();
  CHOKEPOINT_EXPECT(growth.size() == n && capability.size() == n);
  CHOKEPOINT_EXPECT(open.size() == n && non_revocable.size() == n);
  PremiumRegression result;
  result.n = static_cast<int>(n);
  if (n <= slopes + 1) return result;
  const Regressors x{centre(growth), centre(capability), centre(open), centre(non_revocable)};
  const Centred y = centre(log_value_to_revenue);
  const Fit fitted = fit(x, y);
  if (!fitted.identified) return result;
  // A constant y is rounding about its mean, not scaled: nothing to explain.
  const double scale = y.spread / x[slopes - 1].spread;
  const double variance = sum_of_squares(fitted, x, y) / static_cast<double>(n - slopes - 1);
  result.coefficient = fitted.slope[slopes - 1] * scale;
  result.standard_error = std::sqrt(variance * fitted.inflation) * scale;
  result.identified = true;
  return result;
}

std::vector<double> non_revocable_share(const PremiumRegressionParams& params, const Facts& facts,
                                        const std::vector<Product>& products, const Usage& usage,
                                        const DenialHazard& hazard) {
  std::vector<double> safe(facts.vendors.size(), 0.0), all(facts.vendors.size(), 0.0);
  for (std::size_t r = 0; r < region_count; ++r) {
    for (std::size_t j = 0; j < products.size(); ++j) {
      const std::size_t vendor = products[j].vendor;
      if (vendor == Facts::npos) continue;
      const double spend = usage.region[r].staff * usage.spend[r * products.size() + j];
      const bool feared = products[j].kind == ProductKind::closed &&
                          hazard[index(facts.vendors[vendor].home)][r] > params.calm_hazard;
      all[vendor] += spend;
      if (!feared) safe[vendor] += spend;
    }
  }
  for (std::size_t v = 0; v < safe.size(); ++v) safe[v] = all[v] > 0.0 ? safe[v] / all[v] : 0.0;
  return safe;
}

}  // namespace chokepoint
