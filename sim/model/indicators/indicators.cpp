#include "sim/model/indicators/indicators.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/model/economy.hpp"
#include "sim/model/enterprises/routing.hpp"
#include "sim/model/enterprises/sovereign_premium.hpp"
#include "sim/model/indicators/backfire.hpp"
#include "sim/model/indicators/bifurcation.hpp"
#include "sim/model/indicators/bridge_index.hpp"

namespace chokepoint {
namespace {

constexpr double smallest_metered_share = 0.1;

/// Demand that no legal channel met, and what was smuggled or rented instead, of Chinese parents in a month.
EffectiveDenial chips_of(const Facts& facts, const ComputeState& compute, Region region) {
  double smuggled = 0.0;
  double rented = 0.0;
  double bought = 0.0;
  double denied = 0.0;
  for (std::size_t v = 0; v < compute.bought.size(); ++v) {
    if (facts.vendors[v].home != region) continue;
    double total = 0.0;
    for (const double chips : compute.bought[v]) total += chips;
    const double of_smugglers = compute.bought[v][index(ChipChannel::smuggled)];
    const double abroad = compute.bought[v][index(ChipChannel::rented)];
    const double met = 1.0 - compute.unmet[v];
    const double wish = met > 0.0 ? total / met : 0.0;
    smuggled += of_smugglers;
    rented += abroad;
    bought += wish;
    denied += wish - (total - of_smugglers - abroad);
  }
  return bought > 0.0 ? chips_denial(bought, denied, smuggled, rented) : EffectiveDenial{};
}

/// Net arrivals since T0 over the stock of T0, one added.
double inflow(const Talent& talent, std::size_t place) {
  double net = 0.0;
  double stock = 0.0;
  for (std::size_t n = 0; n < nationality_count; ++n) {
    stock += static_cast<double>(talent.stock_t0[n][place]);
    for (std::size_t other = 0; other < region_count; ++other) {
      net += static_cast<double>(talent.moved[n][other][place] - talent.moved[n][place][other]);
    }
  }
  return stock > 0.0 ? std::max(0.0, 1.0 + net / stock) : 0.0;
}

double index_of_bridge(const Economy& economy, const std::array<double, region_count>& routed) {
  constexpr std::size_t us = index(Region::us), cn = index(Region::cn), hk = index(Region::hk);
  const auto& region = economy.usage.region;
  const double desks = economy.usage.hong_kong_desks.staff > 0.0 ? economy.usage.hong_kong_desks.efficiency
                                                                 : region[hk].efficiency;
  const std::array<double, 4> ratios{
      bridge_ratio(region[hk].access, region[us].access, region[cn].access),
      bridge_ratio(desks, region[us].efficiency, region[cn].efficiency),
      bridge_ratio(inflow(economy.talent, hk), inflow(economy.talent, us), inflow(economy.talent, cn)),
      bridge_ratio(routed[hk], routed[us], routed[cn])};
  return bridge_index(ratios);
}

/// [bn USD] at T0: market value of all lines of the firm, or its mark.
double value_at_start(const Facts& facts, std::size_t firm) {
  if (!facts.firms[firm].listed) return facts.firms[firm].mark_bn_usd;
  double value = 0.0;
  for (const Line& line : facts.lines) {
    if (line.firm == firm) value += line.cap_bn_usd();
  }
  return value;
}

bool has_open_model(const Facts& facts, const std::string& vendor) {
  return std::any_of(facts.models.begin(), facts.models.end(),
                     [&](const AiModel& model) { return model.open && model.developer == vendor; });
}

PremiumRegression regress(const EconomyDay& today, const Economy& economy) {
  const Facts& facts = today.facts;
  const std::vector<double> safe = non_revocable_share(
      today.params.premium, facts, today.setup.enterprises.products, economy.usage, economy.hazard);
  std::vector<double> value, growth, capability, open, non_revocable;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const Vendor& vendor = facts.vendors[v];
    const double start = value_at_start(facts, vendor.firm);
    const double ratio = economy.spend_at_start[v] > 0.0 ? revenue_ratio(economy, v) : 0.0;
    if (vendor.metered_share < smallest_metered_share || !(start > 0.0) || !(ratio > 0.0)) continue;
    const double change = today.firm_value.empty() ? 0.0 : today.firm_value[v];
    value.push_back(logarithm(start * 1e9 / (vendor.revenue_usd * ratio)) + change);
    growth.push_back(logarithm(ratio));
    capability.push_back(economy.capability.latent[v]);
    open.push_back(has_open_model(facts, vendor.id) ? 1.0 : 0.0);
    non_revocable.push_back(safe[v] > 0.5 ? 1.0 : 0.0);
  }
  return regress_premium(value, growth, capability, open, non_revocable);
}

}  // namespace

Indicators measure_indicators(const EconomyDay& today, const Economy& economy) {
  const Facts& facts = today.facts;
  const auto& reading = today.params.enterprises.population.reading_share;
  Indicators all;
  all.bifurcation_of_use = bifurcation(usage_links(facts.vendors, economy.usage.vendor_spend));
  all.bifurcation_of_talent = bifurcation(talent_links(economy.talent.stock));
  all.concentration = concentration(economy.usage.vendor_spend);
  for (std::size_t r = 0; r < region_count; ++r) {
    const auto region = static_cast<Region>(r);
    all.third_country_share[r] = third_country_share(facts, economy.usage.vendor_spend, region);
    all.effective_compute[r] = effective_compute(today.params.capability, facts, economy.capability, region);
    all.routed[r] = routed_share(facts, economy.demand.offers, economy.enterprises, region);
    all.leaky[r] = leaky_share(facts, economy.demand.offers, economy.enterprises, region);
    all.denial[index(DeniedObject::weights)][r] =
        weights_denial(facts, economy.access, reading, region, Region::cn);
    all.denial[index(DeniedObject::interface)][r] =
        interface_denial(facts, economy.access, reading, region, Region::us);
    all.willingness_to_pay[r] =
        willingness_to_pay(today.params.enterprises.tastes, economy.hazard[index(Region::us)][r]);
    all.denial[index(DeniedObject::chips)][r] = chips_of(facts, economy.compute, region);
  }
  all.bridge_index = index_of_bridge(economy, all.routed);
  all.premium = regress(today, economy);
  return all;
}

}  // namespace chokepoint
