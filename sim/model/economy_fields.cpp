#include "sim/model/economy_fields.hpp"

#include "sim/model/law_fields.hpp"

namespace chokepoint {

using enum StateIndex;

// Static, not in a namespace without name: StateWalk::list finds them by their arguments.

static void walk(StateWalk& tell, const RegulatorState& state) {
  const auto& [level, imposed_at_start, recent, escalations, relaxations] = state;
  tell("level of the control", level, control);
  tell("control imposed at T0", imposed_at_start, control);
  tell("recent tightening", recent, region, month);
  tell("escalations", escalations, control);
  tell("relaxations", relaxations, control);
}

static void walk(StateWalk& tell, const IncidentCounts& counts) {
  const auto& [incidents, triggered, false_triggers, without_uplift] = counts;
  tell("incidents", incidents);
  tell("incidents that triggered", triggered);
  tell("false triggers", false_triggers);
  tell("triggers without uplift", without_uplift);
}

static void walk(StateWalk& tell, const LobbyState& state) {
  const auto& [lobbies, expected, regret, rules, may_lobby] = state;
  tell("lobbies", lobbies, vendor);
  tell("expected from lobbying", expected, vendor);
  tell("regret of lobbying", regret, vendor);
  tell("rules lobbied for", rules, vendor);
  tell("may lobby", may_lobby, vendor);
}

static void walk(StateWalk& tell, const BridgeState& bridge) {
  const auto& [measures, level, trust, leaked, consent, secondary, secondary_since_days, secondary_measures,
               cost_bn_usd] = bridge;
  tell.list("measures of the bridge", measures);
  tell("level of the bridge", level, component);
  tell("trust in the bridge", trust);
  tell("leaked through the bridge", leaked);
  tell("consent to the bridge", consent, vendor);
  tell("secondary measure", secondary);
  tell("age of the secondary measure [d]", secondary_since_days);
  tell("secondary measures so far", secondary_measures);
  tell("cost of the bridge [bn USD]", cost_bn_usd);
}

static void walk(StateWalk& tell, const Capability& capability) {
  const auto& [released, measured, weights, latent, gained] = capability;
  const auto& [own, diffused, distilled, induced, from_compute] = gained;
  tell("released", released, model);
  tell("capability [points]", measured, model);
  tell("capability of public weights [points]", weights, model);
  tell("latent capability [points]", latent, vendor);
  tell("own progress [points]", own, vendor);
  tell("diffused progress [points]", diffused, vendor);
  tell("distilled progress [points]", distilled, vendor);
  tell("induced progress [points]", induced, vendor);
  tell("progress from compute [points]", from_compute, vendor);
}

static void walk(StateWalk& tell, const ComputeState& compute) {
  const auto& [stock, hoard, rented, bought, bought_since_t0, budget, unmet, days_denied, domestic_cumulative,
               domestic_capacity, domestic_cost, domestic_cost_at_t0, domestic_filled, chip_hazard, growth,
               since_t0, months] = compute;
  tell("stock of chips [H100e]", stock, vendor);
  tell("hoard of chips [H100e]", hoard, vendor);
  tell("rented chips [H100e]", rented, vendor);
  tell("chips bought [H100e]", bought, vendor, chip_channel);
  tell("chips bought since T0 [H100e]", bought_since_t0, vendor, chip_channel);
  tell("budget for chips [USD per month]", budget, vendor);
  tell("unmet wish for chips", unmet, vendor);
  tell("time since the first denial of chips [d]", days_denied, vendor);
  tell("domestic chips made [H100e]", domestic_cumulative);
  tell("domestic capacity [H100e per month]", domestic_capacity);
  tell("domestic cost [USD per H100e]", domestic_cost);
  tell("domestic cost at T0 [USD per H100e]", domestic_cost_at_t0);
  tell("domestic orders filled", domestic_filled);
  tell("hazard of chips", chip_hazard);
  tell("growth of compute", growth, vendor);
  tell("growth of compute since T0", since_t0, vendor);
  tell("months of compute", months);
}

static void walk(StateWalk& tell, const EnterpriseDemand& demand) {
  const auto& [offers, choice, use] = demand;
  const auto& [offered, frontier, coverage, capability, price, best, bonus] = offers;
  tell("products offered", offered);
  tell("best model out [points]", frontier);
  tell("coverage", coverage, kind, product);
  tell("capability offered [points]", capability, kind, product);
  tell("price offered", price, kind, product);
  tell("best model offered [points]", best, kind, product, nationality);
  tell("bonus", bonus, kind, product);
  const auto& [chosen, utility, probability, allowed] = choice;
  tell("products to choose from", chosen);
  tell("utility", utility, kind, product);
  tell("chance of choice", probability, menu, product);
  tell("menu", allowed, menu);
  const auto& [used, tokens, spend, compute, access] = use;
  tell("products to use", used);
  tell("tokens by kind", tokens, kind, product);
  tell("spending by kind", spend, kind, product);
  tell("compute by kind", compute, kind, product);
  tell("access by menu", access, menu);
}

static void walk(StateWalk& tell, const ListReview& review) {
  const auto& [of_enterprise, of_vendor, days_left] = review;
  tell("enterprise of the list review", of_enterprise);
  tell("vendor of the list review", of_vendor);
  tell("days left of the list review", days_left);
}

static void walk(StateWalk& tell, const Enterprises& all) {
  const auto& [identity, of_menu_class, sector, weight, of_desk, first_desk, removed, removed_otherwise, used,
               utility_at_choice, next_review, list_reviews, access_at_start, compute_at_start] = all;
  tell("identity of the enterprise", identity, enterprise);
  tell("menu class", of_menu_class, enterprise);
  tell("sector", sector, enterprise);
  tell("weight", weight, enterprise);
  tell("desk", of_desk, enterprise);
  tell("first desk", first_desk);
  tell("products removed", removed, enterprise);
  tell("products removed for other reasons", removed_otherwise, enterprise);
  tell("product in use", used, enterprise);
  tell("utility at choice", utility_at_choice, enterprise);
  tell("next review [d]", next_review, enterprise);
  tell.list("list reviews", list_reviews);
  tell("access at T0", access_at_start, enterprise);
  tell("compute at T0", compute_at_start, enterprise);
}

static void walk(StateWalk& tell, const Usage& usage) {
  const auto& [by_region, hong_kong_desks, by_desk, staff, tokens, spend, vendor_spend] = usage;
  tell.packed<double, 10>("efficiency", by_region, region, entry);
  tell.packed<double, 10>("efficiency of Hong Kong's desks", std::span(&hong_kong_desks, 1), entry);
  tell.packed<double, 10>("efficiency by desk", by_desk, desk, entry);
  tell("staff using", staff, region, product);
  tell("tokens used", tokens, region, product);
  tell("spending", spend, region, product);
  tell("spending by vendor", vendor_spend, vendor, region);
}

static void walk(StateWalk& tell, const ResearchEmployer& employer) {
  const auto& [home, domestic, foreign] = employer;
  tell("home of the employer", home);
  tell("domestic newcomers of the employer", domestic);
  tell("foreign newcomers of the employer", foreign);
}

static void walk(StateWalk& tell, const Talent& talent) {
  const auto& [persons, search_week, leaves_month, of_nationality, location, employer, standing, stock,
               stock_t0, moved, moved_top, lapsed, entered, left, staff, quits, employers, to_enter, unit] =
      talent;
  tell("persons", persons, researcher);
  tell("week of search", search_week, researcher);
  tell("month of leaving", leaves_month, researcher);
  tell("nationality", of_nationality, researcher);
  tell("location", location, researcher);
  tell("employer", employer, researcher);
  tell("standing", standing, researcher);
  tell("researchers [persons]", stock, nationality, region);
  tell("researchers at T0 [persons]", stock_t0, nationality, region);
  tell("moves [persons]", moved, nationality, region, region);
  tell("moves of the top tier [persons]", moved_top, nationality, region, region);
  tell("lapsed stays [persons]", lapsed, region);
  tell("newcomers to research [persons]", entered, nationality, region);
  tell("researchers who left [persons]", left, nationality, region);
  tell("research staff [persons]", staff, vendor, nationality);
  tell("quits [persons]", quits, vendor, nationality);
  tell.list("employers of researchers", employers);
  tell("newcomers due [persons]", to_enter, nationality, region);
  tell("weight of a newcomer [persons]", unit, region);
}

static void walk(StateWalk& tell, const Desks& desks) {
  const auto& [staff, capital, due_staff, due_capital, moved_staff, moved_capital] = desks;
  tell("staff of the desk [persons]", staff, desk, region);
  tell("capital of the desk [USD]", capital, desk, region);
  tell("staff due to move [persons]", due_staff, desk, region);
  tell("capital due to move [USD]", due_capital, desk, region);
  tell("desk staff moved [persons]", moved_staff, region, region);
  tell("desk capital moved [USD]", moved_capital, region, region);
}

static void walk(StateWalk& tell, const AiBudgets& budgets) {
  const auto& [spend, at_start, moved] = budgets;
  tell("AI budget", spend, region, region);
  tell("AI budget at T0", at_start, region, region);
  tell("AI budget moved", moved, region, region);
}

/// Told, and read by nothing; in, so that equal states are told alike.
static void walk(StateWalk& tell, const Indicators& all) {
  const auto& [bifurcation_of_use, bifurcation_of_talent, concentration, third_country_share,
               effective_compute, routed, leaky, denial, willingness_to_pay, bridge_index, premium] = all;
  tell("bifurcation of use", bifurcation_of_use);
  tell("bifurcation of talent", bifurcation_of_talent);
  const auto& [world, by_region] = concentration;
  tell("concentration of the world", world);
  tell("concentration", by_region, region);
  tell("share of third countries", third_country_share, region);
  tell("effective compute", effective_compute, region);
  tell("staff routed", routed, region);
  tell("leaky staff", leaky, region);
  for (std::size_t o = 0; o < denial.size(); ++o) {
    tell.part(denied_object_names[o]);
    tell.packed<double, 3>("denial", denial[o], region, entry);
  }
  tell.part({});
  tell("willingness to pay", willingness_to_pay, region);
  tell("bridge index", bridge_index);
  const auto& [coefficient, standard_error, n, identified] = premium;
  tell("coefficient of the premium", coefficient);
  tell("standard error of the premium", standard_error);
  tell("vendors of the premium", n);
  tell("premium identified", identified);
}

static void tell_law_and_technology(StateWalk& tell, const Economy& economy) {
  tell.list("orders", economy.orders);
  walk(tell, economy.law);
  walk(tell, economy.regulators);
  walk(tell, economy.incidents);
  walk(tell, economy.lobby);
  tell("rule binds lobbyists", economy.rule_binds_lobbyists);
  walk(tell, economy.bridge);
  tell("cleared for Hong Kong", economy.cleared, vendor);
  tell.rows("values of month ends", economy.value_history, vendor);
  walk(tell, economy.capability);
  walk(tell, economy.compute);
  tell("gap of compute at T0", economy.compute_gap_at_start, vendor);
  tell("distilled at T0 [points a month]", economy.distilled_at_start, vendor);
  tell("closed share at T0", economy.closed_share_at_start, vendor);
  tell("publishes", economy.publishes, vendor);
  tell("price of tokens [USD per million]", economy.price, model);
  tell("stopped", economy.stopped, model);
  tell("access", economy.access.cells(), model, cell);
  tell("access on own machines", economy.access.own_machine_cells(), model, cell);
  tell("hazard of denial", economy.hazard, region, region);
}

static void tell_users_and_talent(StateWalk& tell, const Economy& economy) {
  walk(tell, economy.demand);
  walk(tell, economy.enterprises);
  walk(tell, economy.usage);
  walk(tell, economy.talent);
  walk(tell, economy.desks);
  walk(tell, economy.budgets);
  tell("output of the desk at T0", economy.desk_output_at_start, desk, region);
  tell("efficiency at T0", economy.efficiency_at_start, region);
  tell("frontier presence at T0", economy.frontier_presence_at_start, region);
  tell("use in Hong Kong at T0", economy.hong_kong_use_at_start, product);
  tell("sovereign premium", economy.premium, vendor);
  tell("mark-up", economy.lerner, vendor, region);
  tell("mark-up at T0", economy.lerner_at_start, vendor);
}

static void tell_records(StateWalk& tell, const Economy& economy) {
  walk(tell, economy.indicators);
  tell("spending at T0", economy.spend_at_start, vendor);
  tell("revenue in service [USD per year]", economy.service_revenue, vendor, region);
  tell("news priced", economy.priced, vendor);
  tell("productive days [d]", economy.productive_days, vendor);
  tell("news reported", economy.reported, vendor);
  tell("frontier access at T0", economy.frontier_access_at_start, region, nationality);
  tell("offers changed", economy.offers_changed);
  tell("last day", economy.last_day);
  tell("last day of choice", economy.last_choice);
  tell("last day of a month", economy.last_month);
  tell("weeks", economy.weeks);
  tell("months", economy.months);
}

void walk(StateWalk& tell, const Economy& economy) {
  [[maybe_unused]] const auto& [active, orders, law, regulators, incidents, lobby, rule_binds_lobbyists,
                                bridge, cleared, value_history, capability, compute, compute_gap_at_start,
                                distilled_at_start, closed_share_at_start, publishes, price, stopped, access,
                                spells, hazard, demand, enterprises, usage, talent, desks, budgets,
                                desk_output_at_start, efficiency_at_start, frontier_presence_at_start,
                                hong_kong_use_at_start, premium, lerner, lerner_at_start, indicators,
                                spend_at_start, service_revenue, priced, productive_days, reported,
                                frontier_access_at_start, offers_changed, last_day, last_choice, last_month,
                                weeks, months] = economy;
  tell_law_and_technology(tell, economy);
  tell_users_and_talent(tell, economy);
  tell_records(tell, economy);
}

}  // namespace chokepoint
