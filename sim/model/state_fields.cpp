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

static void tell_prices(StateWalk& tell, const World& world) {
  tell("log price", world.log_price, line);
  tell("previous close", world.previous_close, line);
  tell("reference price [USD]", world.reference_price, line);
  tell("settlement price [micro-USD]", world.price, line);
  tell("status", world.status, line);
  tell.packed<double, 4>("prices of session A", world.session_prices[0], line, price_point);
  tell.packed<double, 4>("prices of session B", world.session_prices[1], line, price_point);
}

static void tell_ledger(StateWalk& tell, const World& world) {
  tell("holding [shares]", world.holding, line, account);
  tell("cash [micro-USD]", world.cash, account);
  tell("cash for arithmetic [USD]", world.cash_view, account);
  tell("shares outstanding", world.outstanding, line);
  tell("inert shares", world.inert, line);
  tell("float [shares]", world.floating, line);
  tell("reviewed float [shares]", world.reviewed, line);
  tell("shares of the clearing account", world.clearing_shares, line);
  tell("cash of the clearing account [micro-USD]", world.clearing_cash);
  tell("proceeds of issues [micro-USD]", world.firm_cash, firm);
  tell.list("locked lots", world.locked);
  tell("shares held by domicile", world.held_by_domicile, line, region);
  tell("flow of the day [micro-USD]", world.flows.amount, flow_kind, region, region, line_group);
}

static void tell_beliefs_and_noise(StateWalk& tell, const World& world) {
  tell("odds", world.odds, line, account);
  tell("drift of taste", world.taste, line, investor_class);
  tell("believed value", world.value, line, investor_class);
  tell("full value", world.full_value, line);
  tell("change of the mark", world.mark_change, firm);
  tell.list("attention by line", world.attention);
  tell("new money", world.new_money, line, investor_class);
  tell("noise scale", world.noise_scale, line);
  tell("noise shifter", world.noise_shifter, line);
  tell("noise variance", world.noise_variance, line);
  tell("noise shock", world.noise_shock, line);
  tell("momentum", world.momentum, line);
  tell("own elasticity", world.own_elasticity, line);
  tell("listed", world.listed, line);
}

static void tell_rules_and_audit(StateWalk& tell, const World& world) {
  tell.list("ownership bans", world.bans);
  tell("day", world.day);
  tell("quota wedge", world.quota_wedge);
  tell("quota used [micro-USD]", world.quota_used);
  walk(tell, world.population);
  walk(tell, world.capital);
  walk(tell, world.financing);
  tell("shares at the last audit", world.audited_shares, account);
  tell("shares booked since the audit", world.booked_shares, account);
  tell("cash at the last audit [micro-USD]", world.audited_cash, account);
  tell("cash booked since the audit [micro-USD]", world.booked_cash, account);
  tell("total cash [micro-USD]", world.total_cash);
  tell.list("factors of the solver", world.chord);
  tell("economy active", world.economy.active);
  if (world.economy.active) walk(tell, world.economy);
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
  tell_prices(tell, world);
  tell_ledger(tell, world);
  tell_beliefs_and_noise(tell, world);
  tell_rules_and_audit(tell, world);
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
