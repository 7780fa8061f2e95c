/// What an hour of a named desk's staff would produce in each region: what desk_relocation.hpp weighs.
///
///   Y[d][r] = 1 + psi access max_j compute_j
///
/// over the products j that an enterprise of the desk's headquarters, reading and approval of rivals may take
/// in region r (those of positive choice probability); access and compute as in usage.hpp, psi
/// `enterprise.productivity`. It is what the menu lets the staff do, so that a shorter menu is never better:
/// a mean over choices would call it a gain to be pushed to a cheaper model whose tokens are many. What the
/// desk took off its list counts where the desk is at T0, not elsewhere: the list is that place's.
/// Differences to T0 are the caller's: ln Y now less ln Y of T0, both from here.
/// Assumptions: staff is as good anywhere, but for models; a desk that arrives chooses like those there.
/// Neglects: switching costs on arrival, what a region offers beside models (that is `policy` there).
/// Tests: tests/unit/desk_relocation_test.cpp.
#pragma once

#include <array>
#include <vector>

#include "sim/model/enterprises/enterprise_week.hpp"

namespace chokepoint {

/// ln Y [desk][region].
std::vector<std::array<double, region_count>> log_desk_output(
    const Facts& facts, const EnterpriseParams& params, const EnterpriseSetup& setup,
    const EnterpriseDemand& demand, const DenialHazard& hazard, const Enterprises& all);

}  // namespace chokepoint
