#include "sim/model/initial_world.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/study/replicate.hpp"
#include "tests/support/model_market.hpp"
#include "tests/support/shipped_facts.hpp"
#include "tests/unit/small_world.hpp"

using namespace chokepoint;

namespace {

/// Runs `days` days without noise or events and expects that nothing has moved, to the last bit.
void expect_rest(const Facts& facts, std::size_t days, double investors) {
  const Parameters params = quiet_parameters(investors);
  const RandomStream random(7, 0);
  const Calendar calendar(facts, days, {});
  Plan plan;
  plan.calendar = &calendar;
  World world = make_world(facts, params, random);
  const World start = world;
  long long cleared = 0;
  for (std::size_t day = 0; day < days; ++day) {
    tick(world, params, random, plan, day);
    for (std::size_t k = 0; k < world.lines; ++k) {
      if (world.status[k] == LineStatus::cleared) ++cleared;
    }
  }
  CHECK(cleared > 0);
  CHECK(world.holding == start.holding);
  CHECK(world.cash == start.cash);
  CHECK(world.price == start.price);
  CHECK(world.clearing_shares == start.clearing_shares);
  bool at_zero = true;
  for (const double p : world.log_price) at_zero = at_zero && p == 0.0 && !std::signbit(p);
  CHECK(at_zero);
}

}  // namespace

TEST_CASE("initial world: a market without shocks trades nothing and keeps every price",
          "[unit][initial_world]") {
  SECTION("the world of data/") {
    const Facts& facts = shipped_facts();
    REQUIRE(facts.lines.size() > 44);
    expect_rest(facts, 2, 2000);
  }
  SECTION("three lines and four venues") {
    Problems problems;
    const Facts facts = SmallWorld().load(problems);
    REQUIRE_FALSE(problems.any());
    expect_rest(facts, 10, 400);
  }
  SECTION("the model market") { expect_rest(model_facts(), 10, 400); }
}

TEST_CASE("initial world: holdings fill the float and tastes are read off them", "[unit][initial_world]") {
  const ModelMarket market;
  const World& world = market.world;
  for (std::size_t k = 0; k < world.lines; ++k) {
    CAPTURE(k);
    CHECK(market.held(k) == market.facts.lines[k].tradable);
    CHECK(world.outstanding[k] == market.facts.lines[k].shares);
    CHECK(world.inert[k] == market.facts.lines[k].shares - market.facts.lines[k].tradable);
  }
  double worst = 0.0;
  for (std::size_t i = 0; i < world.accounts(); ++i) {
    const double held = world.holding_view[world.at(beta, i)];
    const double odds = world.cash_view[i] > 0.0 ? held * 10.0 / world.cash_view[i] : 0.0;
    worst = std::fmax(worst, std::fabs(world.odds[world.at(beta, i)] - odds));
  }
  CHECK(worst == 0.0);
}

TEST_CASE("initial world: new money per attention is omega times equity in the market over cash",
          "[unit][initial_world]") {
  const ModelMarket market;
  const World& world = market.world;
  double equity = 0.0;
  double cash = 0.0;
  for (const InvestorType type : {InvestorType::momentum, InvestorType::retail}) {
    const ClassBlock& block = world.population.accounts.blocks[class_of(type, Region::hk)];
    for (std::size_t i = block.begin; i < block.end; ++i) {
      cash += world.cash_view[i];
      for (const std::size_t k : {beta, thin}) equity += world.holding_view[world.at(k, i)] * 10.0;
      equity += world.holding_view[world.at(first_composite + 2, i)] * 10000.0;
    }
  }
  const double expected = market.params.attention.new_money * equity / cash;
  CHECK(world.new_money[thin * class_count + class_of(InvestorType::retail, Region::hk)] == Approx(expected));
  CHECK(world.new_money[thin * class_count + class_of(InvestorType::fund, Region::hk)] == 0.0);
}

TEST_CASE("initial world: however unequal the population, no cash leaves the range",
          "[unit][initial_world]") {
  Parameters params = quiet_parameters(50);
  params.population.size_log_sd = 3.0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    ModelMarket market(model_facts(), params, 1, {}, seed);
    CHECK(*std::max_element(market.world.cash.begin(), market.world.cash.end()) <= 4'000'000'000'000'000'000);
    market.day();  // the audit would stop a run whose books do not balance
    CHECK(market.world.price[first_composite] == 10'000'000'000);
  }
}
