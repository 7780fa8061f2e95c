#include "sim/model/capability.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

bool usable(const Facts& facts, const Capability& capability, std::size_t model) {
  return capability.released[model] != 0 && facts.models[model].usable();
}

/// The vendor's best usable released model; npos when it has none.
std::size_t best_of(const Facts& facts, const Capability& capability, const std::string& vendor) {
  std::size_t best = Facts::npos;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].developer != vendor || !usable(facts, capability, m)) continue;
    if (best == Facts::npos || capability.measured[m] > capability.measured[best]) best = m;
  }
  return best;
}

void release_generation(const Facts& facts, const std::string& vendor, double gain, bool published,
                        Capability& capability) {
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].developer != vendor || !usable(facts, capability, m)) continue;
    capability.measured[m] += gain;
    if (facts.models[m].open && published) capability.weights[m] = capability.measured[m];
  }
}

double value_of(std::span<const double> values, std::size_t vendor) {
  return values.empty() ? 0.0 : values[vendor];
}

/// Given for every vendor, or not at all.
template <class T>
bool one_per_vendor(std::span<const T> given, std::size_t vendors) {
  return given.empty() || given.size() == vendors;
}

/// [vendor] index points of the best closed model of another vendor; 0 when there is none.
std::vector<double> closed_frontiers(const Facts& facts, const Capability& capability) {
  std::vector<double> points;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const std::size_t model = closed_frontier(facts, capability.released, capability.measured, v);
    points.push_back(model == Facts::npos ? 0.0 : capability.measured[model]);
  }
  return points;
}

ResearchGains no_gains(std::size_t vendors) {
  const std::vector<double> none(vendors, 0.0);
  return {none, none, none, none, none};
}

void add_up(const std::vector<double>& gains, std::vector<double>& sums) {
  for (std::size_t v = 0; v < gains.size(); ++v) sums[v] += gains[v];
}

void add_up(const ResearchGains& gains, ResearchGains& sums) {
  add_up(gains.own, sums.own);
  add_up(gains.diffused, sums.diffused);
  add_up(gains.distilled, sums.distilled);
  add_up(gains.induced, sums.induced);
  add_up(gains.from_compute, sums.from_compute);
}

/// Productive staff counts by a power; with exponent 0 it does not count at all.
double staff_factor(const CapabilityParams& params, double productive) {
  if (productive > 0.0) return power(productive, params.staff_weight);
  return params.staff_weight > 0.0 ? 0.0 : 1.0;
}

/// Terms of the law for one vendor; adds them to its latent capability.
void advance(const CapabilityParams& params, const ResearchInputs& inputs, std::size_t v, double open,
             double frontier, double months, double& latent, ResearchGains& gains) {
  const double unaided = std::max(0.0, params.progress - value_of(inputs.distilled_at_start, v));
  const double own = unaided * staff_factor(params, inputs.productive[v]);
  const double diffused = params.diffusion * std::max(0.0, open - latent);
  const double queried = value_of(inputs.frontier_access, v) * (1.0 - inputs.policing);
  const double distilled = params.distillation * queried * std::max(0.0, frontier - latent);
  const double scarcity = std::max(0.0, value_of(inputs.compute_gap, v));
  const double induced = params.induced_innovation * params.algorithm_progress * scarcity;
  const double from_compute = params.compute_weight * value_of(inputs.compute_growth, v);
  latent += months * (own + diffused + distilled + induced);
  latent += from_compute;
  gains.own[v] = months * own;
  gains.diffused[v] = months * diffused;
  gains.distilled[v] = months * distilled;
  gains.induced[v] = months * induced;
  gains.from_compute[v] = from_compute;
}

}  // namespace

Capability initial_capability(const CapabilityParams& params, const Facts& facts) {
  Capability capability;
  for (const AiModel& model : facts.models) {
    capability.released.push_back(model.released <= facts.as_of ? 1 : 0);
    capability.measured.push_back(model.capability);
    capability.weights.push_back(model.open && capability.released.back() != 0 ? model.capability : 0.0);
  }
  for (const Vendor& vendor : facts.vendors) {
    const std::size_t best = best_of(facts, capability, vendor.id);
    if (best == Facts::npos) {
      capability.latent.push_back(0.0);
      continue;
    }
    const double months = (facts.as_of - facts.models[best].released) / days_per_month;
    capability.latent.push_back(capability.measured[best] +
                                std::min(params.release_step, params.progress * months));
  }
  capability.gained = no_gains(facts.vendors.size());
  return capability;
}

void release(const Facts& facts, std::size_t model, Capability& capability) {
  capability.released[model] = 1;
  if (facts.models[model].open) {  // what is announced is the model of the data, not a later generation of it
    capability.weights[model] = std::max(capability.weights[model], facts.models[model].capability);
  }
  const std::size_t vendor = facts.vendor(facts.models[model].developer);
  if (vendor == Facts::npos || !facts.models[model].usable()) return;
  capability.latent[vendor] = std::max(capability.latent[vendor], capability.measured[model]);
}

double best_open(const Facts& facts, const Capability& capability) {
  double best = 0.0;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].open && usable(facts, capability, m)) best = std::max(best, capability.weights[m]);
  }
  return best;
}

double best_released(const Facts& facts, const Capability& capability) {
  double best = 0.0;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (usable(facts, capability, m)) best = std::max(best, capability.measured[m]);
  }
  return best;
}

std::size_t closed_frontier(const Facts& facts, std::span<const char> released,
                            std::span<const double> measured, std::size_t but) {
  CHOKEPOINT_EXPECT(released.size() == facts.models.size() && measured.size() == facts.models.size());
  std::size_t best = Facts::npos;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    const AiModel& model = facts.models[m];
    if (model.open || released[m] == 0 || !model.usable()) continue;
    const std::size_t vendor = facts.vendor(model.developer);
    if (vendor == Facts::npos || vendor == but) continue;
    if (best == Facts::npos || measured[m] > measured[best]) best = m;
  }
  return best;
}

ResearchGains step_capability(const CapabilityParams& params, const Facts& facts,
                              const ResearchInputs& inputs, double months, Capability& capability) {
  const std::size_t vendors = facts.vendors.size();
  CHOKEPOINT_EXPECT(inputs.productive.size() == vendors);
  CHOKEPOINT_EXPECT(one_per_vendor(inputs.compute_growth, vendors));
  CHOKEPOINT_EXPECT(one_per_vendor(inputs.compute_gap, vendors));
  CHOKEPOINT_EXPECT(one_per_vendor(inputs.frontier_access, vendors));
  CHOKEPOINT_EXPECT(one_per_vendor(inputs.publishes, vendors));
  CHOKEPOINT_EXPECT(inputs.policing >= 0.0 && inputs.policing <= 1.0);
  const double open = best_open(facts, capability);
  const std::vector<double> frontier = closed_frontiers(facts, capability);
  ResearchGains gains = no_gains(vendors);
  for (std::size_t v = 0; v < vendors; ++v) {
    double& latent = capability.latent[v];
    const std::size_t best = best_of(facts, capability, facts.vendors[v].id);
    if (best == Facts::npos) continue;
    advance(params, inputs, v, open, frontier[v], months, latent, gains);
    const double lead = latent - capability.measured[best];
    const bool published = inputs.publishes.empty() || inputs.publishes[v] != 0;
    if (lead >= params.release_step) {
      release_generation(facts, facts.vendors[v].id, lead, published, capability);
    }
  }
  add_up(gains, capability.gained);
  return gains;
}

}  // namespace chokepoint
