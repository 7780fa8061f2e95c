/// Primary market: new shares reach investors at an agreed price, before the market opens.
///
///   issue    shares and float rise by n; funds and arbitrageurs whose domicile may buy the line take them in
///            proportion to their cash and pay the issuer n x offer price. Nobody's taste changes: who holds
///            more than he wishes offers the rest, and the next clear finds a price for the larger supply.
///            The offer price moves cash from buyers to issuer and acts on the market through wealth only
///   listing  a line that did not trade begins to: its float is allotted by the ownership prior at the offer
///            price; its log price is measured from that price, and the first clear finds the market price
///   odds     of a listing only, there being no market to read them from: an allottee wishes to hold what it
///            has at the offer price, as holders of T0 do at the price of T0:
///            a = ln(h P_offer / C') - (p - theta z - kappa z^3 at p = 0),  C' = cash after paying
///
/// Who may take part: domiciles that may buy the line now, without those under an ownership ban or an
/// outbound limit on the firm (capital_rules.hpp).
/// Nothing here sets a market price: the offer price is a term of a contract between issuer and buyers.
/// Assumptions: full take-up, no discount model, no fees; the proceeds lie idle with the issuer. Neglects:
/// book building, lock-ups of the new shares, what the issuer does with the money. Tests:
/// tests/unit/primary_market_test.cpp.
#pragma once

#include "sim/model/plan.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

/// Delivers the offers of the world's day. Throws Error{run_failed} when the buyers' cash does not suffice.
void deliver_offers(World& world, const Parameters& params, const RandomStream& random, const Plan& plan);

/// True when investors of the domicile may take new shares of the line.
bool may_subscribe(const World& world, std::size_t line, Region domicile);

/// Limits of an issue at the last price.
struct IssueBounds {
  double usd = 0;
  double cash_share = 0;   ///< of the cash of those who may take it
  double float_share = 0;  ///< new shares over the float
};

/// Sells as many new shares of a listed line at its last price as the bounds allow, before the market opens.
/// Returns what was paid [USD]; 0 when nobody may take them.
double sell_new_shares(World& world, const Plan& plan, std::size_t line, const IssueBounds& most);

}  // namespace chokepoint
