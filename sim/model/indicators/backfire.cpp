#include "sim/model/indicators/backfire.hpp"

#include <array>

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

bool has_usable_model(const Facts& facts, const Capability& capability, const std::string& vendor) {
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].developer == vendor && capability.released[m] != 0 && facts.models[m].usable()) {
      return true;
    }
  }
  return false;
}

}  // namespace

double effective_compute(const CapabilityParams& params, const Facts& facts, const Capability& capability,
                         Region region) {
  CHOKEPOINT_EXPECT(capability.latent.size() == facts.vendors.size());
  const double weight =
      params.compute_weight > 0.0 ? params.compute_weight : CapabilityParams{}.compute_weight;
  double sum = 0.0;
  double vendors = 0.0;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (facts.vendors[v].home != region || !has_usable_model(facts, capability, facts.vendors[v].id))
      continue;
    sum += capability.latent[v] / weight;
    vendors += 1.0;
  }
  return vendors > 0.0 ? sum / vendors : 0.0;
}

double third_country_share(const Facts& facts, std::span<const double> vendor_spend, Region region) {
  CHOKEPOINT_EXPECT(vendor_spend.size() == facts.vendors.size() * region_count);
  constexpr std::array<Region, 2> third_countries{Region::hk, Region::row};
  double on_region = 0.0;
  double all = 0.0;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    for (const Region users : third_countries) {
      if (users == region) continue;
      const double spend = vendor_spend[v * region_count + index(users)];
      all += spend;
      if (facts.vendors[v].home == region) on_region += spend;
    }
  }
  return all > 0.0 ? on_region / all : 0.0;
}

}  // namespace chokepoint
