/// Compute of vendors, month by month: what they wish, what they can pay, what they get and by which channel.
///
///   E = stock + rented                                        effective stock
///   wish    W = (e^(g dt) - 1 + dep dt / 12) E                to follow the reference
///   budget  B = B0 R(t) e^(-price_decline t / 12) financing   R: wish along the reference, 1 at T0
///   E' = (1 - dep dt / 12) E + bought + drawn from the hoard
///   growth = ln(E' / E) - g dt
///
///   g    log points/month   growth of the reference: from `growth` towards `growth_long_run`, half-life
///   dt   months             length of the step; dep 1/year, retired stock
///   B0   USD/month          what the wish of T0 costs by the channels that were open at T0
///
/// B0 is backed out: a vendor without limits buys exactly the reference, with growth 0, for as long as
/// nothing changes. One that the rules of T0 hold back gets less than it wishes from the first month; its
/// budget values the unmet part of the wish at the mean price of what it got. Money that no channel takes is
/// not carried on; a vendor that falls behind keeps the budget of the reference, so it catches up when
/// channels open. When chips get cheaper than the path of foreign prices, the budget buys more than the
/// reference. Foreign prices of T0 are multiplied by e^(-price_decline t / 12 + counter_control_cost x
/// counter control), for everybody. Purchases are those of chip_purchases.hpp; domestic chips are shared in
/// proportion to orders, with other Chinese demand, which grows like R and turns to domestic chips as the
/// vendors do.
///
///   hoard   target = hoard_months x hazard x W per month, filled at once from what is legal; free of the
///           budget (paid from reserves); used when the wish is unmet
///   hazard  += hazard_jump x bite when a rule tightens; fades with `hazard_memory`; 0 at T0. Chinese vendors
///   only
///
/// A bar on renting ends the contracts that run. Switches: smuggling_share, offshore_share, rental_share,
/// hoard_months, learning_rate, domestic_investment, counter_control_cost, tools_control_share at 0.
/// Assumptions: budgets follow plans made at T0; chips in the hoard do not age; what is bought works at once.
/// Neglects: power and sites, resale, cash that limits hoarding, Chinese vendors' chips of their own design.
/// Sources of numbers: compute_params.cpp. Tests: tests/unit/compute_month_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/model/compute/chip_purchases.hpp"

namespace chokepoint {

struct ComputeState {
  std::vector<double> stock;   ///< [vendor] H100e in use, owned
  std::vector<double> hoard;   ///< [vendor] H100e bought and not in use
  std::vector<double> rented;  ///< [vendor] H100e in use, rented since T0
  /// [vendor] H100e of the last month; chips for the hoard count when bought and again when drawn.
  std::vector<ByChipChannel> bought;
  std::vector<ByChipChannel> bought_since_t0;
  std::vector<double> budget;       ///< [vendor] USD per month at T0, backed out
  std::vector<double> unmet;        ///< [vendor] share of last month's wish that no channel met
  std::vector<double> days_denied;  ///< [vendor] since its first denial; negative: never denied
  double domestic_cumulative = 0;   ///< [H100e]
  double domestic_capacity = 0;     ///< [H100e per month]
  double domestic_cost = 0;         ///< [USD per H100e]; 0: no Chinese chips
  double domestic_cost_at_t0 = 0;   ///< [USD per H100e]
  double domestic_filled = 1;       ///< part of orders for domestic chips that was filled last month
  double chip_hazard = 0;           ///< [1/year] as Chinese buyers see it
  std::vector<double> growth;       ///< [vendor] log points of the last month above the reference
  std::vector<double> since_t0;     ///< [vendor] sum of `growth`
  double months = 0;                ///< since T0
};

ComputeState initial_compute(const ComputeParams& params, const Facts& facts, const ComputeFacts& compute,
                             const ChipPolicy& at_start, Date as_of);

/// One step of `months`. `financing` [vendor] multiplies the budget: 1 is the course of T0. A vendor with
/// stock 0 takes no part; a world without stocks only grows older.
void step_compute(const ComputeParams& params, const Facts& facts, const ComputeFacts& compute,
                  const ChipPolicy& policy, std::span<const double> financing, double months, Date today,
                  ComputeState& state);

/// A rule that tightens, by its believed bite in [0, 1].
void learn_chip_hazard(const ComputeParams& params, double bite, ComputeState& state);

/// Growth of the reference at a moment [log points per month].
double reference_growth(const ComputeParams& params, double months_since_t0);

}  // namespace chokepoint
