#include "sim/model/economy.hpp"

#include <algorithm>

#include "sim/base/digest.hpp"
#include "sim/base/math.hpp"
#include "sim/model/access/vendor_service.hpp"
#include "sim/model/enterprises/sovereign_premium.hpp"
#include "sim/model/enterprises/token_prices.hpp"
#include "sim/model/slow_news.hpp"
#include "sim/model/talent/cohorts.hpp"
#include "sim/model/talent/lock_out.hpp"
#include "sim/model/talent/mobility.hpp"

namespace chokepoint {
namespace {

EnterpriseConditions conditions_of(const Economy& economy) {
  return {&economy.access, economy.capability.measured, economy.price, economy.hazard};
}

std::vector<double> list_prices(const Facts& facts) {
  std::vector<double> prices;
  for (const AiModel& model : facts.models) prices.push_back(model.price);
  return prices;
}

/// Capability, prices and access of T0: no orders, nothing stopped.
Economy at_rest(const CapabilityParams& params, const Facts& facts) {
  Economy economy;
  economy.active = true;
  economy.capability = initial_capability(params, facts);
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
  economy.premium =
      sovereign_premium(today.facts, today.params.enterprises, setup, economy.demand, economy.hazard);
}

/// What one piece of news changes; each kind has an overload.
struct Enactment {
  const EconomyDay& today;
  Economy& economy;

  void operator()(const OrderTakesHold& news) const {
    (*this)(OrderEnds{news.order.measure});
    economy.orders.push_back(news.order);
  }
  void operator()(const OrderEnds& news) const {
    std::erase_if(economy.orders, [&](const PersonOrder& order) { return order.measure == news.measure; });
  }
  void operator()(const ModelComesOut& news) const { release(today.facts, news.model, economy.capability); }
  void operator()(const VendorRemoved& news) const {
    ban_vendor(today.facts, today.setup.enterprises.products, news.enterprise, news.vendor, news.region,
               economy.enterprises);
    economy.offers_changed = true;
  }
};

void enact(const EconomyDay& today, const std::vector<EconomyNews>& news, Economy& economy) {
  for (const EconomyNews& one : news) {
    if (one.day == today.day) std::visit(Enactment{today, economy}, one.what);
  }
}

void grant(const EconomyDay& today, Economy& economy) {
  AccessTensor now = make_access(today.facts, economy.capability.released, economy.orders, economy.stopped);
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

/// Days up to today on which research staff worked, those locked out by less.
void work(const EconomyDay& today, Economy& economy) {
  const std::vector<char> locked = locked_out_staff(today.facts, economy.orders);
  const double days = today.date - economy.last_day;
  for (std::size_t v = 0; v < today.facts.vendors.size(); ++v) {
    economy.productive_days[v] += days * productive_share(economy.talent, today.params.talent, locked, v);
  }
}

void research(const EconomyDay& today, Economy& economy) {
  step_talent_month(economy.talent, today.params.talent, today.facts.talent, today.random, economy.months,
                    economy.weeks);
  const double days = today.date - economy.last_month;
  for (double& worked : economy.productive_days) worked /= days;
  step_capability(today.params.capability, today.facts, economy.productive_days, days / days_per_month,
                  economy.capability);
  std::fill(economy.productive_days.begin(), economy.productive_days.end(), 0.0);
  economy.offers_changed = true;
  ++economy.months;
}

void relocate(const EconomyDay& today, Economy& economy) {
  std::vector<double> access(region_count * nationality_count);
  for (std::size_t i = 0; i < access.size(); ++i) {
    access[i] =
        frontier_access(today.facts, today.params, economy, static_cast<Region>(i / nationality_count),
                        static_cast<Nationality>(i % nationality_count)) -
        economy.frontier_access_at_start[i];
  }
  const std::vector<double> unchanged(region_count, 0.0);
  const std::vector<char> locked = locked_out_staff(today.facts, economy.orders);
  step_talent_week(economy.talent, today.params.talent, today.setup.migration,
                   {unchanged, unchanged, access, unchanged, locked}, today.random, economy.weeks);
  check_head_counts(economy.talent);
  ++economy.weeks;
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
  const double days = today.date - economy.last_choice;
  const bool cheaper = step_token_prices(today.params.token_prices, today.facts, economy.capability.released,
                                         economy.capability.measured, days / days_per_month, economy.price);
  if (economy.offers_changed || cheaper || feared(economy.hazard)) {
    rebuild_offers(today.facts, params, setup, conditions_of(economy), economy.demand);
  }
  const auto step = static_cast<std::uint32_t>(today.day + 1);
  review_lists(params.lists, today.facts, setup.products, economy.demand.offers, today.random, step, days,
               economy.enterprises);
  choose(choice_inputs(params, setup, economy.demand), today.random, step, days, economy.enterprises);
  measure(today, economy);
  book_revenue(today.facts, economy);
  economy.offers_changed = false;
  economy.last_choice = today.date;
}

std::vector<double> report(const EconomyDay& today, Economy& economy) {
  std::vector<double> ratios;
  for (std::size_t v = 0; v < today.facts.vendors.size(); ++v) ratios.push_back(revenue_ratio(economy, v));
  return slow_news(today.params.slow_news, today.facts, ratios, economy.priced, economy.reported);
}

bool same_month(Date a, Date b) { return to_text(a).substr(0, 7) == to_text(b).substr(0, 7); }

}  // namespace

EconomySetup make_economy_setup(const Facts& facts, const Parameters& params) {
  EconomySetup setup;
  if (facts.vendors.empty()) return setup;
  const Economy start = at_rest(params.capability, facts);
  setup.enterprises = back_out(facts, params.enterprises, conditions_of(start));
  setup.migration = fit_tastes(facts.talent.share_2019, facts.talent.first_place_2019, params.talent);
  return setup;
}

Economy make_economy(const Facts& facts, const Parameters& params, const EconomySetup& setup,
                     const RandomStream& random) {
  if (facts.vendors.empty()) return {};
  Economy economy = at_rest(params.capability, facts);
  economy.spells = AccessSpells(economy.access);
  economy.demand = setup.enterprises.at_start;
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
  return economy;
}

std::vector<double> step_economy(const EconomyDay& today, const std::vector<EconomyNews>& news,
                                 Economy& economy) {
  if (!economy.active) return {};
  const bool new_month = !same_month(today.date, economy.last_month);
  work(today, economy);
  fade_hazard(today.params.denial_hazard, today.date - economy.last_day, economy.hazard);
  enact(today, news, economy);
  decide_service(today.facts, today.params.vendors, economy.orders, economy.service_revenue, today.date,
                 economy.stopped);
  grant(today, economy);
  if (new_month) research(today, economy);
  if (today.new_week) relocate(today, economy);
  if (today.new_week || economy.offers_changed) adopt(today, economy);
  std::vector<double> value_news;
  if (new_month) {
    value_news = report(today, economy);
    economy.last_month = today.date;
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

std::uint64_t fingerprint(const Economy& economy) {
  Digest digest;
  for (const char stopped : economy.stopped) digest.add(static_cast<std::uint64_t>(stopped));
  digest.add(static_cast<std::uint64_t>(economy.spells.all().size()));
  for (const double price : economy.price) digest.add(price);
  for (const double points : economy.capability.latent) digest.add(points);
  for (const double staff : economy.usage.staff) digest.add(staff);
  for (const double spend : economy.usage.spend) digest.add(spend);
  for (const auto& row : economy.talent.stock) {
    for (const std::int64_t persons : row) digest.add(static_cast<std::uint64_t>(persons));
  }
  return digest.value();
}

}  // namespace chokepoint
