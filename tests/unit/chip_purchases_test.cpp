#include "sim/model/compute/chip_purchases.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/compute_world.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

TEST_CASE("compute: money is spent on the cheapest channel up to what it holds", "[unit]") {
  const std::vector<ChipOffer> offers{
      {ChipChannel::licensed, 10, 3}, {ChipChannel::smuggled, 15, 0, 0.5}, {ChipChannel::domestic, 20, 100}};
  ChipPurse purse;
  purse.wish = 10;
  purse.money = 182.5;
  ChipPurchases got = buy_chips(offers, purse);
  CHECK(got.bought[index(ChipChannel::licensed)] == 3.0);          // 30 USD
  CHECK(got.bought[index(ChipChannel::smuggled)] == 3.5);          // half of 7: 52.5 USD
  CHECK(got.bought[index(ChipChannel::domestic)] == Approx(5.0));  // 100 USD
  CHECK(got.paid == Approx(182.5));
  purse.foreign_share = 0.2;  // 36.5 USD abroad
  got = buy_chips(offers, purse);
  CHECK(got.bought[index(ChipChannel::smuggled)] == Approx(6.5 / 15));
  CHECK(got.bought[index(ChipChannel::domestic)] == Approx(146.0 / 20));
  purse.foreign_share = 1;
  purse.imported_share = 0;  // stops licensed chips, not smugglers
  got = buy_chips(offers, purse);
  CHECK(got.bought[index(ChipChannel::licensed)] == 0.0);
  CHECK(got.bought[index(ChipChannel::smuggled)] == 5.0);
  purse.money = 0;
  CHECK(buy_chips(offers, purse).total == 0.0);
  CHECK(buy_chips({}, ChipPurse{}).total == 0.0);
}

TEST_CASE("compute: smuggling needs time, enforcement stops it, 0 switches it off", "[unit]") {
  ComputeWorld world;
  world.params.smuggling_share = 0.4;
  world.params.smuggling_lag = 100;
  world.params.enforcement = 0.25;
  world.compute.domestic_output = 0;
  ComputeState state = world.start();
  world.policy.rules = {denial()};
  world.run(1, state);
  CHECK(last(state, cn_vendor, ChipChannel::smuggled) == 0.0);  // the day of the denial
  double wish = rate * state.stock[cn_vendor];
  world.run(1, state);
  const double routes = 1 - std::exp(-365.25 / 12 / 100);
  CHECK(last(state, cn_vendor, ChipChannel::smuggled) == Approx(0.3 * routes * wish));
  ComputeWorld old = world;  // a rule of T0 is old
  state = old.start();
  old.run(1, state);
  CHECK(last(state, cn_vendor, ChipChannel::smuggled) == Approx(0.3 * rate * 100));
  old.params.smuggling_share = 0;
  state = old.start();
  old.run(12, state);
  CHECK(state.bought_since_t0[cn_vendor] == ByChipChannel{});
}

TEST_CASE("compute: rules by site leave subsidiaries, a bar ends what is rented", "[unit]") {
  ComputeWorld world;
  world.compute.domestic_output = 0;
  world.params.offshore_share = 0.5;
  world.params.rental_share = 0.5;
  world.policy.rules = {denial()};
  world.policy.rules[0].by_parent = false;
  ComputeState state = world.start();
  world.run(1, state);
  CHECK(last(state, cn_vendor, ChipChannel::offshore) == Approx(50 * rate));
  CHECK(last(state, cn_vendor, ChipChannel::rented) == Approx(25 * rate));  // half of what is left
  world.policy.rules[0].by_parent = true;
  world.run(1, state);
  CHECK(last(state, cn_vendor, ChipChannel::offshore) == 0.0);
  CHECK(state.rented[cn_vendor] > 0.0);
  world.policy.rental_barred = true;
  const double owned = state.stock[cn_vendor];
  world.run(1, state);
  CHECK(state.rented[cn_vendor] == 0.0);
  CHECK(state.stock[cn_vendor] == Approx(0.98 * owned));
  CHECK(state.unmet[cn_vendor] == 1.0);
}

TEST_CASE("compute: bans on buyers bind their share of demand", "[unit]") {
  ComputeWorld world;
  world.compute.state_funded[cn_vendor] = 0.4;
  ComputeState state = world.start();
  world.policy.procurement_ban = 0.5;
  world.run(1, state);
  const double money = 100 * rate * 10000;
  CHECK(last(state, cn_vendor, ChipChannel::legal) == Approx(0.8 * money / 10000));
  CHECK(last(state, cn_vendor, ChipChannel::domestic) == Approx(0.2 * money / 20000));
  CHECK(state.growth[us_vendor] == 0.0);
  world.policy.procurement_ban = 0;
  world.policy.all_foreign_ban = 1;
  world.run(1, state);
  CHECK(last(state, cn_vendor, ChipChannel::legal) == 0.0);
  CHECK(last(state, cn_vendor, ChipChannel::domestic) > 0.0);
  CHECK(state.growth[us_vendor] == 0.0);
}
