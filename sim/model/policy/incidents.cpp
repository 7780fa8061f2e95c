#include "sim/model/policy/incidents.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// Integral of t^(a-1) (1-t)^(b-1) over [0, x], x in [0, 1/2], by the binomial series.
double incomplete_beta(double x, double a, double b) {
  constexpr int terms = 80;  // at x = 1/2 the last term is 2^-80 of the first, times a power of 80
  if (!(x > 0.0)) return 0.0;
  double coefficient = 1.0;
  double sum = 0.0;
  for (int n = 0; n < terms; ++n) {
    sum += coefficient / (a + n);
    coefficient *= (n + 1 - b) / (n + 1) * x;
  }
  return power(x, a) * sum;
}

/// x in [0, 1/2] at which the integral above is `area`. Bisection in x^a: near zero, where the density of a
/// small a is infinite, the integral is straight in x^a.
double inverse_incomplete_beta(double area, double a, double b) {
  double low = 0.0;
  double high = power(0.5, a);
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (low + high);
    if (incomplete_beta(power(middle, 1.0 / a), a, b) < area) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return power(high, 1.0 / a);
}

std::size_t most_capable(std::span<const double> capability, std::span<const char> candidate) {
  std::size_t best = capability.size();
  for (std::size_t m = 0; m < capability.size(); ++m) {
    if (!candidate[m]) continue;
    if (best == capability.size() || capability[m] > capability[best]) best = m;
  }
  return best;
}

}  // namespace

double uplift_quantile(const IncidentParams& params, double chance) {
  CHOKEPOINT_EXPECT(chance > 0.0 && chance < 1.0);
  const double a = params.uplift_mean * params.uplift_concentration;
  const double b = params.uplift_concentration - a;
  const double lower = incomplete_beta(0.5, a, b);
  const double upper = incomplete_beta(0.5, b, a);
  const double area = chance * (lower + upper);
  if (area <= lower) return inverse_incomplete_beta(area, a, b);
  return 1.0 - inverse_incomplete_beta(lower + upper - area, b, a);
}

bool is_available_elsewhere(const IncidentParams& params, std::size_t model,
                            std::span<const double> capability, std::span<const char> public_elsewhere) {
  CHOKEPOINT_EXPECT(model < capability.size() && public_elsewhere.size() == capability.size());
  for (std::size_t m = 0; m < capability.size(); ++m) {
    if (m == model || !public_elsewhere[m]) continue;
    if (capability[m] >= capability[model] - params.uplift_margin) return true;
  }
  return false;
}

Incident draw_incident(const IncidentParams& params, Region government, std::span<const double> capability,
                       std::span<const char> candidate, std::span<const char> public_elsewhere,
                       double rival_report, double months, const RandomStream& random, std::uint32_t month) {
  CHOKEPOINT_EXPECT(candidate.size() == capability.size() && public_elsewhere.size() == capability.size());
  CHOKEPOINT_EXPECT(months >= 0.0);
  Incident incident;
  const std::size_t best = most_capable(capability, candidate);
  if (best == capability.size() || !(params.rate > 0.0)) return incident;
  const auto subject = static_cast<std::uint32_t>(government);
  const double chance = 1.0 - exponential(-params.rate * months);
  if (!(random.uniform(Decision::incident_arrival, subject, month) < chance)) return incident;
  const double z = random.normal(Decision::incident_perception, subject, month);
  incident.happened = true;
  incident.model = best;
  incident.uplift = uplift_quantile(params, random.uniform(Decision::incident_uplift, subject, month));
  incident.perceived =
      std::clamp(incident.uplift + params.noise * z + params.rival_bias * rival_report, 0.0, 1.0);
  incident.triggered = incident.perceived > params.threshold;
  incident.false_trigger = incident.triggered && incident.uplift <= params.threshold;
  incident.available_elsewhere = is_available_elsewhere(params, best, capability, public_elsewhere);
  return incident;
}

double control_uplift(const Incident& incident) {
  return incident.happened && !incident.available_elsewhere ? incident.uplift : 0.0;
}

void count_incident(const Incident& incident, IncidentCounts& counts) {
  if (!incident.happened) return;
  ++counts.incidents;
  counts.triggered += incident.triggered;
  counts.false_triggers += incident.false_trigger;
  counts.without_uplift += incident.triggered && incident.available_elsewhere;
}

}  // namespace chokepoint
