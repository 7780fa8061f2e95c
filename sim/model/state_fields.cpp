#include "sim/model/state_fields.hpp"

#include "sim/base/byte_hash.hpp"
#include "sim/model/economy_fields.hpp"
#include "sim/model/law_fields.hpp"

namespace chokepoint {

using enum StateIndex;

// Static, not in a namespace without name: StateWalk::list finds them by their arguments.

static void walk(StateWalk& tell, const LockedLot& lot) {
  const auto& [of_account, of_line, shares, lockup, in_wealth] = lot;
  tell("account of the locked lot", of_account);
  tell("line of the locked lot", of_line);
  tell("locked shares", shares);
  tell("lock-up of the lot", lockup);
  tell("lot in wealth", in_wealth);
}

static void walk(StateWalk& tell, const LineAttention& attention) {
  const auto& [level, leaving] = attention;
  tell("attention", level, account);
  tell("attention leaves", leaving);
}

static void walk(StateWalk& tell, const Newcomers& newcomers) {
  const auto& [of_line, odds, arrived] = newcomers;
  tell("line of the newcomers", of_line);
  tell("odds of the newcomers", odds, account);
  tell("newcomers arrived", arrived);
}

static void walk(StateWalk& tell, const Raise& raise) {
  const auto& [of_vendor, on, usd] = raise;
  tell("vendor of the raise", of_vendor);
  tell("day of the raise", on);
  tell("raised [USD]", usd);
}

static void walk(StateWalk& tell, const ChordFactor& chord) {
  const auto& [open, lu] = chord;
  tell("open lines of the solver's factor", open, entry);
  tell("the solver's factor", lu.values(), entry);
  tell("pivots of the solver's factor", lu.pivots(), entry);
}

static void walk(StateWalk& tell, const Population& population) {
  const auto& [accounts, size, theta, kappa, locked] = population;
  const auto& [blocks, identity, rows, investors] = accounts;
  tell.packed<std::size_t, 3>("block of accounts", blocks, investor_class, entry);
  tell("identity", identity, account);
  tell("number of accounts", rows);
  tell("number of investors", investors);
  tell("size", size, account);
  tell("value anchor", theta, investor_class);
  tell("misalignment rush", kappa, investor_class);
  tell.list("lots locked at T0", locked);
}

static void walk(StateWalk& tell, const CapitalRules& rules) {
  const auto& [may_buy, sell_only, southbound, no_primary, quota_factor, newcomers, mandates] = rules;
  tell("may buy", may_buy, line, region);
  tell("may only sell", sell_only, line, region);
  tell("reached through Stock Connect", southbound, line);
  tell("barred from new shares", no_primary, firm, region);
  tell("factor on the quota", quota_factor);
  tell.list("newcomers", newcomers);
  tell.list("mandates of state funds", mandates);
}

static void walk(StateWalk& tell, const Financing& financing) {
  const auto& [raised_usd, last_value, factor, private_rounds_usd, last_year_usd, raises] = financing;
  tell("money raised [USD]", raised_usd, vendor);
  tell("value at the last issue", last_value, vendor);
  tell("factor on the compute budget", factor, vendor);
  tell("money of private rounds [USD]", private_rounds_usd, vendor);
  tell("money raised in a year [USD]", last_year_usd, vendor);
  tell.list("raises", raises);
}

/// The world's own members; structs of it have walks of their own.
static void walk(StateWalk& tell, const World& world) {
  [[maybe_unused]] const auto& [facts, lines, population, log_price, previous_close, reference_price, price,
                                status, session_prices, holding, holding_view, cash, cash_view, outstanding,
                                inert, floating, reviewed, clearing_shares, clearing_cash, firm_cash, locked,
                                held_by_domicile, flows, odds, taste, value, full_value, mark_change,
                                attention, new_money, noise_scale, noise_shifter, noise_variance, noise_shock,
                                momentum, own_elasticity, listed, bans, day, quota_wedge, quota_used, capital,
                                financing, economy, audited_shares, booked_shares, audited_cash, booked_cash,
                                total_cash, chord, clearing] = world;
  tell("log price", log_price, line);
  tell("previous close", previous_close, line);
  tell("reference price [USD]", reference_price, line);
  tell("settlement price [micro-USD]", price, line);
  tell("status", status, line);
  tell.packed<double, 4>("prices of session A", session_prices[0], line, price_point);
  tell.packed<double, 4>("prices of session B", session_prices[1], line, price_point);
  tell("holding [shares]", holding, line, account);
  tell("cash [micro-USD]", cash, account);
  tell("cash for arithmetic [USD]", cash_view, account);
  tell("shares outstanding", outstanding, line);
  tell("inert shares", inert, line);
  tell("float [shares]", floating, line);
  tell("reviewed float [shares]", reviewed, line);
  tell("shares of the clearing account", clearing_shares, line);
  tell("cash of the clearing account [micro-USD]", clearing_cash);
  tell("proceeds of issues [micro-USD]", firm_cash, firm);
  tell.list("locked lots", locked);
  tell("shares held by domicile", held_by_domicile, line, region);
  tell("flow of the day [micro-USD]", flows.amount, flow_kind, region, region, line_group);
  tell("odds", odds, line, account);
  tell("drift of taste", taste, line, investor_class);
  tell("believed value", value, line, investor_class);
  tell("full value", full_value, line);
  tell("change of the mark", mark_change, firm);
  tell.list("attention by line", attention);
  tell("new money", new_money, line, investor_class);
  tell("noise scale", noise_scale, line);
  tell("noise shifter", noise_shifter, line);
  tell("noise variance", noise_variance, line);
  tell("noise shock", noise_shock, line);
  tell("momentum", momentum, line);
  tell("own elasticity", own_elasticity, line);
  tell("listed", listed, line);
  tell.list("ownership bans", bans);
  tell("day", day);
  tell("quota wedge", quota_wedge);
  tell("quota used [micro-USD]", quota_used);
  walk(tell, population);
  walk(tell, capital);
  walk(tell, financing);
  tell("shares at the last audit", audited_shares, account);
  tell("shares booked since the audit", booked_shares, account);
  tell("cash at the last audit [micro-USD]", audited_cash, account);
  tell("cash booked since the audit [micro-USD]", booked_cash, account);
  tell("total cash [micro-USD]", total_cash);
  tell.list("factors of the solver", chord);
  tell("economy active", economy.active);
  if (economy.active) walk(tell, economy);
}

template <class State>
static std::uint64_t hash_of(const State& state) {
  ByteHash hash;
  visit_state(state, [&](const StateField& field) {
    hash.add(static_cast<std::uint64_t>(field.count));  // so that nothing can move from one field to the next
    hash.add(field.data, field.bytes());
  });
  return hash.value();
}

void visit_state(const World& world, const StateVisitor& visit) {
  StateWalk tell(visit);
  walk(tell, world);
}

void visit_state(const Economy& economy, const StateVisitor& visit) {
  StateWalk tell(visit);
  walk(tell, economy);
}

std::uint64_t fingerprint(const World& world) { return hash_of(world); }
std::uint64_t fingerprint(const Economy& economy) { return hash_of(economy); }

}  // namespace chokepoint
