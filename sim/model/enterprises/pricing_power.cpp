#include "sim/model/enterprises/pricing_power.hpp"

namespace chokepoint {
namespace {

constexpr double highest_lerner = 0.99;

/// Sums over the menus of a region, by closed product of a vendor: [vendor][region].
struct ClosedDemand {
  std::vector<double> tokens;   ///< per seat of the region
  std::vector<double> elastic;  ///< tokens times elasticity
  std::vector<double> spend;    ///< per seat of the world
};

ClosedDemand closed_demand(const Facts& facts, const EnterpriseParams& params, const EnterpriseSetup& setup,
                           const EnterpriseDemand& demand, const DenialHazard& hazard) {
  const Demand now{facts, params.tastes, setup.products, setup.tastes, demand.offers, hazard};
  const std::size_t cells = facts.vendors.size() * region_count;
  ClosedDemand sum{std::vector<double>(cells), std::vector<double>(cells), std::vector<double>(cells)};
  for (const Menu& menu : setup.menus) {
    if (!(menu.weight > 0.0)) continue;
    const std::size_t region = index(menu.kind.region);
    const std::vector<double> share = shares_of_menu(now, menu);
    for (std::size_t j = 0; j < share.size(); ++j) {
      if (setup.products[j].kind != ProductKind::closed || !(share[j] > 0.0)) continue;
      const std::size_t cell = setup.products[j].vendor * region_count + region;
      const std::size_t at = index(menu.kind) * share.size() + j;
      const double tokens = menu.weight * share[j] * demand.use.tokens[at];
      sum.tokens[cell] += tokens;
      sum.elastic[cell] += tokens * own_price_elasticity(params, setup.products, share, j);
      sum.spend[cell] += menu.weight * share[j] * demand.use.spend[at] * facts.workforce[region].spend_share;
    }
  }
  return sum;
}

double lerner_of(const ClosedDemand& sum, std::size_t cell) {
  return sum.tokens[cell] > 0.0 ? lerner_index(sum.elastic[cell] / sum.tokens[cell]) : 0.0;
}

}  // namespace

double own_price_elasticity(const EnterpriseParams& params, const std::vector<Product>& products,
                            std::span<const double> share, std::size_t product) {
  double nest = 0.0;
  for (std::size_t j = 0; j < share.size(); ++j) {
    if (products[j].nest == products[product].nest) nest += share[j];
  }
  if (!(nest > 0.0) || !(share[product] > 0.0)) return params.use.token_elasticity;
  const double within = 1.0 / params.tastes.nest_scale;
  return params.tastes.price_weight * (within - (within - 1.0) * share[product] / nest - share[product]) +
         params.use.token_elasticity;
}

double lerner_index(double elasticity) {
  return elasticity * highest_lerner > 1.0 ? 1.0 / elasticity : highest_lerner;
}

std::vector<double> lerner_by_region(const Facts& facts, const EnterpriseParams& params,
                                     const EnterpriseSetup& setup, const EnterpriseDemand& demand,
                                     const DenialHazard& hazard) {
  const ClosedDemand sum = closed_demand(facts, params, setup, demand, hazard);
  std::vector<double> lerner(sum.tokens.size());
  for (std::size_t cell = 0; cell < lerner.size(); ++cell) lerner[cell] = lerner_of(sum, cell);
  return lerner;
}

std::vector<double> lerner_of_vendors(const Facts& facts, const EnterpriseParams& params,
                                      const EnterpriseSetup& setup, const EnterpriseDemand& demand,
                                      const DenialHazard& hazard) {
  const ClosedDemand sum = closed_demand(facts, params, setup, demand, hazard);
  std::vector<double> lerner(facts.vendors.size(), 0.0);
  for (std::size_t v = 0; v < lerner.size(); ++v) {
    double spend = 0.0;
    for (std::size_t r = 0; r < region_count; ++r) {
      const std::size_t cell = v * region_count + r;
      spend += sum.spend[cell];
      lerner[v] += sum.spend[cell] * lerner_of(sum, cell);
    }
    lerner[v] = spend > 0.0 ? lerner[v] / spend : 0.0;
  }
  return lerner;
}

}  // namespace chokepoint
