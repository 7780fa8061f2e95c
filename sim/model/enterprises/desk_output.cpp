#include "sim/model/enterprises/desk_output.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// Output with the product of the menu, among those that anybody takes, that does most with the access given.
double best_output(const EnterpriseParams& params, const Demand& demand, const UseTable& use,
                   const Menu& menu, double access) {
  const std::vector<double> share = shares_of_menu(demand, menu);
  double compute = 0.0;
  for (std::size_t j = 0; j < share.size(); ++j) {
    if (share[j] > 0.0) compute = std::max(compute, use.compute[index(menu.kind) * share.size() + j]);
  }
  return 1.0 + params.use.productivity * access * compute;
}

}  // namespace

std::vector<std::array<double, region_count>> log_desk_output(
    const Facts& facts, const EnterpriseParams& params, const EnterpriseSetup& setup,
    const EnterpriseDemand& demand, const DenialHazard& hazard, const Enterprises& all) {
  const Demand today{facts, params.tastes, setup.products, setup.tastes, demand.offers, hazard};
  std::vector<std::array<double, region_count>> output(facts.bank_desks.size());
  for (std::size_t i = all.first_desk; i < all.size(); ++i) {
    const EnterpriseKind home = all.kind(i);
    const bool approves_rival = all.menu_class[i] % 2 == 1;
    for (std::size_t r = 0; r < region_count; ++r) {
      Menu menu{{static_cast<Region>(r), home.owner, home.reading}, approves_rival, 0, 1.0};
      double access = demand.use.access[menu_class(menu.kind, approves_rival)];
      if (menu.kind.region == home.region) {
        menu.removed = all.removed[i];
        access = access_of(params.use, facts, setup.products, demand.offers, demand.use, all, i);
      }
      output[all.desk[i]][r] = logarithm(best_output(params, today, demand.use, menu, access));
    }
  }
  return output;
}

}  // namespace chokepoint
