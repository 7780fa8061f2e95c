/// Who the enterprises are: how many, of which kind, and what is on their menus at T0.
///
/// A menu is what an enterprise of a kind may choose from: offered products, less closed products of the
/// other side where the headquarters is in the US or China and does not approve them, less what was taken off
/// the approved list. Weights are shares of a region's staff, so that no aggregate depends on how many agents
/// stand for a region: headquarters as in `data/workforce.csv`, readings and approval of rivals by the shares
/// below, named desks by their staff over the region's seats (seats x spend_share, desks at most half of it).
/// Assumptions: all shares and seats; reading, approval and headquarters are independent.
/// Tests: tests/unit/enterprise_tastes_test.cpp, tests/unit/enterprise_population_test.cpp.
#pragma once

#include <array>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/enterprises/offers.hpp"

namespace chokepoint {

struct EnterprisePopulationParams {
  double count = 5000;  ///< agents of the world
  std::array<double, region_count> region_share{0.35, 0.25, 0.15, 0.25};
  std::array<double, reading_count> reading_share{0.6, 0.3, 0.1};
  double approves_rival = 0.1;  ///< share that approves products of the other side
  double bank_share = 0.05;     ///< share of agents that are banks
  double size_sd = 1.0;         ///< of the log of size
  double seats = 5e7;

  static void fields(FieldList& list, EnterprisePopulationParams& p);
};

/// Staff of a region with one and the same menu, as long as offers do not change.
struct Menu {
  EnterpriseKind kind{};
  bool approves_rival = false;
  ProductSet removed = 0;  ///< taken off the approved list
  double weight = 0;       ///< share of the region's staff; sums to 1 over the region
};

/// All menus of all regions with their weights at T0.
std::vector<Menu> make_menus(const Facts& facts, const EnterprisePopulationParams& params,
                             const std::vector<Product>& products);

/// [share] of the staff of its region that a named desk has.
double desk_share(const Facts& facts, const EnterprisePopulationParams& params, const BankDesk& desk);

/// Hosted products of the vendors that a desk took off its list before T0.
ProductSet removed_by(const Facts& facts, const std::vector<Product>& products, const BankDesk& desk);

}  // namespace chokepoint
