#include "sim/model/enterprises/ai_budgets.hpp"

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

using ByRegion = std::array<double, region_count>;

constexpr double months_per_year = 12.0;

/// What an owner wants to spend by region; its total is that of T0.
ByRegion wanted(const BudgetParams& params, std::span<const double, region_count> efficiency,
                const ByRegion& at_start) {
  ByRegion target{};
  double total = 0.0, weighted = 0.0;
  for (std::size_t r = 0; r < region_count; ++r) {
    target[r] = at_start[r] * exponential(params.elasticity * efficiency[r]);
    total += at_start[r];
    weighted += target[r];
  }
  // With all E at 1 the two sums are the same bits, and the target is the start.
  for (double& t : target) t *= weighted > 0.0 ? total / weighted : 0.0;
  return target;
}

/// Carries out `change`, which sums to 0: each loser gives to the gainers in proportion to their gains.
void transfer(const ByRegion& change, ByRegion& spend, AiBudgets& budgets) {
  double gains = 0.0;
  for (const double c : change) gains += c > 0.0 ? c : 0.0;
  if (!(gains > 0.0)) return;
  for (std::size_t from = 0; from < region_count; ++from) {
    if (!(change[from] < 0.0)) continue;
    for (std::size_t to = 0; to < region_count; ++to) {
      if (!(change[to] > 0.0)) continue;
      const double amount = -change[from] * (change[to] / gains);
      spend[from] -= amount;
      spend[to] += amount;
      budgets.moved[from][to] += amount;
    }
  }
}

}  // namespace

AiBudgets initial_budgets(const Facts& facts) {
  AiBudgets budgets;
  for (std::size_t o = 0; o < region_count; ++o) {
    for (std::size_t r = 0; r < region_count; ++r) {
      budgets.spend[o][r] = facts.workforce[r].owner[o] * facts.workforce[r].spend_share;
    }
  }
  budgets.at_start = budgets.spend;
  return budgets;
}

void step_budgets(const BudgetParams& params, std::span<const double, region_count> efficiency, double months,
                  AiBudgets& budgets) {
  if (!(params.elasticity > 0.0) || !(params.adjustment > 0.0)) return;
  for (const double e : efficiency) CHOKEPOINT_EXPECT(e == e);
  const double share = 1.0 - exponential(-params.adjustment * months / months_per_year);
  for (std::size_t o = 0; o < region_count; ++o) {
    const ByRegion target = wanted(params, efficiency, budgets.at_start[o]);
    ByRegion change{};
    for (std::size_t r = 0; r < region_count; ++r) change[r] = share * (target[r] - budgets.spend[o][r]);
    transfer(change, budgets.spend[o], budgets);
  }
}

double budget_factor(const AiBudgets& budgets, Region region) {
  double now = 0.0, at_start = 0.0;
  for (std::size_t o = 0; o < region_count; ++o) {
    now += budgets.spend[o][index(region)];
    at_start += budgets.at_start[o][index(region)];
  }
  return at_start > 0.0 ? now / at_start : 1.0;
}

}  // namespace chokepoint
