/// Where enterprises spend on models: budgets follow the efficiency that models bring in each region.
///
///   target[o][r] = B_o a[o][r] E_r^elasticity / sum_s a[o][s] E_s^elasticity,    B_o = sum_r a[o][r]
///   spend[o][r] += (1 - exp(-adjustment dt)) (target - spend),    dt in years
///
///   a         share of world spending   by enterprises of headquarters o on models used in r, at T0: staff
///   of
///                                       r by headquarters x r's share of spending
///   B_o       share of world spending   what headquarters o spends in all regions; does not change
///   E_r       -                         AI efficiency of region r relative to T0 (usage.hpp); 1 at T0
///
/// What one region loses others gain: of every owner's losers each gives to the gainers in proportion to
/// their gains. `moved` adds this up, so that its row sums less its column sums are what regions have lost.
/// An efficiency that changes alike everywhere moves nothing; elasticity = 0 or adjustment = 0 switches off.
/// Assumptions: owners split a fixed budget with constant elasticity; staff of all owners in a region has the
/// same efficiency and spends the same per head.
/// Neglects: growth of budgets with what models bring, spending on own machines and on training.
/// Tests: tests/unit/ai_budgets_test.cpp.
#pragma once

#include <array>
#include <span>

#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct BudgetParams {
  double elasticity = 0.5;
  double adjustment = 0.5;

  static void fields(FieldList& list, BudgetParams& p) {
    list.add("budget.elasticity", p.elasticity, "-", 0, 10,
             "assumption: 0-2; 0 switches off, no measurement of budgets against access was found",
             "rise of the log odds of spending in a region per log point of its AI efficiency");
    list.add("budget.adjustment", p.adjustment, "1/year", 0, 12,
             "assumption: .2-2; budgets are set once a year, and part of them is bound",
             "speed at which an owner's spending moves to where it wants it; 0 switches off");
  }
};

struct AiBudgets {
  using ByOwnerAndRegion = std::array<std::array<double, region_count>, region_count>;
  ByOwnerAndRegion spend{};     ///< [owner][region] share of world spending
  ByOwnerAndRegion at_start{};  ///< [owner][region] the same at T0
  std::array<std::array<double, region_count>, region_count> moved{};  ///< [from][to] since T0, all owners
};

AiBudgets initial_budgets(const Facts& facts);

/// One step of `months`. `efficiency` [region] is ln E relative to T0; minus infinity where nothing works.
void step_budgets(const BudgetParams& params, std::span<const double, region_count> efficiency, double months,
                  AiBudgets& budgets);

/// Spending in a region over that of T0; 1 where there was none.
double budget_factor(const AiBudgets& budgets, Region region);

}  // namespace chokepoint
