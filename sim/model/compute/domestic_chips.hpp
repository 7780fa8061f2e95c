/// Chips of Chinese design: what they cost, how much of them can be made, and who gets them when they are
/// short.
///
///   cost     c = c0 (Q / Q0)^(-b),   b = -log2(1 - learning_rate)
///   capacity d ln K / dt = domestic_growth (1 - tools_control_share x tools) + domestic_investment x
///   shortage output   min(K, what is asked for); each buyer gets the same part of what it asks for
///
///   Q         H100e         all that were made, by whomever: learning is the industry's
///   K         H100e/month   capacity
///   tools     [0, 1]        share of tools and memory that is withheld (chip_rules.hpp)
///   shortage  [0, 1]        share of the wish of Chinese vendors that no channel met
///
/// Shortage is what induces investment, so a denial raises capacity and learning; whether that makes up for
/// what it takes depends on the four parameters. All zero: capacity and cost stay at T0. Reference: learning
/// by a fifth of the cost with each doubling in semiconductors, where output of other firms counts a third of
/// own output, Irwin and Klenow (1994), "Learning-by-Doing Spillovers in the Semiconductor Industry", Journal
/// of Political Economy 102(6) (abstract at https://econbeancount.app/article/86694). Assumptions: one
/// industry with one cost, prices at cost, no mark-up when short. Neglects: generations of chips and their
/// yield, stocks of dies and memory, prices that ration, forgetting. Tests:
/// tests/unit/domestic_chips_test.cpp.
#pragma once

#include "sim/model/compute/compute_params.hpp"

namespace chokepoint {

/// c [USD per H100e]. `cumulative_at_t0` of 0: no experience to count from, so no learning.
double domestic_cost(const ComputeParams& params, double cost_at_t0, double cumulative,
                     double cumulative_at_t0);

/// K after so many months.
double grown_capacity(const ComputeParams& params, double capacity, double tools, double shortage,
                      double months);

/// Part of each buyer's order that is filled: 1 while capacity suffices.
double filled_part(double capacity, double ordered);

}  // namespace chokepoint
