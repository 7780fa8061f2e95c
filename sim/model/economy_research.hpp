/// A month of supply and research: chips reach vendors, vendors progress and decide what to publish.
///
/// What the parts tell each other:
///   compute   -> capability   growth of a vendor's compute beyond the reference, scarcity against the
///   frontier access    -> capability   what a vendor can query of its rivals' closed models, less what is
///   policed staff     -> capability   output of research staff, and the region's researchers since T0 over
///   the world's fear      -> publication  hazard of denial by other governments, mean over regions value ->
///   publication  a developer whose shares have risen has more to gain from attention use       ->
///   publication  the share of revenue that closed products bring bridge    -> compute      an open listing
///   window in Hong Kong doubles what Chinese vendors' issues add to
///                             their budgets (assumption)
/// Staff, scarcity, fear, value and use are measured from T0. Growth of compute is measured from the
/// reference that buyers without rules follow: vendors whom the rules of T0 deny chips fall behind it without
/// further news. Tests: tests/unit/economy_research_test.cpp.
#pragma once

#include "sim/model/economy.hpp"

namespace chokepoint {

/// Chips of the month.
void supply(const EconomyDay& today, Economy& economy);

/// Newcomers, progress, new generations, publication of weights.
void research(const EconomyDay& today, Economy& economy);

/// [vendor] ln of the largest vendor's compute over its own; 0 for vendors without compute.
std::vector<double> compute_gaps(const ComputeState& compute);

/// [vendor] share of enterprises' spending on it that goes to closed products.
std::vector<double> closed_shares(const Facts& facts, const EnterpriseSetup& setup, const Economy& economy);

}  // namespace chokepoint
