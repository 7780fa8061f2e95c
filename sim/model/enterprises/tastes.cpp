#include "sim/model/enterprises/tastes.hpp"

#include <limits>

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"
#include "sim/model/enterprises/nested_logit.hpp"
#include "sim/model/enterprises/routing.hpp"

namespace chokepoint {
namespace {

constexpr double never = -std::numeric_limits<double>::infinity();
constexpr double tolerance = 1e-10;
constexpr int most_rounds = 2000;

double magnitude(double x) { return x < 0.0 ? -x : x; }

/// Shares of the usage table [product].
std::vector<double> observed_shares(const Demand& demand, Region region) {
  std::vector<double> share(demand.products.size(), 0.0);
  for (const UsageShare& row : demand.facts.usage) {
    const std::size_t j = product_of(demand.products, demand.facts.vendor(row.vendor), row.kind);
    if (row.region == region && j != Facts::npos) share[j] += row.share;
  }
  return share;
}

/// The same, scaled to sum to 1 over the products that some menu of the region holds.
std::vector<double> reachable_shares(const Demand& demand, const std::vector<Menu>& menus, Region region) {
  const std::size_t products = demand.products.size();
  ProductSet on_some_menu = 0;
  std::vector<double> utility(products);
  for (const Menu& menu : menus) {
    if (menu.kind.region != region || !(menu.weight > 0.0)) continue;
    utilities(demand, index(menu.kind), utility);
    on_some_menu |= products_on(demand, utility, menu.kind.owner, menu.approves_rival, menu.removed);
  }
  std::vector<double> share = observed_shares(demand, region);
  double sum = 0.0;
  for (std::size_t j = 0; j < products; ++j) {
    if (!contains(on_some_menu, j)) share[j] = 0.0;
    sum += share[j];
  }
  for (double& s : share) s = sum > 0.0 ? s / sum : 0.0;
  return share;
}

double gap(const std::vector<double>& target, const std::vector<double>& expected) {
  double largest = 0.0;
  for (std::size_t j = 0; j < target.size(); ++j) {
    const double here = magnitude(target[j] - expected[j]);
    largest = here > largest ? here : largest;
  }
  return largest;
}

/// Moves brands until expected shares are `target`.
void match(const Demand& demand, const std::vector<Menu>& menus, Region region,
           const std::vector<double>& target, std::span<double> brand) {
  for (std::size_t j = 0; j < brand.size(); ++j) brand[j] = target[j] > 0.0 ? 0.0 : never;
  for (int round = 0; round < most_rounds; ++round) {
    const std::vector<double> expected = expected_shares(demand, menus, region);
    if (gap(target, expected) < tolerance) break;
    for (std::size_t j = 0; j < brand.size(); ++j) {
      if (!(target[j] > 0.0) || !(expected[j] > 0.0)) continue;
      brand[j] += demand.params.nest_scale * logarithm(target[j] / expected[j]);
    }
  }
}

void normalise(const std::vector<Product>& products, std::span<double> brand) {
  const std::size_t none = product_of(products, Facts::npos, ProductKind::none);
  if (brand[none] == never) return;
  const double zero = brand[none];
  for (double& b : brand) b -= zero;
}

}  // namespace

void utilities(const Demand& demand, std::size_t kind, std::span<double> utility) {
  const EnterpriseKind who = enterprise_kind(kind);
  const std::size_t products = demand.products.size();
  for (std::size_t j = 0; j < products; ++j) {
    const Product& product = demand.products[j];
    const double brand = demand.tastes.brand[index(who.region) * products + j];
    utility[j] = brand;
    if (product.kind == ProductKind::none || brand == never) continue;
    const std::size_t at = demand.offers.at(kind, j);
    const double coverage = demand.offers.coverage[at];
    if (!(coverage > 0.0)) {
      utility[j] = never;
      continue;
    }
    utility[j] += value_of(demand.params, demand.offers.capability[at], demand.tastes.capability_reference,
                           demand.offers.price[at]) +
                  logarithm(coverage) + demand.offers.bonus[at];
    if (who.reading == Reading::pragmatic && beyond_the_letter(demand.offers, kind, j)) {
      utility[j] -= demand.params.routing_cost;
    }
    if (product.kind != ProductKind::closed) continue;
    const Region government = demand.facts.vendors[product.vendor].home;
    utility[j] -= demand.params.hazard_aversion * demand.hazard[index(government)][index(who.region)];
  }
}

ProductSet products_on(const Demand& demand, std::span<const double> utility, Region owner,
                       bool approves_rival, ProductSet removed) {
  ProductSet menu = 0;
  for (std::size_t j = 0; j < utility.size(); ++j) {
    if (utility[j] != never) menu |= only(j);
  }
  if (!approves_rival) menu &= ~rival_products(demand.facts, demand.products, owner);
  return menu & ~removed;
}

std::vector<double> shares_of_menu(const Demand& demand, const Menu& menu) {
  const std::size_t products = demand.products.size();
  std::vector<double> utility(products), probability(products);
  utilities(demand, index(menu.kind), utility);
  choice_probabilities(demand.products, utility,
                       products_on(demand, utility, menu.kind.owner, menu.approves_rival, menu.removed),
                       demand.params.nest_scale, probability);
  return probability;
}

std::vector<double> expected_shares(const Demand& demand, const std::vector<Menu>& menus, Region region) {
  std::vector<double> share(demand.products.size(), 0.0);
  for (const Menu& menu : menus) {
    if (menu.kind.region != region || !(menu.weight > 0.0)) continue;
    const std::vector<double> of_menu = shares_of_menu(demand, menu);
    for (std::size_t j = 0; j < share.size(); ++j) share[j] += menu.weight * of_menu[j];
  }
  return share;
}

DemandTastes back_out_tastes(const Facts& facts, const TasteParams& params,
                             const std::vector<Product>& products, const std::vector<Menu>& menus,
                             const OfferTable& offers) {
  DemandTastes tastes;
  tastes.capability_reference = offers.frontier;
  tastes.brand.assign(region_count * products.size(), 0.0);
  const DenialHazard no_hazard{};
  const Demand demand{facts, params, products, tastes, offers, no_hazard};
  for (std::size_t r = 0; r < region_count; ++r) {
    const auto region = static_cast<Region>(r);
    const std::span<double> brand(&tastes.brand[r * products.size()], products.size());
    const std::vector<double> target = reachable_shares(demand, menus, region);
    match(demand, menus, region, target, brand);
    normalise(products, brand);
    tastes.largest_gap[r] = gap(observed_shares(demand, region), expected_shares(demand, menus, region));
  }
  return tastes;
}

}  // namespace chokepoint
