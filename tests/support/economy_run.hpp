/// The economy of the shipped data without a market, day by day, with news made by hand.
///
/// T0 is 12 June 2026; day 0 is Monday 15 June, the first report of a month falls on 1 July. Populations are
/// small so that a run is quick.
#pragma once

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "sim/model/economy.hpp"
#include "tests/support/economy_difference.hpp"
#include "tests/support/shipped_facts.hpp"

namespace chokepoint {

inline Parameters small_economy() {
  Parameters params;
  params.enterprises.population.count = 600;
  params.talent.agents = 2000;
  return params;
}

/// The same without the ways by which one mechanism answers to many others, so that a test sees one at a
/// time.
inline Parameters plain_economy() {
  Parameters params = small_economy();
  params.capability.compute_weight = 0.0;
  params.capability.distillation = 0.0;
  params.capability.induced_innovation = 0.0;
  params.release.endogenous = 0.0;
  params.relocation.relocation_sensitivity = 0.0;
  params.budgets.elasticity = 0.0;
  params.token_prices.mark_up_adjustment = 0.0;
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

  /// What the economy is told of its next day.
  EconomyDay today() const {
    const TradingDay& now = calendar.days()[next];
    EconomyDay told{facts, params, setup, random, next, now.date, now.new_week};
    told.firm_value = firm_value;
    told.financing = financing;
    return told;
  }
  /// The next day; returns the news of value by vendor.
  std::vector<double> day() {
    const EconomyDay told = today();
    ++next;
    return step_economy(told, news, economy);
  }
  /// To the close of the first trading day of the n-th month after T0, on which governments and research act.
  void run_months(std::size_t n) {
    while (economy.months < n) day();
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
  std::vector<double> firm_value;  ///< [vendor] log change since T0, of every day; empty: no market
  std::vector<double> financing;   ///< [vendor] factor on budgets for compute; empty: ones
  Economy economy;
  std::size_t next = 0;
};

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

/// What follows from enterprises' choices and from nothing before them, in a world where budgets, desks,
/// mark-ups and publication do not answer to them.
inline Names of_enterprises() {
  return {"choices", "use", "premium", "revenue", "reports", "lerner", "indicators", "stances"};
}

inline bool moved(double a, double b) { return std::fabs(a - b) > 1e-6; }

}  // namespace chokepoint
