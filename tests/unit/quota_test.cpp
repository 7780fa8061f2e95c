#include "sim/model/quota.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/model/market_session.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

/// Investors of the mainland find both Hong Kong lines worth far more than the others do.
void make_mainland_buy(World& world, double value) {
  for (std::size_t t = 0; t < investor_type_count; ++t) {
    const std::size_t g = class_of(static_cast<InvestorType>(t), Region::cn);
    for (const std::size_t k : {beta, thin}) world.value[k * class_count + g] = value;
  }
}

struct Outcome {
  double net_usd = 0;    ///< net buying of CN in both lines
  double gross_usd = 0;  ///< purchases alone
  double wedge = 0;
  double log_price = 0;
  LineStatus status{};
};

Outcome one_session(double quota_usd, double value, double enforced = 1.0) {
  Facts facts = model_facts();
  facts.southbound_quota_usd = quota_usd;
  ModelMarket market(facts);
  market.params.quota.enforced = enforced;
  World& world = market.world;
  make_mainland_buy(world, value);
  const World before = world;
  clear_market(world, market.params, market.plan, Session::a, 0);
  Outcome outcome{0.0, 0.0, world.quota_wedge, world.log_price[beta], world.status[beta]};
  for (std::size_t g = 0; g < class_count; ++g) {
    if (domicile_of_class(g) != Region::cn) continue;
    const ClassBlock& block = world.population.accounts.blocks[g];
    for (const std::size_t k : {beta, thin}) {
      for (std::size_t i = block.begin; i < block.end; ++i) {
        const Shares bought = world.holding[world.at(k, i)] - before.holding[world.at(k, i)];
        const double usd = static_cast<double>(bought) * 1e-6 * static_cast<double>(world.price[k]);
        outcome.net_usd += usd;
        outcome.gross_usd += usd > 0.0 ? usd : 0.0;
      }
    }
  }
  CHECK(billions(world.quota_used) * 1e9 == Approx(outcome.net_usd).margin(1.0));
  return outcome;
}

}  // namespace

TEST_CASE("quota: a quota that does not bind changes nothing", "[unit][quota]") {
  const Outcome free = one_session(0.0, 0.3);
  const Outcome wide = one_session(2.0 * free.net_usd, 0.3);
  CHECK(free.net_usd > 1e6);
  CHECK(wide.net_usd == free.net_usd);
  CHECK(wide.wedge == 0.0);
  CHECK(wide.status == LineStatus::cleared);
  CHECK(one_session(0.1 * free.net_usd, 0.3, 0.0).net_usd == free.net_usd);  // switched off
}

TEST_CASE("quota: a shadow price holds net buying just below the quota", "[unit][quota]") {
  const double share = GENERATE(0.9, 0.5, 0.2);
  CAPTURE(share);
  const Outcome free = one_session(0.0, 0.3);
  const double quota = share * free.net_usd;
  const Outcome held = one_session(quota, 0.3);
  CHECK(held.wedge > 0.0);
  CHECK(held.net_usd <= quota + 100.0);
  CHECK(held.net_usd > 0.99 * quota);
  CHECK(held.gross_usd < free.gross_usd);
  CHECK(held.log_price < free.log_price);
  CHECK(held.status == LineStatus::cleared);
}

TEST_CASE("quota: what the shadow price cannot hold is cut pro rata: RATIONED, and still below the quota",
          "[unit][quota]") {
  const double value = GENERATE(1.0, 2.0, 5.0);
  const double share = GENERATE(0.1, 1e-2, 1e-3);
  CAPTURE(value, share);
  const Outcome free = one_session(0.0, value);
  const double quota = share * free.net_usd;
  const Outcome cut = one_session(quota, value);
  CHECK(cut.net_usd <= quota);
  if (cut.status == LineStatus::cleared) return;  // six steps found the shadow price
  CHECK(cut.status == LineStatus::rationed);
  CHECK(cut.net_usd > 0.99 * quota);
}

TEST_CASE("quota: the clears of a day share it", "[unit][quota]") {
  const Outcome free = one_session(0.0, 1.0);
  Facts facts = model_facts();
  facts.southbound_quota_usd = 0.01 * free.net_usd;
  Event news;
  news.said.id = "news";
  news.said.announced = to_instant(make_date(2026, 6, 14), 0, 0);
  news.instrument = PlacementConsidered{};
  ModelMarket market(facts, quiet_parameters(), 3, {news});
  REQUIRE(market.calendar.days()[0].rounds[index(Session::a)] == 4);
  make_mainland_buy(market.world, 1.0);
  market.world.full_value[beta] = market.world.full_value[thin] = 1.0;
  market.day();
  CHECK(billions(market.world.quota_used) * 1e9 <= facts.southbound_quota_usd);
  CHECK(billions(market.world.quota_used) * 1e9 > 0.0);
}
