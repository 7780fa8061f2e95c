#include "sim/model/demand.hpp"

#include <catch2/catch.hpp>

#include "tests/support/market.hpp"

using namespace chokepoint;

namespace {

constexpr auto us = Region::us;

/// A US fund (theta 1) and a US index fund (theta 0), each with 10 shares at 10 USD and 100 USD of cash.
Market two_investors() {
  Market market(1, {{InvestorType::fund, us, 1}, {InvestorType::passive, us, 1}});
  market.reference_price[0] = 10.0;
  market.theta[class_of(InvestorType::passive, us)] = 0.0;
  for (const std::size_t i : {market.row(InvestorType::fund, us), market.row(InvestorType::passive, us)}) {
    market.cash[i] = 100.0;
    market.holding[i] = 10.0;
  }
  market.read_odds_off_holdings();
  return market;
}

}  // namespace

TEST_CASE("demand: at the prices of T0 everybody wants what he has", "[unit][demand]") {
  Market market = two_investors();
  DemandSystem system;
  CHECK(market.residual(system, {0.0})[0] == Approx(0.0).margin(1e-15));
  CHECK(system.demand()[0] == Approx(200.0));
  CHECK(system.supply()[0] == 20.0);
}

TEST_CASE("demand: two investors and one line by hand", "[unit][demand]") {
  // p = .1: price 11.0517, wealth 210.517 each. Fund: odds e^{.1 - .1} = 1, wants half: 105.2585.
  // Index fund: odds e^.1, wants 110.5171, which is what it holds. F = ln(215.7756 / (20 x 11.0517)).
  Market market = two_investors();
  DemandSystem system;
  CHECK(market.residual(system, {0.1})[0] == Approx(-0.024078213000745252).epsilon(1e-13));
  CHECK(system.demand()[0] == Approx(215.77563771134717).epsilon(1e-14));
  CHECK(system.price(0) == Approx(11.051709180756477).epsilon(1e-14));
  std::vector<double> wish(market.accounts.size);
  system.wishes(0, wish);
  CHECK(wish[market.row(InvestorType::passive, us)] == Approx(0.0).margin(1e-13));
  CHECK(wish[market.row(InvestorType::fund, us)] == Approx(105.25854590378239 / 11.051709180756477 - 10.0));
}

TEST_CASE("demand: a revised value and a shifter enter log odds as the header says", "[unit][demand]") {
  Market market = two_investors();
  const std::size_t fund = class_of(InvestorType::fund, us);
  market.kappa[fund] = 0.25;
  market.value[fund] = 0.3;
  market.shifter[fund] = 0.05;
  // z = .1 - .3 = -.2: log odds .1 + .2 + .25 x .008 + .05 = .352; odds 1.42191; wealth 210.5171.
  DemandSystem system;
  market.residual(system, {0.1});
  const double odds = 1.4219085237185773;
  CHECK(system.demand()[0] == Approx(210.51709180756477 * odds / (1.0 + odds) + 110.51709180756477));
}

TEST_CASE("demand: participation scales demand and supply, forced sales add to supply", "[unit][demand]") {
  Market market = two_investors();
  market.participation.share[class_of(InvestorType::fund, us)] = 0.5;
  market.participation.supply[0] = 3.0;
  DemandSystem system;
  market.residual(system, {0.1});
  CHECK(system.supply()[0] == 0.5 * 10.0 + 10.0 + 3.0);
  CHECK(system.demand()[0] == Approx(0.5 * 105.25854590378239 + 110.51709180756477));
}

TEST_CASE("demand: attentive money comes from people who hold nothing", "[unit][demand]") {
  Market market(1, {{InvestorType::fund, us, 1}, {InvestorType::retail, us, 1}});
  const std::size_t fund = market.row(InvestorType::fund, us);
  const std::size_t retail = market.row(InvestorType::retail, us);
  market.cash[fund] = market.cash[retail] = 100.0;
  market.holding[fund] = 50.0;
  market.read_odds_off_holdings();
  market.attended[0] = 1;
  market.attention[retail] = 0.5;
  market.new_money[class_of(InvestorType::retail, us)] = 0.04;
  DemandSystem system;
  market.residual(system, {0.0});
  // Retail: odds .02 from nothing, share .02 / 1.02 of 100 USD.
  CHECK(system.demand()[0] == Approx(50.0 + 100.0 * 0.02 / 1.02));
}

TEST_CASE("demand: a closed line counts in wealth and in odds at its last price", "[unit][demand]") {
  Market market(2, {{InvestorType::fund, us, 1}});
  market.cash[0] = 100.0;
  market.holding[market.at(0, 0)] = 50.0;
  market.holding[market.at(1, 0)] = 30.0;
  market.read_odds_off_holdings();
  market.open = {0};
  market.log_price[1] = 0.2;
  market.theta.assign(class_count, 0.0);
  // Line two: worth 30 e^.2, odds .3 e^.2. Line one at p = 0: wealth 150 + 36.642, share .5 / (1.5 + .36642).
  DemandSystem system;
  market.residual(system, {0.0});
  const double second = 36.642082744805102;
  CHECK(system.demand()[0] == Approx((150.0 + second) * 0.5 / (1.5 + second / 100.0)));
}

TEST_CASE("demand: without supply or without demand there is no residual to speak of", "[unit][demand]") {
  Market market = two_investors();
  DemandSystem system;
  market.odds.assign(market.odds.size(), 0.0);
  CHECK(market.residual(system, {0.0})[0] == -std::numeric_limits<double>::infinity());
  market.holding.assign(market.holding.size(), 0.0);
  CHECK(market.residual(system, {0.0})[0] == std::numeric_limits<double>::infinity());
}
