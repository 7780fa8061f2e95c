/// What was announced takes hold: each kind of news changes law, lists, models or the bridge, and nothing
/// else.
///
/// Dated controls of the kinds that regulators use count as actions of their government where they tighten:
/// the other side reacts to them (policy/regulators.hpp). Tests: tests/unit/economy_enact_test.cpp.
#pragma once

#include "sim/model/economy.hpp"

namespace chokepoint {

/// The news of today.
void enact(const EconomyDay& today, const std::vector<EconomyNews>& news, Economy& economy);

}  // namespace chokepoint
