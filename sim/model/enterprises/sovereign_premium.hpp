/// What it is worth that a vendor's products cannot be taken away: the structural sovereign premium.
///
///   premium_f = ln(1 - m_f + m_f R_f(h) / R_f(0))
///
/// R_f is expected spending on f's products in all regions, from the choice probabilities of all menus with
/// today's offers; R_f(0) is the same with every government's hazard of denial at zero. m_f [share] is
/// f's revenue that enterprises pay by use (data/vendors.csv, `metered_share`). Capabilities, prices and
/// access are those of today in both, so that the premium is what fear alone moves, once enterprises have
/// settled; it is negative for vendors whose own government is feared. What customers would pay is reported
/// with it:
///
///   willingness to pay = exp(rho_h h / alpha_p) - 1    [share of the token price]
///
/// Assumption: log value is linear in log revenue. Neglects: what hazards do to capability, prices, staff and
/// capital; lists changed since T0; spending of consumers.
/// Tests: tests/unit/enterprise_premium_test.cpp.
#pragma once

#include <vector>

#include "sim/model/enterprises/enterprise_week.hpp"

namespace chokepoint {

/// [vendor] log points.
std::vector<double> sovereign_premium(const Facts& facts, const EnterpriseParams& params,
                                      const EnterpriseSetup& setup, const EnterpriseDemand& demand,
                                      const DenialHazard& hazard);

/// [share] of its price that a product may cost more if its government's hazard is 0 instead of `hazard`.
double willingness_to_pay(const TasteParams& params, double hazard);

}  // namespace chokepoint
