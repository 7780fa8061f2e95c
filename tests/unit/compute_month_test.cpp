#include "sim/model/compute/compute_month.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/compute_world.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

double five_years(ComputeWorld world, bool denied, double* share = nullptr) {
  ComputeState state = world.start();
  if (denied) world.policy.rules = {denial()};
  world.run(60, state);
  double all = 0;
  for (const double amount : state.bought_since_t0[cn_vendor]) all += amount;
  if (share) *share = state.bought_since_t0[cn_vendor][index(ChipChannel::domestic)] / all;
  return state.stock[cn_vendor] + state.rented[cn_vendor];
}

}  // namespace

TEST_CASE("compute: without a change vendors without limits follow the reference exactly", "[unit]") {
  ComputeWorld world;
  const bool as_shipped = GENERATE(false, true);
  if (as_shipped) world.params = ComputeParams{};
  ComputeState state = world.start();
  for (int month = 0; month < 60; ++month) {
    world.run(1, state);
    for (const std::size_t vendor : {us_vendor, cn_vendor}) {
      REQUIRE(state.growth[vendor] == 0.0);
      REQUIRE(state.unmet[vendor] == 0.0);
      REQUIRE(last(state, vendor, ChipChannel::legal) > 0.0);
      REQUIRE(last(state, vendor, ChipChannel::rented) == 0.0);
    }
  }
  CHECK(state.since_t0[us_vendor] == 0.0);
  if (!as_shipped) CHECK(state.stock[us_vendor] == Approx(1000 * 1024.0));  // 4^5
  CHECK(state.stock[hk_vendor] == 0.0);
  CHECK(state.bought_since_t0[hk_vendor] == ByChipChannel{});
}

TEST_CASE("compute: growth of the reference falls from its first to its last value", "[unit]") {
  ComputeParams params;
  CHECK(reference_growth(params, 0) == Approx(std::log(3.3) / 12.0));
  const double middle = (std::log(3.3) + std::log(1.6)) / 24.0;
  CHECK(reference_growth(params, params.growth_half_life) == Approx(middle));
  CHECK(reference_growth(params, 5000) == Approx(std::log(1.6) / 12.0));
}

TEST_CASE("compute: budgets are what the wish of T0 costs by the channels of T0", "[unit]") {
  ComputeWorld world;
  ComputeState state = world.start();
  CHECK(state.budget[us_vendor] == Approx(1000 * rate * 10000));
  CHECK(state.budget[cn_vendor] == Approx(100 * rate * 10000));
  CHECK(state.budget[hk_vendor] == 0.0);
  world.policy.rules = {denial()};
  world.params.rental_share = 0.2;     // at 14,000
  world.params.smuggling_share = 0.1;  // at 15,000
  world.params.enforcement = 0.5;
  state = world.start();
  const double wish = 100 * rate;
  const double rented = 0.2 * wish;
  const double smuggled = 0.05 * 0.8 * wish;  // of what renting leaves
  const double domestic = wish - rented - smuggled;
  CHECK(state.budget[cn_vendor] == Approx(rented * 14000 + smuggled * 15000 + domestic * 20000));
  world.run(1, state);
  CHECK(last(state, cn_vendor, ChipChannel::rented) == Approx(rented));
  CHECK(last(state, cn_vendor, ChipChannel::smuggled) == Approx(smuggled));
  CHECK(last(state, cn_vendor, ChipChannel::domestic) == Approx(domestic));
  CHECK(state.rented[cn_vendor] == Approx(rented));
  CHECK(state.stock[cn_vendor] == Approx(98 + smuggled + domestic));
  CHECK(state.growth[cn_vendor] == 0.0);
  CHECK(state.budget[us_vendor] == Approx(1000 * rate * 10000));
}

TEST_CASE("compute: domestic chips are shared with other demand, the rest is unmet", "[unit]") {
  ComputeWorld world;
  world.policy.rules = {denial()};
  world.compute.domestic_output = 10;
  world.compute.other_chinese_demand = 100 * rate;  // as much again
  world.params.domestic_investment = 0.6;
  ComputeState state = world.start();
  world.run(1, state);
  CHECK(last(state, cn_vendor, ChipChannel::domestic) == Approx(5));
  CHECK(state.domestic_filled == Approx(10 / (200 * rate)));
  const double unmet = 1 - 5 / (100 * rate);
  CHECK(state.unmet[cn_vendor] == Approx(unmet));
  CHECK(state.growth[cn_vendor] == Approx(std::log(1.03) - std::log(4.0) / 12.0));  // 98 + 5 of 100
  CHECK(state.domestic_cumulative == Approx(1010));
  CHECK(state.domestic_capacity == Approx(10 * std::exp(0.6 * unmet / 12)));
}

TEST_CASE("compute: nothing is made or lost", "[unit]") {
  ComputeWorld world;
  world.params = ComputeParams{};
  world.compute.domestic_output = 3;
  ComputeState state = world.start();
  learn_chip_hazard(world.params, 1, state);
  for (int month = 0; month < 24; ++month) {
    if (month == 3) world.policy.rules = {denial()};
    const ComputeState before = state;
    world.run(1, state);
    for (const std::size_t v : {us_vendor, cn_vendor}) {
      double bought = 0;
      for (std::size_t c = 0; c < chip_channel_count; ++c) bought += state.bought[v][c];
      const double drawn = last(state, v, ChipChannel::drawn_from_hoard);
      const double retired = 0.25 / 12 * (before.stock[v] + before.rented[v]);
      const double held = state.stock[v] + state.rented[v] + state.hoard[v];
      CHECK(held == Approx(before.stock[v] + before.rented[v] + before.hoard[v] - retired + bought - drawn));
    }
  }
  CHECK(state.bought_since_t0[cn_vendor][index(ChipChannel::drawn_from_hoard)] > 0.0);
}

TEST_CASE("compute: hoards are filled before a denial and drawn after it", "[unit]") {
  ComputeWorld world;
  world.params.hoard_months = 4;
  world.params.hazard_jump = 0.5;
  ComputeState state = world.start();
  world.run(1, state);
  CHECK(state.hoard[cn_vendor] == 0.0);  // no hazard at T0
  learn_chip_hazard(world.params, 0.5, state);
  CHECK(state.chip_hazard == 0.25);
  const double wish = rate * state.stock[cn_vendor];
  world.run(1, state);
  CHECK(state.hoard[cn_vendor] == Approx(4 * 0.25 * wish));
  CHECK(last(state, cn_vendor, ChipChannel::legal) == Approx(2 * wish));  // one month and the hoard
  CHECK(state.hoard[us_vendor] == 0.0);
  CHECK(state.growth[cn_vendor] == 0.0);  // chips in the hoard do not work
  CHECK(state.chip_hazard == Approx(0.25 * std::exp(-365.25 / 12 / 365)));
  world.policy.rules = {denial()};
  world.compute.chips.pop_back();  // and no Chinese chips
  state.domestic_cost = state.domestic_cost_at_t0 = 0;
  const double hoard = state.hoard[cn_vendor];
  world.run(1, state);
  CHECK(last(state, cn_vendor, ChipChannel::drawn_from_hoard) == Approx(hoard));
  CHECK(state.hoard[cn_vendor] == 0.0);
  world.run(1, state);
  CHECK(state.unmet[cn_vendor] == 1.0);
  world.params.hoard_months = 0;
  world.policy.rules.clear();
  world.run(1, state);
  CHECK(state.hoard[cn_vendor] == 0.0);
}

TEST_CASE("compute: others turn to domestic chips as the vendors do", "[unit]") {
  ComputeWorld world;
  world.compute.other_chinese_demand = 40;
  ComputeState state = world.start();
  world.run(1, state);
  CHECK(state.domestic_cumulative == 1000.0);  // foreign chips are free and cheaper: nobody asks
  world.compute.state_funded[cn_vendor] = 0.5;
  world.policy.procurement_ban = 0.5;
  world.run(1, state);
  const double money = 100 * std::exp(std::log(4.0) / 12) * rate * 10000;
  const double others = 40 * std::exp(std::log(4.0) / 12);
  CHECK(state.domestic_cumulative == Approx(1000 + 0.25 * money / 20000 + 0.25 * others));
}

TEST_CASE("compute: steps may be of any length", "[unit]") {
  ComputeWorld world;
  world.params = ComputeParams{};
  world.policy.rules = {denial()};
  ComputeState state = world.start();
  const std::vector<double> financing(3, 1.0);
  for (const double months : {0.5, 0.25, 0.25, 2.0}) {
    step_compute(world.params, world.facts, world.compute, world.policy, financing, months, t0, state);
    CHECK(state.growth[us_vendor] == 0.0);
  }
  CHECK(state.months == 3.0);
  const double grown = 1000 * std::exp(std::log(3.3) / 4);  // three months at the first pace: a little less
  CHECK(state.stock[us_vendor] < grown);
  CHECK(state.stock[us_vendor] > 0.97 * grown);
}

TEST_CASE("compute: counter control makes foreign chips dearer for everybody", "[unit]") {
  ComputeWorld world;
  world.params.counter_control_cost = 0.3;
  ComputeState state = world.start();
  world.policy.counter_control = 0.5;
  world.run(1, state);
  const double wish = 1000 * rate;
  CHECK(last(state, us_vendor, ChipChannel::legal) == Approx(wish * std::exp(-0.15)));
  CHECK(state.growth[us_vendor] < 0.0);
  CHECK(state.unmet[us_vendor] == Approx(1 - std::exp(-0.15)));
  world.params.counter_control_cost = 0;
  state = world.start();
  world.run(12, state);
  CHECK(state.since_t0[us_vendor] == 0.0);
}

TEST_CASE("compute: financing buys more or less than the reference", "[unit]") {
  const ComputeWorld world;
  ComputeState more = world.start();
  ComputeState less = world.start();
  world.run(1, more, 1.1);
  world.run(1, less, 0.9);
  CHECK(last(more, us_vendor, ChipChannel::legal) == Approx(1100 * rate));
  CHECK(more.growth[us_vendor] > 0.0);
  CHECK(less.growth[us_vendor] < 0.0);
  CHECK(less.unmet[us_vendor] == Approx(0.1));
}

TEST_CASE("compute: a denial sets back, its end lets catch up", "[unit]") {
  ComputeWorld world;
  world.compute.domestic_output = 1;
  world.policy.rules = {denial()};
  ComputeState held = world.start();
  world.run(12, held);
  CHECK(held.since_t0[cn_vendor] < -0.5);
  ComputeState freed = held;
  world.run(12, held);
  world.policy.rules.clear();
  world.run(12, freed);
  CHECK(freed.growth[cn_vendor] > held.growth[cn_vendor]);
  CHECK(freed.since_t0[cn_vendor] > held.since_t0[cn_vendor] + 0.5);
}

TEST_CASE("compute: investment and learning each bring nearer what a denial took", "[unit]") {
  ComputeWorld scarce;
  scarce.compute.domestic_output = 5;
  scarce.params.growth_long_run = 1.4;
  const double reference = five_years(scarce, false);
  const double without = five_years(scarce, true);
  scarce.params.domestic_investment = 1;
  const double invested = five_years(scarce, true);
  CHECK(without < 0.5 * reference);
  CHECK(invested > 1.2 * without);

  ComputeWorld dear;  // capacity for all, at twice the price
  dear.compute.domestic_output = 1e6;
  dear.compute.domestic_cumulative = 100;
  dear.params.growth_long_run = 1.4;
  const double unlearned = five_years(dear, true);
  dear.params.learning_rate = 0.2;
  const double learned = five_years(dear, true);
  CHECK(unlearned < 0.6 * reference);
  CHECK(learned > 1.2 * unlearned);
}

TEST_CASE("compute: after five years a denial has lowered or raised the stock", "[unit]") {
  ComputeWorld world;
  world.compute.domestic_output = 5;
  world.params.growth_long_run = 1.4;
  world.params.growth_half_life = 12;
  double open = 0;
  double closed = 0;
  CHECK(five_years(world, true, &closed) < 0.5 * five_years(world, false, &open));
  CHECK(open == 0.0);  // foreign chips are cheaper
  CHECK(closed == 1.0);
  world.compute.domestic_output = 50;
  world.compute.domestic_cumulative = 100;
  world.params.domestic_investment = 3;
  world.params.learning_rate = 0.4;
  CHECK(five_years(world, true, &closed) > 1.2 * five_years(world, false, &open));
  CHECK(open == 0.0);  // without need nobody learns
  CHECK(closed == 1.0);
}

TEST_CASE("compute: the share of domestic chips may also fall with a denial", "[unit]") {
  ComputeWorld world;
  world.compute.chips[2].price_usd = 4500;  // 9,000 per H100e: cheaper than foreign ones
  world.compute.domestic_output = 20;
  world.params.rental_share = 1;
  world.params.rental_premium = 0.01;
  world.policy.procurement_ban = 1;
  world.compute.state_funded[cn_vendor] = 0.5;
  world.params.domestic_growth = 1;
  double open = 0;
  double tight = 0;
  five_years(world, false, &open);
  world.params.tools_control_share = 1;
  ComputeState state = world.start();
  world.policy.rules = {denial()};
  world.policy.rules[0].tools = 1;  // and tools for making them
  world.run(60, state);
  double all = 0;
  for (const double amount : state.bought_since_t0[cn_vendor]) all += amount;
  tight = state.bought_since_t0[cn_vendor][index(ChipChannel::domestic)] / all;
  CHECK(tight < open);
}

TEST_CASE("compute: a world without compute grows older and nothing else", "[unit]") {
  ComputeWorld world;
  world.compute = {};
  ComputeState state = world.start();
  world.run(3, state);
  CHECK(state.stock.empty());
  CHECK(state.months == 3.0);
}

TEST_CASE("compute: every parameter lies in its range", "[unit]") {
  ComputeParams params;
  FieldList list;
  ComputeParams::fields(list, params);
  CHECK(list.all().size() == 21);
  for (const Field& field : list.all()) {
    INFO(field.name);
    CHECK(field.low <= *field.value);
    CHECK(*field.value <= field.high);
    CHECK(field.name.starts_with("compute."));
  }
}
