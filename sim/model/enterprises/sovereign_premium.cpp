#include "sim/model/enterprises/sovereign_premium.hpp"

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// R [vendor], per seat of the world.
std::vector<double> expected_spend(const Demand& demand, const std::vector<Menu>& menus,
                                   const UseTable& use) {
  std::vector<double> spend(demand.facts.vendors.size(), 0.0);
  for (const Menu& menu : menus) {
    const double weight = menu.weight * demand.facts.workforce[index(menu.kind.region)].spend_share;
    if (!(weight > 0.0)) continue;
    const std::vector<double> share = shares_of_menu(demand, menu);
    for (std::size_t j = 0; j < share.size(); ++j) {
      const std::size_t vendor = demand.products[j].vendor;
      if (vendor == Facts::npos) continue;
      spend[vendor] += weight * share[j] * use.spend[index(menu.kind) * share.size() + j];
    }
  }
  return spend;
}

}  // namespace

std::vector<double> sovereign_premium(const Facts& facts, const EnterpriseParams& params,
                                      const EnterpriseSetup& setup, const EnterpriseDemand& demand,
                                      const DenialHazard& hazard) {
  const DenialHazard none{};
  const auto spend = [&](const DenialHazard& h) {
    return expected_spend({facts, params.tastes, setup.products, setup.tastes, demand.offers, h}, setup.menus,
                          demand.use);
  };
  const std::vector<double> feared = spend(hazard);
  const std::vector<double> calm = spend(none);
  std::vector<double> premium(facts.vendors.size(), 0.0);
  for (std::size_t v = 0; v < premium.size(); ++v) {
    if (!(calm[v] > 0.0)) continue;
    premium[v] = logarithm(1.0 + facts.vendors[v].metered_share * (feared[v] / calm[v] - 1.0));
  }
  return premium;
}

double willingness_to_pay(const TasteParams& params, double hazard) {
  if (!(params.price_weight > 0.0)) return 0.0;
  return exponential(params.hazard_aversion * hazard / params.price_weight) - 1.0;
}

}  // namespace chokepoint
