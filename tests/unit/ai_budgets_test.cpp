#include <catch2/catch.hpp>
#include <limits>

#include "sim/model/enterprises/ai_budgets.hpp"
#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = 0, cn = 1, hk = 2, row = 3;
using ByRegion = std::array<double, region_count>;

double total(const ByRegion& spend) { return spend[us] + spend[cn] + spend[hk] + spend[row]; }

/// All staff in all regions works for headquarters in Hong Kong: one budget, spread .50 .20 .05 .25.
AiBudgets one_owner() {
  Facts facts = economy_facts();
  for (RegionWorkforce& region : facts.workforce) region.owner = {0.0, 0.0, 1.0, 0.0};
  return initial_budgets(facts);
}

}  // namespace

TEST_CASE("Budgets at T0: staff by headquarters times the region's share of spending", "[unit]") {
  const AiBudgets budgets = initial_budgets(economy_facts());
  CHECK(budgets.spend[us][hk] == Approx(0.25 * 0.05));
  CHECK(budgets.spend[hk][us] == Approx(0.01 * 0.50));
  double world = 0.0;
  for (const ByRegion& owner : budgets.spend) world += total(owner);
  CHECK(world == Approx(1.0));
  for (std::size_t r = 0; r < region_count; ++r) CHECK(budget_factor(budgets, static_cast<Region>(r)) == 1.0);
}

TEST_CASE("Budgets: a year after Hong Kong lost three quarters of its efficiency, by hand", "[unit]") {
  AiBudgets budgets = initial_budgets(economy_facts());
  BudgetParams params;
  params.elasticity = 0.5;
  params.adjustment = 1.0;
  step_budgets(params, ByRegion{0.0, 0.0, -1.3862943611198906, 0.0}, 12.0, budgets);
  // Headquarters Hong Kong: .005 .010 .0175 .005, sum .0375; with the third halved the sum is .02875.
  // Target in Hong Kong .0375 x .00875 / .02875 = .0114130; 1 - 1/e of the way: .0175 - .6321206 x .0060870
  CHECK(budgets.spend[hk][hk] == Approx(0.0136523).epsilon(1e-5));
  // The others' targets are .0375 / .02875 of their starts: .0050000 + .6321206 x .0015217
  CHECK(budgets.spend[hk][us] == Approx(0.0059619).epsilon(1e-4));
  CHECK(budgets.spend[hk][cn] == Approx(0.0119238).epsilon(1e-4));
  CHECK(budget_factor(budgets, Region::hk) < 1.0);
  CHECK(budget_factor(budgets, Region::us) > 1.0);
}

TEST_CASE("Budgets: losers give to gainers in proportion to the gains", "[unit]") {
  AiBudgets budgets = one_owner();
  BudgetParams params;
  params.elasticity = 1.0;
  // weights 1/2 2 1/2 2: .25 .40 .025 .50, sum 1.175: targets .2127660 .3404255 .0212766 .4255319
  const double ln2 = 0.6931471805599453;
  step_budgets(params, ByRegion{-ln2, ln2, -ln2, ln2}, 1e6, budgets);
  CHECK(budgets.spend[hk][us] == Approx(0.25 / 1.175));
  CHECK(budgets.spend[hk][row] == Approx(0.50 / 1.175));
  // gains .1404255 and .1755319: the US gives 4/9 of its loss of .2872340 to China, 5/9 to the rest
  CHECK(budgets.moved[us][cn] == Approx(0.2872340426 * 4.0 / 9.0));
  CHECK(budgets.moved[us][row] == Approx(0.2872340426 * 5.0 / 9.0));
  CHECK(budgets.moved[hk][cn] == Approx(0.0287234043 * 4.0 / 9.0));
  CHECK(budgets.moved[cn][us] == 0.0);
  CHECK(budgets.moved[us][hk] == 0.0);
}

TEST_CASE("Budgets: owners' totals stay, and transfers add up to the changes", "[unit]") {
  AiBudgets budgets = initial_budgets(economy_facts());
  const BudgetParams params;
  for (int month = 0; month < 60; ++month) {
    const double swing = 0.1 * static_cast<double>(month % 7);
    step_budgets(params, ByRegion{swing, -swing, 0.3 - swing, -0.2}, 1.0, budgets);
  }
  for (std::size_t o = 0; o < region_count; ++o) {
    CHECK(total(budgets.spend[o]) == Approx(total(budgets.at_start[o])).epsilon(1e-13));
  }
  for (std::size_t r = 0; r < region_count; ++r) {
    double change = 0.0, net = 0.0;
    for (std::size_t k = 0; k < region_count; ++k) {
      change += budgets.spend[k][r] - budgets.at_start[k][r];
      net += budgets.moved[k][r] - budgets.moved[r][k];
    }
    CHECK(change == Approx(net).margin(1e-14));
    CHECK(budgets.moved[r][r] == 0.0);
  }
}

TEST_CASE("Budgets stay, exactly, at T0 and switched off; an equal change everywhere moves nothing",
          "[unit]") {
  const AiBudgets start = initial_budgets(economy_facts());
  AiBudgets at_start = start, off = start, bound = start, alike = start;
  const ByRegion shock{0.5, -0.3, -2.0, 0.0};
  step_budgets({}, ByRegion{}, 12.0, at_start);
  step_budgets({0.0, 0.5}, shock, 12.0, off);
  step_budgets({0.5, 0.0}, shock, 12.0, bound);
  for (const AiBudgets* budgets : {&at_start, &off, &bound}) {
    CHECK(budgets->spend == start.spend);
    CHECK(budgets->moved == AiBudgets{}.moved);
  }
  step_budgets({}, ByRegion{-0.7, -0.7, -0.7, -0.7}, 12.0, alike);
  for (std::size_t o = 0; o < region_count; ++o) {
    for (std::size_t r = 0; r < region_count; ++r) {
      CHECK(alike.spend[o][r] == Approx(start.spend[o][r]).epsilon(1e-13));
    }
  }
}

TEST_CASE("Budgets leave a region where nothing works, and come back with it", "[unit]") {
  AiBudgets budgets = initial_budgets(economy_facts());
  const double none = -std::numeric_limits<double>::infinity();
  step_budgets({}, ByRegion{0.0, 0.0, none, 0.0}, 1e6, budgets);
  CHECK(budget_factor(budgets, Region::hk) == Approx(0.0).margin(1e-12));
  step_budgets({}, ByRegion{}, 1e6, budgets);
  CHECK(budget_factor(budgets, Region::hk) == Approx(1.0));
  CHECK(budgets.moved[hk][us] == Approx(budgets.moved[us][hk]));
  Facts facts = economy_facts();
  facts.workforce[hk].spend_share = 0.0;
  CHECK(budget_factor(initial_budgets(facts), Region::hk) == 1.0);
}
