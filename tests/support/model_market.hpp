/// A model market to test mechanisms in: four venues, eight lines and some hundreds of investors, with daily
/// noise off, run day by day.
///
///   ALPHA      US, 1 bn shares at 100 USD
///   BETA       HK, 400 m shares at 10 USD, half tradable, bought by CN through the quota
///   THIN       HK, 400 m shares at 10 USD, 5 % tradable, bought by CN through the quota
///   GAMMA      CN, 200 m shares at 5 USD, daily limit 10 %
///   US_REST, CN_REST, HK_REST, ROW_REST   at 10,000 USD
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/model/initial_world.hpp"
#include "sim/model/tick.hpp"

namespace chokepoint {

inline constexpr std::size_t alpha = 0, beta = 1, thin = 2, gamma_line = 3, first_composite = 4;

inline Line model_line(const std::string& id, std::size_t firm, std::size_t venue, Region region,
                       Shares shares, Shares tradable, double price) {
  Line line;
  line.id = id;
  line.firm = firm;
  line.tickers = {{id, venue}};
  line.region = region;
  line.group = firm == Line::npos ? LineGroup::composite : LineGroup::ai;
  line.line_class = firm == Line::npos ? LineClass::composite : LineClass::chips;
  line.shares = shares;
  line.tradable = tradable;
  line.price_local = line.price_usd = price;
  line.may_buy = {true, true, true, true};
  return line;
}

inline Facts model_facts() {
  Facts facts;
  facts.as_of = make_date(2026, 6, 12);  // a Friday
  facts.calendar_until = make_date(2027, 6, 12);
  facts.venues = {{"XNYS", Region::us, Session::b, "USD", "America/New_York", 34200, 57600, 0, 0, {}},
                  {"XHKG", Region::hk, Session::a, "HKD", "Asia/Hong_Kong", 34200, 57600, 43200, 46800, {}},
                  {"XSHG", Region::cn, Session::a, "CNY", "Asia/Shanghai", 34200, 54000, 41400, 46800, {}},
                  {"XLON", Region::row, Session::b, "GBP", "Europe/London", 28800, 59400, 0, 0, {}}};
  facts.firms = {{"alpha", "Alpha", Region::us, "chips", true, true, 0.0},
                 {"beta", "Beta", Region::hk, "chips", true, true, 0.0},
                 {"thin", "Thin", Region::cn, "lab", true, true, 0.0},
                 {"gamma", "Gamma", Region::cn, "chips", true, true, 0.0}};
  facts.lines = {model_line("ALPHA", 0, 0, Region::us, 1'000'000'000, 900'000'000, 100.0),
                 model_line("BETA", 1, 1, Region::hk, 400'000'000, 200'000'000, 10.0),
                 model_line("THIN", 2, 1, Region::hk, 400'000'000, 20'000'000, 10.0),
                 model_line("GAMMA", 3, 2, Region::cn, 200'000'000, 150'000'000, 5.0),
                 model_line("US_REST", Line::npos, 0, Region::us, 60'000'000, 54'000'000, 10000.0),
                 model_line("CN_REST", Line::npos, 2, Region::cn, 10'000'000, 9'000'000, 10000.0),
                 model_line("HK_REST", Line::npos, 1, Region::hk, 6'000'000, 5'400'000, 10000.0),
                 model_line("ROW_REST", Line::npos, 3, Region::row, 40'000'000, 36'000'000, 10000.0)};
  facts.lines[beta].southbound = facts.lines[thin].southbound = true;
  facts.lines[gamma_line].limit = 0.10;
  facts.ownership_prior = {
      {{.62, .002, .008, .37}, {.015, .945, .01, .03}, {.12, .24, .38, .26}, {.30, .002, .01, .688}}};
  facts.investor_mix = {{{.34, .27, .03, .05, .28, .03},
                         {.10, .20, .01, .06, .43, .20},
                         {.10, .35, .05, .08, .37, .05},
                         {.25, .33, .03, .05, .16, .18}}};
  return facts;
}

inline Parameters quiet_parameters(double investors = 400) {
  Parameters params;
  params.population.investors = investors;
  params.noise.scale = 0.0;
  return params;
}

/// One run, day by day. Whatever a test changes in `world` or `plan` between days is part of the run.
class ModelMarket {
 public:
  explicit ModelMarket(Facts given = model_facts(), Parameters p = quiet_parameters(), std::size_t days = 60,
                       const std::vector<Event>& events = {}, std::uint64_t seed = 1)
      : facts(std::move(given)),
        params(std::move(p)),
        random(seed, 0),
        calendar(make_calendar(facts, params.session, days, {}, events)),
        plan(make_plan(facts, params, calendar, events)),
        world(make_world(facts, params, random)) {}
  ModelMarket(const ModelMarket&) = delete;
  ModelMarket& operator=(const ModelMarket&) = delete;

  void day() { tick(world, params, random, plan, next_++); }
  void run(std::size_t days) {
    for (std::size_t i = 0; i < days; ++i) day();
  }
  std::size_t next() const { return next_; }
  Date date_of(std::size_t day) const { return calendar.days()[day].date; }

  /// Shares of a line held by the investors that `counts` takes in, read off the accounts.
  Shares held(std::size_t line, const std::function<bool(InvestorType, Region)>& counts) const {
    Shares sum = 0;
    for (std::size_t g = 0; g < class_count; ++g) {
      if (!counts(type_of_class(g), domicile_of_class(g))) continue;
      const ClassBlock& block = world.population.accounts.blocks[g];
      for (std::size_t i = block.begin; i < block.end; ++i) sum += world.holding[world.at(line, i)];
    }
    return sum;
  }
  Shares held(std::size_t line, Region domicile) const {
    return held(line, [=](InvestorType, Region d) { return d == domicile; });
  }
  Shares held(std::size_t line, InvestorType type) const {
    return held(line, [=](InvestorType t, Region) { return t == type; });
  }
  Shares held(std::size_t line) const {
    return held(line, [](InvestorType, Region) { return true; });
  }
  void add_value(std::size_t day, std::size_t line, double change) {
    plan.values.push_back({{day, Session::a, 0}, line, change});
  }

  Facts facts;
  Parameters params;
  RandomStream random;
  Calendar calendar;
  Plan plan;
  World world;

 private:
  std::size_t next_ = 0;
};

}  // namespace chokepoint
