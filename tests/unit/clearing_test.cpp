#include "sim/model/clearing.hpp"

#include <catch2/catch.hpp>

#include "tests/support/market.hpp"

using namespace chokepoint;

namespace {

constexpr auto us = Region::us;

/// Lines held by `count` funds with different portfolios; nothing else.
Market funds(std::size_t lines, std::size_t count) {
  Market market(lines, {{InvestorType::fund, us, count}});
  for (std::size_t i = 0; i < count; ++i) {
    market.cash[i] = 100.0 + 10.0 * static_cast<double>(i);
    for (std::size_t k = 0; k < lines; ++k) {
      market.holding[market.at(k, i)] = 20.0 + 7.0 * static_cast<double>(i) + 11.0 * static_cast<double>(k);
    }
  }
  market.read_odds_off_holdings();
  return market;
}

}  // namespace

TEST_CASE("clearing: without news nothing moves", "[unit][clearing]") {
  Market market = funds(2, 3);
  CHECK_FALSE(market.clear().halted);
  CHECK(market.log_price == std::vector<double>{0.0, 0.0});
  CHECK(market.status == std::vector<LineStatus>{LineStatus::cleared, LineStatus::cleared});
  CHECK(market.clearing.counts().factorisations == 0);
}

TEST_CASE("clearing: one line and one class follow a common change of value exactly", "[unit][clearing]") {
  // At p = v odds are e^{v} h/C and wealth is C + h e^v: each investor wants just what he holds.
  const double v = GENERATE(0.2, -0.35, 0.9);
  CAPTURE(v);
  Market market = funds(1, 5);
  market.theta.assign(class_count, 0.8);
  market.kappa.assign(class_count, 0.25);
  market.set_value(0, v);
  CHECK_FALSE(market.clear().halted);
  CHECK(market.status[0] == LineStatus::cleared);
  CHECK(market.log_price[0] == Approx(v).margin(1e-8));
}

TEST_CASE("clearing: a line beyond its price limit stops there, the others clear around it",
          "[unit][clearing]") {
  Market market = funds(2, 4);
  market.set_value(0, 0.5);
  market.low[0] = -0.1;
  market.high[0] = 0.1;
  CHECK_FALSE(market.clear().halted);
  CHECK(market.status[0] == LineStatus::limit);
  CHECK(market.log_price[0] == 0.1);
  CHECK(market.status[1] == LineStatus::cleared);
  CHECK(market.clearing.system().demand()[0] >
        1.01 * market.clearing.system().supply()[0] * market.clearing.system().price(0));

  Market falling = funds(2, 4);
  falling.set_value(1, -0.5);
  falling.low[1] = -0.1;
  falling.high[1] = 0.1;
  CHECK_FALSE(falling.clear().halted);
  CHECK(falling.status[1] == LineStatus::limit);
  CHECK(falling.log_price[1] == -0.1);
}

TEST_CASE("clearing: a band that does not bind changes nothing", "[unit][clearing]") {
  Market free_market = funds(2, 4);
  Market banded = funds(2, 4);
  for (Market* market : {&free_market, &banded}) market->set_value(0, 0.05);
  banded.low = {-0.1, -0.1};
  banded.high = {0.1, 0.1};
  free_market.clear();
  banded.clear();
  CHECK(banded.log_price == free_market.log_price);
  CHECK(banded.status == free_market.status);
}

TEST_CASE("clearing: a line nobody may or wants to hold has no price, the others have", "[unit][clearing]") {
  Market market = funds(2, 4);
  for (std::size_t i = 0; i < market.accounts.size; ++i) market.odds[market.at(0, i)] = 0.0;
  market.set_value(1, 0.1);
  market.log_price[0] = 0.02;
  CHECK_FALSE(market.clear().halted);
  CHECK(market.status[0] == LineStatus::no_demand);
  CHECK(market.log_price[0] == 0.02);
  CHECK(market.status[1] == LineStatus::cleared);
  CHECK(market.log_price[1] > 0.05);
}

TEST_CASE("clearing: a sale to index funds alone has no price, which is a halt and no clear",
          "[unit][clearing]") {
  // Index funds want the value they hold at any price: F = ln(h / (h + s)) whatever p is.
  Market market = funds(1, 3);
  market.theta.assign(class_count, 0.0);
  market.participation.supply[0] = 5.0;
  CHECK(market.clear().halted);
  CHECK(market.status[0] == LineStatus::halted);
  CHECK(market.log_price[0] == 0.0);
  CHECK(market.clearing.counts().halts == 1);
}

TEST_CASE("clearing: a kept factor leads to the same price as a fresh one", "[unit][clearing]") {
  Market market = funds(3, 6);
  market.set_value(0, 0.02);
  market.clear();
  const long long factorisations = market.clearing.counts().factorisations;
  market.set_value(0, 0.03);
  market.set_value(2, -0.02);
  market.clear();
  CHECK(market.clearing.counts().factorisations == factorisations);
  Market fresh = funds(3, 6);
  fresh.set_value(0, 0.03);
  fresh.set_value(2, -0.02);
  fresh.clear();
  for (std::size_t k = 0; k < 3; ++k) CHECK(market.log_price[k] == Approx(fresh.log_price[k]).margin(1e-8));
}

TEST_CASE("clearing: closed lines keep price and status", "[unit][clearing]") {
  Market market = funds(2, 4);
  market.open = {1};
  market.log_price[0] = 0.07;
  market.set_value(0, 1.0);
  market.clear();
  CHECK(market.log_price[0] == 0.07);
  CHECK(market.status[0] == LineStatus::closed);
  CHECK(market.status[1] == LineStatus::cleared);
}
