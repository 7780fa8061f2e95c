/// Where people, desks and budgets go: the inputs of their moves, read off the rest of the economy.
///
///   researchers   compare, since T0: pay (equity follows the value of vendors), compute (growth of the
///   region's
///                 vendors beyond the reference), access to the frontier, presence of a frontier employer
///   desks         compare what their staff would produce in each region (enterprises/desk_output.hpp)
///   budgets       follow the efficiency of regions
/// The bridge changes law and prices in Hong Kong and takes its place in the same comparisons.
/// Tests: tests/unit/economy_places_test.cpp.
#pragma once

#include "sim/model/economy.hpp"

namespace chokepoint {

/// Week of researchers.
void relocate(const EconomyDay& today, Economy& economy);

/// Month of desks and budgets.
void move_business(const EconomyDay& today, Economy& economy);

/// Month of the bridge: trust, consent, leaks, secondary measures.
void bridge_month(const EconomyDay& today, Economy& economy);

/// [region] 1 where a vendor is within a generation (`step` points) of the best, else 0.
std::vector<double> frontier_presence(const Facts& facts, double step, const Capability& capability);

}  // namespace chokepoint
