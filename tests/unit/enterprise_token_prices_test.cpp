#include <catch2/catch.hpp>

#include "sim/model/enterprises/token_prices.hpp"
#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

struct Prices {
  Facts facts = economy_facts();
  TokenPriceParams params;
  std::vector<char> released = std::vector<char>(5, 1);
  std::vector<double> capability = {163, 158, 162, 151, 150};
  std::vector<double> price = {20, 10, 15, 1, 2};

  std::vector<double> weights = {};
  std::vector<double> list = price;
  std::vector<double> lerner0 = {.4, .5, .4}, lerner = lerner0;  // anthropic, openai, zhipu

  bool step(double months) {
    return step_token_prices(params, facts, released, capability, months, price, weights);
  }
  std::vector<double> targets() const {
    return open_targets(params, facts, released, capability, price, weights);
  }
  bool mark_up(double months) {
    return step_mark_ups(params, facts, lerner0, lerner, list, months, price, targets());
  }
};

}  // namespace

TEST_CASE("Only the price of a closed model that an open one matches falls, towards the open price") {
  Prices market;  // glm-closed at 150, glm-open at 151
  CHECK(market.step(1.0));
  // ln 2 + (1 - e^-.1) (ln 1.5 - ln 2)
  CHECK(market.price[glm_closed] == Approx(1.9459949147));
  CHECK(market.price[fable] == 20.0);
  CHECK(market.price[gpt] == 15.0);
  CHECK(market.price[glm_open] == 1.0);
  for (int month = 0; month < 200; ++month) market.step(1.0);
  CHECK(market.price[glm_closed] == Approx(1.5));
  CHECK(market.price[glm_closed] >= 1.5);
}

TEST_CASE("A matched model that is cheaper than the target keeps its price") {
  Prices market;
  market.price[glm_closed] = 1.2;
  CHECK_FALSE(market.step(1.0));
  CHECK(market.price[glm_closed] == 1.2);
}

TEST_CASE("Open models that are not out match nothing, and a margin widens what they match") {
  Prices market;
  market.released[glm_open] = 0;
  CHECK_FALSE(market.step(1.0));
  market.released[glm_open] = 1;
  market.params.margin = 8.0;
  market.step(1.0);
  CHECK(market.price[opus] < 10.0);
  CHECK(market.price[gpt] == 15.0);
}

TEST_CASE("Speed 0 switches off, and two half steps are one whole step") {
  Prices off, halves, whole;
  off.params.adjustment = 0.0;
  CHECK_FALSE(off.step(12.0));
  CHECK(off.price[glm_closed] == 2.0);
  halves.step(0.5);
  halves.step(0.5);
  whole.step(1.0);
  CHECK(halves.price[glm_closed] == Approx(whole.price[glm_closed]));
}

TEST_CASE("Token prices: public weights, not what their vendor serves, match a closed model", "[unit]") {
  Prices market;
  market.weights = {0, 0, 0, 149, 0};
  CHECK_FALSE(market.step(1.0));  // served at 151, out at 149: glm-closed has 150
  market.weights[glm_open] = 150;
  CHECK(market.step(1.0));
  CHECK(market.price[glm_closed] == Approx(1.9459949147));
  CHECK(market.price[opus] == 10.0);
  market.weights[glm_open] = 158;
  CHECK(market.step(1.0));
  CHECK(market.price[opus] < 10.0);
  market.weights[glm_open] = 0;  // none are public
  CHECK_FALSE(market.step(1.0));
}

TEST_CASE("Token prices follow pricing power, up and down, by hand", "[unit]") {
  Prices market;
  market.lerner[openai] = 0.6;
  CHECK(market.mark_up(1.0));
  // target 15 x .5 / .4 = 18.75; ln 15 + (1 - e^-.05) ln 1.25 = 2.7080502 + .0487706 x .2231436
  CHECK(market.price[gpt] == Approx(15.1641335));
  CHECK(market.price[fable] == 20.0);
  CHECK(market.price[glm_open] == 1.0);
  for (int month = 0; month < 600; ++month) market.mark_up(1.0);
  CHECK(market.price[gpt] == Approx(18.75));
  market.lerner[openai] = 0.375;  // 15 x .5 / .625
  for (int month = 0; month < 600; ++month) market.mark_up(1.0);
  CHECK(market.price[gpt] == Approx(12.0));
}

TEST_CASE("Token prices stay, to the bit, with pricing power as at T0, unknown or switched off", "[unit]") {
  Prices same, off, unknown;
  const std::vector<double> start = same.price;
  CHECK_FALSE(same.mark_up(12.0));
  off.params.mark_up_adjustment = 0.0;
  off.lerner = {.9, .9, .9};
  CHECK_FALSE(off.mark_up(12.0));
  unknown.lerner = {0.0, 0.0, 0.0};
  CHECK_FALSE(unknown.mark_up(12.0));
  unknown.lerner = {.9, .9, .9};
  unknown.lerner0 = {0.0, 0.0, 0.0};
  CHECK_FALSE(unknown.mark_up(12.0));
  for (const Prices* market : {&same, &off, &unknown}) CHECK(market->price == start);
}

TEST_CASE("Token prices that an open model has brought down do not climb back while it is there", "[unit]") {
  Prices market;
  market.lerner[zhipu] = 0.7;  // alone: 2 x .6 / .3 = 4
  for (int month = 0; month < 400; ++month) {
    market.step(1.0);
    market.mark_up(1.0);
  }
  CHECK(market.price[glm_closed] == Approx(1.5));
  market.price[glm_closed] = 1.2;  // below what it could ask: up to the open target and no further
  for (int month = 0; month < 400; ++month) market.mark_up(1.0);
  CHECK(market.price[glm_closed] == Approx(1.5));
  market.lerner[zhipu] = 0.1;  // 2 x .6 / .9 = 1.333, below the open target
  for (int month = 0; month < 400; ++month) market.mark_up(1.0);
  CHECK(market.price[glm_closed] == Approx(2.0 * 0.6 / 0.9));
  market.lerner = market.lerner0;
  market.released[glm_open] = 0;  // nobody matches it any more: back to its list price
  for (int month = 0; month < 800; ++month) market.mark_up(1.0);
  CHECK(market.price[glm_closed] == Approx(2.0));
}
