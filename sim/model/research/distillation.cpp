#include "sim/model/research/distillation.hpp"

#include <algorithm>

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

Nationality nationals_of(Region home) {
  switch (home) {
    case Region::us:
      return Nationality::us;
    case Region::cn:
      return Nationality::cn;
    case Region::hk:
      return Nationality::hk;
    case Region::row:
      break;
  }
  return Nationality::row;
}

bool served_to_somebody(const AccessTensor& access, std::size_t model) {
  for (std::size_t c = 0; c < user_cell_count; ++c) {
    if (access.serves(model, user_cell(c))) return true;
  }
  return false;
}

bool same_source(const PolicingChanges& a, const PolicingChanges& b) {
  if (a.measure == b.measure) return true;
  return a.vendor == b.vendor && (a.vendor != Facts::npos || a.government == b.government);
}

}  // namespace

void change_policing(const PolicingChanges& change, Policing& policing) {
  CHOKEPOINT_EXPECT(change.level >= 0.0 && change.level <= 1.0);
  std::erase_if(policing.in_force, [&](const PolicingChanges& one) { return same_source(one, change); });
  if (change.level > 0.0) policing.in_force.push_back(change);
}

double policing_of(const Facts& facts, const Policing& policing, std::size_t frontier_vendor) {
  if (frontier_vendor == Facts::npos) return 0.0;
  double level = 0.0;
  for (const PolicingChanges& one : policing.in_force) {
    const bool covers = one.vendor == Facts::npos ? facts.vendors[frontier_vendor].home == one.government
                                                  : one.vendor == frontier_vendor;
    if (covers) level = std::max(level, one.level);
  }
  return level;
}

std::vector<double> frontier_access(const CapabilityParams& params, const Facts& facts,
                                    const AccessTensor& access, std::span<const char> released,
                                    std::span<const double> measured) {
  CHOKEPOINT_EXPECT(access.models() == facts.models.size());
  std::vector<double> as_of_start;
  if (measured.empty()) {
    for (const AiModel& model : facts.models) as_of_start.push_back(model.capability);
    measured = as_of_start;
  }
  std::vector<double> shares;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const std::size_t model = closed_frontier(facts, released, measured, v);
    const Region home = facts.vendors[v].home;
    if (model == Facts::npos || !served_to_somebody(access, model)) {
      shares.push_back(0.0);
    } else if (access.serves(model, {home, nationals_of(home), home})) {
      shares.push_back(1.0);
    } else {
      shares.push_back(params.proxy_access);
    }
  }
  return shares;
}

std::vector<double> distillation_rates(const CapabilityParams& params, const Facts& facts,
                                       const Capability& capability, std::span<const double> access,
                                       double policing) {
  std::vector<double> rates(facts.vendors.size(), 0.0);
  for (std::size_t v = 0; v < rates.size(); ++v) {
    const std::size_t front = closed_frontier(facts, capability.released, capability.measured, v);
    if (front == Facts::npos || !(capability.latent[v] > 0.0)) continue;
    const double gap = std::max(0.0, capability.measured[front] - capability.latent[v]);
    rates[v] = params.distillation * access[v] * (1.0 - policing) * gap;
  }
  return rates;
}

double distilled_share(const ResearchGains& gained, std::size_t vendor) {
  const double all = gained.own[vendor] + gained.diffused[vendor] + gained.distilled[vendor] +
                     gained.induced[vendor] + std::max(0.0, gained.from_compute[vendor]);
  return all > 0.0 ? gained.distilled[vendor] / all : 0.0;
}

}  // namespace chokepoint
