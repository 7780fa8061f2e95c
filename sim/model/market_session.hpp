/// One clear of a session: who takes part, at which prices, and the trades that follow.
///
///   participation -> forced sales -> view -> prices -> quota -> rationing -> settlement -> flows
///
/// Lines that are closed, not listed, halted or without demand trade nothing. Every trade has one price and
/// two sides (settlement.hpp) and is booked to the venue of the session (flows.hpp).
/// Tests: tests/unit/market_session_test.cpp, tests/property/market_property.cpp.
#pragma once

#include "sim/model/plan.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

/// Region of the venue where a line trades in a session: that of its first ticker there.
Region venue_of_session(const Facts& facts, const Line& line, Session session);

/// Clears the open lines in sub-round `round` of the session of the world's day and settles the trades.
void clear_market(World& world, const Parameters& params, const Plan& plan, Session session, int round);

}  // namespace chokepoint
