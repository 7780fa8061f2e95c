/// Primary market: new shares reach investors at an agreed price, before the market opens.
///
///   issue    shares and float rise by n; funds and arbitrageurs whose domicile may buy the line take them in
///            proportion to their cash and pay the issuer n x offer price
///   listing  a line that did not trade begins to: its float is allotted by the ownership prior at the offer
///            price; its log price is measured from that price, and the first clear finds the market price
///   odds     an allottee wishes to hold what it has at the offer price:
///            a = ln(h P_offer / C') - (p - theta z - kappa z^3 at the offer price),  C' = cash after paying
///
/// Nothing here sets a market price: the offer price is a term of a contract between issuer and buyers.
/// Assumptions: full take-up, no discount model, no fees. Neglects: book building, lock-ups of the new
/// shares. Tests: tests/unit/primary_market_test.cpp.
#pragma once

#include "sim/model/plan.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

/// Delivers the offers of the world's day. Throws Error{run_failed} when the buyers' cash does not suffice.
void deliver_offers(World& world, const Parameters& params, const RandomStream& random, const Plan& plan);

}  // namespace chokepoint
