#include "sim/model/market_session.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

struct Traded {
  Shares bought = 0;
  Shares sold = 0;
};

Traded traded(const World& before, const World& after, std::size_t line) {
  Traded sum;
  for (std::size_t i = 0; i < after.accounts(); ++i) {
    const Shares change = after.holding[after.at(line, i)] - before.holding[before.at(line, i)];
    (change > 0 ? sum.bought : sum.sold) += change;
  }
  return sum;
}

}  // namespace

TEST_CASE("price limit: a large shock stops at the band, status LIMIT, the long side is rationed",
          "[unit][market_session]") {
  const double limit = GENERATE(0.10, 0.20);
  const double sign = GENERATE(1.0, -1.0);
  CAPTURE(limit, sign);
  Facts facts = model_facts();
  facts.lines[gamma_line].limit = limit;
  ModelMarket market(facts);
  // Retail investors learn .3 of it at once: they trade against those who learn all.
  const double news = sign * 2.5 * limit;
  market.add_value(0, gamma_line, news);
  const World before = market.world;
  market.day();
  const World& world = market.world;
  const double ratio = 1.0 + sign * limit;
  CHECK(world.status[gamma_line] == LineStatus::limit);
  CHECK(world.log_price[gamma_line] == logarithm(ratio));
  CHECK(world.price[gamma_line] == nearest(5.0 * ratio * 1e6));
  const Traded trades = traded(before, world, gamma_line);
  CHECK(trades.bought > 100'000);
  CHECK(trades.bought + trades.sold + world.clearing_shares[gamma_line] == 0);
  CHECK(std::abs(world.clearing_shares[gamma_line]) <= 1);
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (k != gamma_line) CHECK(world.status[k] == LineStatus::cleared);
  }

  // The next day's band starts from the limit price.
  market.add_value(1, gamma_line, news);
  market.day();
  CHECK(world.status[gamma_line] == LineStatus::limit);
  CHECK(world.log_price[gamma_line] == logarithm(ratio) + logarithm(ratio));
}

TEST_CASE("price limit: rationing fills the short side in full and the long side pro rata",
          "[unit][market_session]") {
  ModelMarket free_market;
  ModelMarket limited;
  free_market.facts.lines[gamma_line].limit = 0.0;
  for (ModelMarket* market : {&free_market, &limited}) market->add_value(0, gamma_line, 0.25);
  const World before = limited.world;
  limited.day();
  free_market.day();
  CHECK(free_market.world.status[gamma_line] == LineStatus::cleared);
  CHECK(free_market.world.log_price[gamma_line] > 0.11);
  // At the band more want to buy than to sell: buyers get the same share of what they wished.
  std::vector<double> wish(limited.world.accounts());
  const auto open = limited.calendar.days()[0].open_lines[index(Session::a)];
  const auto row = static_cast<std::size_t>(std::find(open.begin(), open.end(), gamma_line) - open.begin());
  // The last clear of the day was session B: clear session A again from the same start to read its wishes.
  ModelMarket again;
  World& world = again.world;
  for (std::size_t g = 0; g < class_count; ++g) {
    world.value[gamma_line * class_count + g] = 0.25 * again.params.beliefs.gain(type_of_class(g));
  }
  clear_market(world, again.params, again.plan, Session::a, 0);
  double asked = 0.0;
  double offered = 0.0;
  world.holding_view = before.holding_view;  // wishes are read against the holdings of the open
  world.clearing.system().wishes(row, wish);
  for (const double q : wish) (q > 0.0 ? asked : offered) += std::fabs(q);
  REQUIRE(offered > 100'000.0);
  REQUIRE(asked > 1.2 * offered);
  const double filled = offered / asked;
  double worst = 0.0;
  for (std::size_t i = 0; i < wish.size(); ++i) {
    const auto got = static_cast<double>(limited.world.holding[limited.world.at(gamma_line, i)] -
                                         before.holding[before.at(gamma_line, i)]);
    worst = std::fmax(worst, std::fabs(got - wish[i] * (wish[i] > 0.0 ? filled : 1.0)));
  }
  CHECK(worst <= 1.0 + 1e-6);
}

TEST_CASE("halt: a clear that has no solution is HALT, keeps prices and trades nothing",
          "[unit][market_session]") {
  // Index funds only: nobody's demand answers to the price, so a forced sale has no price.
  ModelMarket market;
  World& world = market.world;
  world.population.theta.fill(0.0);
  world.population.kappa.fill(0.0);
  market.plan.bans.push_back({{0, Session::a, 0}, {beta, {false, false, true, false}, 40}});
  const World before = world;
  clear_market(world, market.params, market.plan, Session::a, 0);
  CHECK(world.status[beta] == LineStatus::cleared);  // at rest before the ban is heard
  market.day();
  for (std::size_t k = 0; k < world.lines; ++k) {
    CAPTURE(k);
    const bool asian = market.facts.venues[market.facts.lines[k].tickers[0].venue].session == Session::a;
    CHECK(world.status[k] == (asian ? LineStatus::halted : LineStatus::cleared));
    CHECK(world.log_price[k] == 0.0);
  }
  CHECK(world.holding == before.holding);
  CHECK(world.cash == before.cash);
  CHECK(world.clearing.counts().halts == 1);
}

TEST_CASE("closed: a line whose venue does not open keeps price, holdings and says CLOSED",
          "[unit][market_session]") {
  Facts facts = model_facts();
  facts.venues[1].closed = {make_date(2026, 6, 15)};  // Hong Kong on the first day
  ModelMarket market(facts);
  market.add_value(0, alpha, 0.2);
  const World before = market.world;
  market.day();
  for (const std::size_t k : {beta, thin}) {
    CHECK(market.world.status[k] == LineStatus::closed);
    CHECK(market.world.log_price[k] == 0.0);
    CHECK(traded(before, market.world, k).bought == 0);
  }
  CHECK(market.world.log_price[alpha] > 0.05);
  market.day();
  CHECK(market.world.status[beta] == LineStatus::cleared);
}
