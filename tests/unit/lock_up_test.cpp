#include "sim/model/lock_ups.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/model_market.hpp"
#include "tests/support/shipped_facts.hpp"

using namespace chokepoint;

namespace {

/// THIN with a cornerstone's lot of 26 m and a founder's of 54 m, both free from the third day on.
Facts with_lots() {
  Facts facts = model_facts();
  const Date third = make_date(2026, 6, 17);
  facts.lockups = {{thin, "Anchor fund", HolderKind::cornerstone, Region::cn, 26'000'000, third},
                   {thin, "Founder", HolderKind::founder, Region::hk, 54'000'000, third}};
  return facts;
}

Shares locked_shares(const World& world, bool in_wealth) {
  Shares sum = 0;
  for (const LockedLot& lot : world.locked) sum += lot.in_wealth == in_wealth ? lot.shares : 0;
  return sum;
}

Parameters keeping(double keep) {
  Parameters params = quiet_parameters();
  params.lock_ups.keep = keep;
  return params;
}

}  // namespace

TEST_CASE("lock-up: on its date the lot joins the float and its holder's account, no share more or less",
          "[unit][lock_up]") {
  ModelMarket market(with_lots(), keeping(0.6));
  World& world = market.world;
  CHECK(world.inert[thin] == 400'000'000 - 20'000'000 - 26'000'000);  // the cornerstone is an investor
  CHECK(locked_shares(world, true) == 26'000'000);
  market.run(2);
  CHECK(world.floating[thin] == 20'000'000);
  CHECK(market.held(thin) + world.clearing_shares[thin] == 20'000'000);
  CHECK(world.log_price[thin] == 0.0);

  market.day();
  CHECK(world.floating[thin] == 100'000'000);
  CHECK(world.inert[thin] == 300'000'000);
  CHECK(world.locked.empty());
  CHECK(market.held(thin) + world.clearing_shares[thin] == 100'000'000);
  CHECK(world.outstanding[thin] == 400'000'000);
  CHECK(world.status[thin] == LineStatus::cleared);
  // 80 m shares x 10 USD came into the hands of investors of the holders' domiciles.
  const auto unlocked = [&](Region d) {
    return world.flows.at(FlowKind::unlocked, index(d), Region::hk, LineGroup::ai);
  };
  CHECK(unlocked(Region::cn) == static_cast<Wide>(26'000'000) * 10'000'000);
  CHECK(unlocked(Region::hk) == static_cast<Wide>(54'000'000) * 10'000'000);
}

TEST_CASE("lock-up: the holder wishes to keep the share `keep` of its lot", "[unit][lock_up]") {
  // w = keep h P / (C + h P) at the price of the day; a cornerstone's C is its stake at T0: w = keep / 2.
  ModelMarket market(with_lots(), keeping(0.6));
  World& world = market.world;
  const LockedLot anchor = world.locked[0];
  REQUIRE(world.cash[anchor.account] == static_cast<MicroUsd>(26'000'000) * 10'000'000);
  world.day = 2;
  expire_lock_ups(world, market.params.lock_ups, market.plan);
  const std::size_t g = world.population.accounts.class_of_account(anchor.account);
  const double odds =
      world.odds[world.at(thin, anchor.account)] * exponential(log_odds_terms(world, thin, g, 0.0, 0.0));
  CHECK(odds / (1.0 + odds) == Approx(0.5 * 0.6));
}

TEST_CASE("lock-up: the less holders keep, the further the price falls", "[unit][lock_up]") {
  std::vector<double> move;
  for (const double keep : {0.99, 0.8, 0.6, 0.3}) {
    ModelMarket market(with_lots(), keeping(keep));
    market.run(3);
    move.push_back(market.world.log_price[thin]);
  }
  CHECK(std::fabs(move[0]) < 0.05);
  CHECK(move[1] < move[0] - 0.05);
  CHECK(move[2] < move[1] - 0.05);
  CHECK(move[3] < move[2] - 0.05);
}

TEST_CASE("lock-up: Zhipu's float is 17,350,800 shares until 8 July 2026 and 43,032,400 from then on",
          "[unit][lock_up][data]") {
  ModelMarket market(shipped_facts(), quiet_parameters(800), 20);
  const std::size_t zhipu = market.facts.line("2513.HK");
  REQUIRE(market.world.outstanding[zhipu] == 445'843'090);
  while (market.date_of(market.next()) < make_date(2026, 7, 8)) {
    market.day();
    CHECK(market.world.floating[zhipu] == 17'350'800);
  }
  CHECK(market.date_of(market.next()) == make_date(2026, 7, 8));
  market.day();
  CHECK(market.world.floating[zhipu] == 43'032'400);
  CHECK(market.held(zhipu) + market.world.clearing_shares[zhipu] == 43'032'400);
}
