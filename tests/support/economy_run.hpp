/// The economy of the shipped data without a market, day by day, with news made by hand.
///
/// T0 is 12 June 2026; day 0 is Monday 15 June, the first report of a month falls on 1 July. Populations are
/// small so that a run is quick.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "sim/input/facts_loader.hpp"
#include "sim/model/economy.hpp"

namespace chokepoint {

inline Facts shipped_facts() {
  Problems problems;
  Facts facts = load_facts(CHOKEPOINT_SOURCE_DIR "/data", "", make_date(2026, 6, 12), problems);
  REQUIRE_FALSE(problems.any());
  return facts;
}

inline Parameters small_economy() {
  Parameters params;
  params.enterprises.population.count = 600;
  params.talent.agents = 2000;
  return params;
}

/// An order of a government on models, for nobody but one nationality.
inline PersonOrder order_for(const Facts& facts, const std::vector<std::string>& models,
                             Nationality permitted, Region government = Region::us) {
  PersonOrder order;
  order.measure = "order";
  order.government = government;
  for (const std::string& id : models) {
    order.models.push_back(static_cast<std::size_t>(facts.model(id) - facts.models.data()));
  }
  order.permitted[index(permitted)] = true;
  return order;
}

class EconomyRun {
 public:
  explicit EconomyRun(const Parameters& p = small_economy(), std::size_t days = 60)
      : facts(shipped_facts()),
        params(p),
        random(1, 0),
        calendar(facts, days, {}),
        setup(make_economy_setup(facts, params)),
        economy(make_economy(facts, params, setup, random)) {}

  void on(std::size_t day, decltype(EconomyNews::what) what) { news.push_back({day, std::move(what)}); }
  void order(std::size_t first_day, PersonOrder order) {
    order.first_day = first_day;
    order.since = calendar.days()[first_day].date;
    on(first_day, OrderTakesHold{std::move(order)});
  }
  /// Only US nationals may use Fable 5, from a day until the day before another.
  void fable_order(std::size_t first_day, std::size_t end_day) {
    order(first_day, order_for(facts, {"fable-5"}, Nationality::us));
    on(end_day, OrderEnds{"order"});
  }

  /// The next day; returns the news of value by vendor.
  std::vector<double> day() {
    const TradingDay& today = calendar.days()[next];
    return step_economy({facts, params, setup, random, next++, today.date, today.new_week}, news, economy);
  }
  void run(std::size_t days) {
    for (std::size_t i = 0; i < days; ++i) day();
  }

  Date date_of(std::size_t at) const { return calendar.days()[at].date; }
  std::size_t model(const std::string& id) const {
    return static_cast<std::size_t>(facts.model(id) - facts.models.data());
  }
  std::size_t vendor(const std::string& id) const { return facts.vendor(id); }
  /// Share of the entitled of a nationality who can use Fable 5.
  double fable_served(Nationality nationality) const {
    return entitled_served(facts, economy.access, model("fable-5"), nationality);
  }

  Facts facts;
  Parameters params;
  RandomStream random;
  Calendar calendar;
  EconomySetup setup;
  std::vector<EconomyNews> news;
  Economy economy;
  std::size_t next = 0;
};

using Names = std::set<std::string>;

/// Names of the parts of the state that are not the same bits.
inline Names differing(const Economy& a, const Economy& b) {
  Names names;
  const auto expect = [&](const char* name, bool same) {
    if (!same) names.insert(name);
  };
  expect("orders", a.orders.size() == b.orders.size());
  expect("stopped", a.stopped == b.stopped);
  expect("access", a.access == b.access && a.spells.all().size() == b.spells.all().size());
  expect("hazard", a.hazard == b.hazard);
  expect("capability", a.capability.latent == b.capability.latent &&
                           a.capability.measured == b.capability.measured &&
                           a.capability.released == b.capability.released);
  expect("prices", a.price == b.price);
  expect("lists", a.enterprises.removed == b.enterprises.removed);
  expect("choices", a.enterprises.product == b.enterprises.product &&
                        a.enterprises.utility_at_choice == b.enterprises.utility_at_choice &&
                        a.enterprises.next_review == b.enterprises.next_review);
  expect("use", a.usage.staff == b.usage.staff && a.usage.tokens == b.usage.tokens &&
                    a.usage.vendor_spend == b.usage.vendor_spend);
  expect("premium", a.premium == b.premium);
  expect("revenue", a.service_revenue == b.service_revenue);
  expect("reports", a.reported == b.reported);
  expect("places", a.talent.location == b.talent.location && a.talent.stock == b.talent.stock &&
                       a.talent.moved == b.talent.moved && a.talent.entered == b.talent.entered);
  expect("staff", a.talent.employer == b.talent.employer && a.talent.staff == b.talent.staff &&
                      a.talent.quits == b.talent.quits);
  return names;
}

/// Runs both and names what differed at the close of any day.
inline Names differing(EconomyRun& a, EconomyRun& b, std::size_t days) {
  Names names;
  for (std::size_t i = 0; i < days; ++i) {
    a.day();
    b.day();
    names.merge(differing(a.economy, b.economy));
  }
  return names;
}

inline Names without(Names names, const Names& left_out) {
  for (const std::string& name : left_out) names.erase(name);
  return names;
}

/// What follows from enterprises' choices and from nothing before them.
inline Names of_enterprises() { return {"choices", "use", "premium", "revenue", "reports"}; }

inline bool moved(double a, double b) { return std::fabs(a - b) > 1e-6; }

}  // namespace chokepoint
