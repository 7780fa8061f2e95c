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

  bool step(double months) { return step_token_prices(params, facts, released, capability, months, price); }
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
