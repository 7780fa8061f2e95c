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

void release_generation(const Facts& facts, const std::string& vendor, double gain, Capability& capability) {
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].developer == vendor && usable(facts, capability, m)) capability.measured[m] += gain;
  }
}

}  // namespace

Capability initial_capability(const CapabilityParams& params, const Facts& facts) {
  Capability capability;
  for (const AiModel& model : facts.models) {
    capability.released.push_back(model.released <= facts.as_of ? 1 : 0);
    capability.measured.push_back(model.capability);
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
  return capability;
}

void release(const Facts& facts, std::size_t model, Capability& capability) {
  capability.released[model] = 1;
  const std::size_t vendor = facts.vendor(facts.models[model].developer);
  if (vendor == Facts::npos || !facts.models[model].usable()) return;
  capability.latent[vendor] = std::max(capability.latent[vendor], capability.measured[model]);
}

double best_open(const Facts& facts, const Capability& capability) {
  double best = 0.0;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].open && usable(facts, capability, m)) best = std::max(best, capability.measured[m]);
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

void step_capability(const CapabilityParams& params, const Facts& facts, std::span<const double> productive,
                     double months, Capability& capability) {
  CHOKEPOINT_EXPECT(productive.size() == facts.vendors.size());
  const double open = best_open(facts, capability);
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    double& latent = capability.latent[v];
    const std::size_t best = best_of(facts, capability, facts.vendors[v].id);
    if (best == Facts::npos) continue;
    const double staff = productive[v] > 0.0 ? power(productive[v], params.staff_weight)
                                             : (params.staff_weight > 0.0 ? 0.0 : 1.0);
    latent += months * (params.progress * staff + params.diffusion * std::max(0.0, open - latent));
    const double lead = latent - capability.measured[best];
    if (lead >= params.release_step) release_generation(facts, facts.vendors[v].id, lead, capability);
  }
}

}  // namespace chokepoint
