#include "sim/model/economy.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/model/access/vendor_service.hpp"
#include "sim/model/economy_enact.hpp"
#include "sim/model/economy_government.hpp"
#include "sim/model/economy_places.hpp"
#include "sim/model/economy_research.hpp"
#include "sim/model/enterprises/desk_output.hpp"
#include "sim/model/enterprises/pricing_power.hpp"
#include "sim/model/enterprises/sovereign_premium.hpp"
#include "sim/model/enterprises/token_prices.hpp"
#include "sim/model/slow_news.hpp"
#include "sim/model/talent/lock_out.hpp"

namespace chokepoint {
namespace {

EnterpriseConditions conditions_of(const Parameters& params, const Economy& economy) {
  return {&economy.access,
          economy.capability.measured,
          economy.price,
          economy.hazard,
          economy.capability.weights,
          on_premise_factor(params.bridge, economy.bridge),
          hosted_value(params.bridge, economy.bridge)};
}

AccessRules access_rules(const Economy& economy) {
  return {economy.law.open_weights.bans, economy.cleared, economy.bridge.secondary};
}

std::vector<double> list_prices(const Facts& facts) {
  std::vector<double> prices;
  for (const AiModel& model : facts.models) prices.push_back(model.price);
  return prices;
}

/// Capability, prices and access of T0: no orders, nothing stopped.
Economy at_rest(const Parameters& params, const Facts& facts) {
  Economy economy;
  economy.active = true;
  economy.law = law_at_start(facts.chip_policy);
  economy.bridge = initial_bridge(params.bridge, facts);
  economy.capability = initial_capability(params.capability, facts);
  economy.price = list_prices(facts);
  economy.stopped.assign(facts.models.size(), 0);
  economy.access = make_access(facts, economy.capability.released, economy.orders, economy.stopped);
  economy.last_day = economy.last_choice = economy.last_month = facts.as_of;
  return economy;
}

bool any_stopped(const Facts& facts, const Economy& economy, const std::string& vendor) {
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (economy.stopped[m] != 0 && facts.models[m].developer == vendor) return true;
  }
  return false;
}

double spend_of(const Economy& economy, std::size_t vendor) {
  double sum = 0.0;
  for (std::size_t r = 0; r < region_count; ++r) {
    sum += economy.usage.vendor_spend[vendor * region_count + r];
  }
  return sum;
}

/// Revenue by region follows spending while all of a vendor's models are in service.
void book_revenue(const Facts& facts, Economy& economy) {
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (!(economy.spend_at_start[v] > 0.0) || any_stopped(facts, economy, facts.vendors[v].id)) continue;
    const double usd_per_spend = facts.vendors[v].revenue_usd / economy.spend_at_start[v];
    for (std::size_t r = 0; r < region_count; ++r) {
      economy.service_revenue[v][r] = usd_per_spend * economy.usage.vendor_spend[v * region_count + r];
    }
  }
}

void measure(const EconomyDay& today, Economy& economy) {
  const EnterpriseSetup& setup = today.setup.enterprises;
  economy.usage = measure_use(today.params.enterprises.use, today.facts, setup.products,
                              economy.demand.offers, economy.demand.use, economy.enterprises);
  for (std::size_t v = 0; v < today.facts.vendors.size(); ++v) {
    for (std::size_t r = 0; r < region_count; ++r) {
      economy.usage.vendor_spend[v * region_count + r] *=
          budget_factor(economy.budgets, static_cast<Region>(r));
    }
  }
  economy.premium =
      sovereign_premium(today.facts, today.params.enterprises, setup, economy.demand, economy.hazard);
}

void grant(const EconomyDay& today, Economy& economy) {
  AccessTensor now = make_access(today.facts, economy.capability.released, economy.orders, economy.stopped,
                                 access_rules(economy));
  if (now == economy.access) return;
  for (const PersonOrder& order : economy.orders) {
    if (order.first_day != today.day) continue;
    learn_hazard(today.params.denial_hazard, order.government,
                 staff_lost(today.facts, economy.access, now, order.models), economy.hazard);
  }
  economy.access = std::move(now);
  economy.spells.record(static_cast<std::int32_t>(today.day), economy.access);
  economy.offers_changed = true;
}

void fade(const EconomyDay& today, Economy& economy) {
  fade_hazard(today.params.denial_hazard, today.date - economy.last_day, economy.hazard);
}

void serve(const EconomyDay& today, Economy& economy) {
  decide_service(today.facts, today.params.vendors, economy.orders, economy.service_revenue, today.date,
                 economy.stopped);
}

/// Days up to today on which research staff worked, those locked out by less.
void work(const EconomyDay& today, Economy& economy) {
  const std::vector<char> locked = locked_out_staff(today.facts, economy.orders);
  const double days = today.date - economy.last_day;
  for (std::size_t v = 0; v < today.facts.vendors.size(); ++v) {
    economy.productive_days[v] += days * productive_share(economy.talent, today.params.talent, locked, v);
  }
}

bool feared(const DenialHazard& hazard) {
  for (const auto& row : hazard) {
    if (std::any_of(row.begin(), row.end(), [](double h) { return h > 0.0; })) return true;
  }
  return false;
}

void adopt(const EconomyDay& today, Economy& economy) {
  const EnterpriseSetup& setup = today.setup.enterprises;
  const EnterpriseParams& params = today.params.enterprises;
  // Reviews come with the weeks in every arm: a day with news in one arm only must not shift anybody's draws.
  const double days = today.new_week ? today.date - economy.last_choice : 0.0;
  const bool cheaper = step_token_prices(today.params.token_prices, today.facts, economy.capability.released,
                                         economy.capability.measured, days / days_per_month, economy.price,
                                         economy.capability.weights);
  if (economy.offers_changed || cheaper || feared(economy.hazard)) {
    rebuild_offers(today.facts, params, setup, conditions_of(today.params, economy), economy.demand);
  }
  const auto step = static_cast<std::uint32_t>(today.day + 1);
  review_lists(params.lists, today.facts, setup.products, economy.demand.offers, today.random, step, days,
               economy.enterprises);
  choose(choice_inputs(params, setup, economy.demand), today.random, step, days, economy.enterprises);
  measure(today, economy);
  book_revenue(today.facts, economy);
  economy.indicators = measure_indicators(today, economy);
  economy.offers_changed = false;
  if (today.new_week) economy.last_choice = today.date;
}

std::vector<double> report(const EconomyDay& today, Economy& economy) {
  std::vector<double> ratios;
  for (std::size_t v = 0; v < today.facts.vendors.size(); ++v) ratios.push_back(revenue_ratio(economy, v));
  return slow_news(today.params.slow_news, today.facts, ratios, economy.priced, economy.reported);
}

/// Mark-ups follow what demand lets each vendor ask, once a month.
void mark_up(const EconomyDay& today, Economy& economy) {
  const EnterpriseSetup& setup = today.setup.enterprises;
  economy.lerner =
      lerner_by_region(today.facts, today.params.enterprises, setup, economy.demand, economy.hazard);
  const std::vector<double> now =
      lerner_of_vendors(today.facts, today.params.enterprises, setup, economy.demand, economy.hazard);
  const std::vector<double> open =
      open_targets(today.params.token_prices, today.facts, economy.capability.released,
                   economy.capability.measured, economy.price, economy.capability.weights);
  if (step_mark_ups(today.params.token_prices, today.facts, economy.lerner_at_start, now,
                    list_prices(today.facts), today.months, economy.price, open)) {
    economy.offers_changed = true;
  }
}

/// What later months are compared with.
void remember_start(const Facts& facts, const Parameters& params, const EnterpriseSetup& setup,
                    Economy& economy) {
  const std::size_t vendors = facts.vendors.size();
  economy.lerner = lerner_by_region(facts, params.enterprises, setup, economy.demand, economy.hazard);
  economy.lerner_at_start =
      lerner_of_vendors(facts, params.enterprises, setup, economy.demand, economy.hazard);
  economy.closed_share_at_start = closed_shares(facts, setup, economy);
  economy.frontier_presence_at_start =
      frontier_presence(facts, params.capability.release_step, economy.capability);
  economy.desk_output_at_start =
      log_desk_output(facts, params.enterprises, setup, economy.demand, economy.hazard, economy.enterprises);
  for (std::size_t r = 0; r < region_count; ++r) {
    economy.efficiency_at_start[r] = economy.usage.region[r].efficiency;
  }
  const std::size_t hk = index(Region::hk) * setup.products.size();
  for (std::size_t j = 0; j < setup.products.size(); ++j) {
    economy.hong_kong_use_at_start.push_back(economy.usage.staff[hk + j]);
  }
  const std::vector<double> queried = frontier_access(
      params.capability, facts, economy.access, economy.capability.released, economy.capability.measured);
  economy.distilled_at_start = distillation_rates(params.capability, facts, economy.capability, queried, 0.0);
  economy.publishes.assign(vendors, 1);
  economy.cleared.assign(vendors, 0);
  economy.value_history.assign(4, std::vector<double>(vendors, 0.0));
  if (facts.compute.stock.empty()) return;
  economy.compute = initial_compute(params.compute, facts, facts.compute, economy.law.chips, facts.as_of);
  economy.compute_gap_at_start = compute_gaps(economy.compute);
}

/// Values of four month ends, the oldest first.
void remember_values(const EconomyDay& today, Economy& economy) {
  std::vector<double> now(today.firm_value.begin(), today.firm_value.end());
  now.resize(today.facts.vendors.size(), 0.0);
  economy.value_history.erase(economy.value_history.begin());
  economy.value_history.push_back(std::move(now));
}

/// Those who govern look back on the month, and the bridge is built on.
void begin_month(const EconomyDay& today, Economy& economy) {
  remember_values(today, economy);
  govern(today, economy);
  bridge_month(today, economy);
}

bool same_month(Date a, Date b) { return to_text(a).substr(0, 7) == to_text(b).substr(0, 7); }

}  // namespace

EconomySetup make_economy_setup(const Facts& facts, const Parameters& params) {
  EconomySetup setup;
  if (facts.vendors.empty()) return setup;
  const Economy start = at_rest(params, facts);
  setup.enterprises = back_out(facts, params.enterprises, conditions_of(params, start));
  setup.migration = fit_tastes(facts.talent.share_2019, facts.talent.first_place_2019, params.talent);
  return setup;
}

Economy make_economy(const Facts& facts, const Parameters& params, const EconomySetup& setup,
                     const RandomStream& random) {
  if (facts.vendors.empty()) return {};
  Economy economy = at_rest(params, facts);
  economy.spells = AccessSpells(economy.access);
  economy.demand = setup.enterprises.at_start;
  economy.budgets = initial_budgets(facts);
  economy.desks = initial_desks(params.relocation, facts);
  economy.enterprises = make_enterprises(facts, params.enterprises, setup.enterprises, random);
  economy.talent = make_talent(facts, params.talent, random);
  measure({facts, params, setup, random, 0, facts.as_of, false}, economy);
  const std::size_t vendors = facts.vendors.size();
  for (std::size_t v = 0; v < vendors; ++v) economy.spend_at_start.push_back(spend_of(economy, v));
  economy.service_revenue.resize(vendors);
  book_revenue(facts, economy);
  economy.priced.resize(vendors);
  economy.reported.resize(vendors);
  economy.productive_days.resize(vendors);
  for (std::size_t r = 0; r < region_count; ++r) {
    for (std::size_t n = 0; n < nationality_count; ++n) {
      economy.frontier_access_at_start.push_back(
          frontier_access(facts, params, economy, static_cast<Region>(r), static_cast<Nationality>(n)));
    }
  }
  remember_start(facts, params, setup.enterprises, economy);
  economy.indicators = measure_indicators({facts, params, setup, random, 0, facts.as_of, false}, economy);
  return economy;
}

std::vector<double> step_economy(const EconomyDay& day, const std::vector<EconomyNews>& news,
                                 Economy& economy) {
  if (!economy.active) return {};
  EconomyDay today = day;
  const bool new_month = !same_month(today.date, economy.last_month);
  today.months = (today.date - economy.last_month) / days_per_month;
  std::vector<double> value_news;
  const Verbs verb(today.done);
  verb("work", [&] { work(today, economy); });
  verb("fade", [&] { fade(today, economy); });
  verb("enact", [&] { enact(today, news, economy); });
  if (new_month) verb("govern", [&] { begin_month(today, economy); });
  verb("serve", [&] { serve(today, economy); });
  verb("grant", [&] { grant(today, economy); });
  if (new_month) {
    verb("supply", [&] { supply(today, economy); });
    verb("research", [&] { research(today, economy); });
    verb("mark_up", [&] { mark_up(today, economy); });
  }
  if (today.new_week) verb("relocate", [&] { relocate(today, economy); });
  if (today.new_week || economy.offers_changed) verb("adopt", [&] { adopt(today, economy); });
  if (new_month) {
    verb("move", [&] { move_business(today, economy); });
    verb("report", [&] { value_news = report(today, economy); });
    economy.last_month = today.date;
    ++economy.months;
  }
  economy.last_day = today.date;
  return value_news;
}

double frontier_access(const Facts& facts, const Parameters& params, const Economy& economy, Region region,
                       Nationality nationality) {
  double best = 0.0;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].usable() && economy.access.serves(m, {region, nationality, region})) {
      best = std::max(best, economy.capability.measured[m]);
    }
  }
  if (best == 0.0) return 0.0;
  const double gap = best_released(facts, economy.capability) - best;
  return exponential(-gap / params.enterprises.use.access_scale);
}

std::vector<char> locked_out_staff(const Facts& facts, const std::vector<PersonOrder>& orders) {
  std::vector<char> locked(facts.vendors.size() * nationality_count, 0);
  for (const PersonOrder& order : orders) {
    for (const std::size_t m : order.models) {
      const std::size_t v = facts.vendor(facts.models[m].developer);
      if (v == Facts::npos) continue;
      for (std::size_t n = 0; n < nationality_count; ++n) {
        if (!order.permitted[n]) locked[v * nationality_count + n] = 1;
      }
    }
  }
  return locked;
}

double revenue_ratio(const Economy& economy, std::size_t vendor) {
  const double start = economy.spend_at_start[vendor];
  return start > 0.0 ? spend_of(economy, vendor) / start : 1.0;
}

double desk_staff_without(const Economy& economy, ProductSet products, Region region) {
  const Enterprises& all = economy.enterprises;
  double staff = 0.0;
  double without = 0.0;
  for (std::size_t i = all.first_desk; i < all.size(); ++i) {
    if (all.kind(i).region != region) continue;
    staff += all.weight[i];
    if (products != 0 && (all.removed[i] & products) == products) without += all.weight[i];
  }
  return staff > 0.0 ? without / staff : 0.0;
}

}  // namespace chokepoint
