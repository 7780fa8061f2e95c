/// The world at T0: investors draw their holdings from the ownership prior, tastes are read off the result,
/// and the market is at rest.
///
///   h_ik from population.hpp, in whole shares; C_i = w0 / (1 - w0) x equity_i
///   a_ik = ln(h_ik P_k / C_i) at p = v = 0, so that every market value is matched and nothing trades
///   sigma_k = sd_k / M_k,  M_k = R_kk x (own response to the common shifter), one-day participation
///   s_dk = value held by retail and momentum investors of domicile d in k's home region / their cash
///
/// Tests: tests/unit/initial_world_test.cpp.
#pragma once

#include "sim/model/world.hpp"

namespace chokepoint {

World make_world(const Facts& facts, const Parameters& params, const RandomStream& random);

}  // namespace chokepoint
