#include <catch2/catch.hpp>

#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

namespace {

/// The model economy with headquarters of US staff in the US only, and nobody who follows bans.
EnterpriseMarket market_at_start() {
  EnterpriseMarket market;
  market.facts.workforce[index(Region::us)].owner = {1.0, 0.0, 0.0, 0.0};
  market.params.lists.peer_imitation = 0.0;
  market.set_up();
  market.start();
  return market;
}

double access_of_desk(const EnterpriseMarket& market, std::size_t d) {
  return access_of(market.params.use, market.facts, market.setup.products, market.demand.offers,
                   market.demand.use, market.all, market.desk(d));
}

}  // namespace

TEST_CASE("At T0 efficiency is access times compute and output is one") {
  const EnterpriseMarket market = market_at_start();
  const Usage use = market.use();
  CHECK(use.region[index(Region::us)].access == Approx(1.0));  // fable-5 is on every menu of the US
  CHECK(use.region[index(Region::us)].staff == Approx(0.50));
  for (const Efficiency& e : use.region) {
    CHECK(e.output == Approx(1.0));
    CHECK(e.change == 0.0);
  }
  const std::size_t at = market.demand.offers.at(index({Region::us, Region::us, Reading::strict}), 0);
  CHECK(market.demand.use.tokens[at] == Approx(0.5));  // (20 / 5)^-1/2
  CHECK(market.demand.use.spend[at] == Approx(10.0));
  CHECK(market.demand.use.compute[at] == Approx(0.8122523964));  // .5^.3
}

TEST_CASE("Taking the banned vendor off a desk's menu lowers its access by exactly what the menu loses") {
  EnterpriseMarket market = market_at_start();
  CHECK(access_of_desk(market, jpmorgan_desk) == Approx(1.0));
  ban_vendor(market.facts, market.setup.products, "jpmorgan", anthropic, Region::hk, true, market.all);
  // best left: gpt, one point behind, sigma 10
  CHECK(access_of_desk(market, jpmorgan_desk) == Approx(0.9048374180359595));
  CHECK(access_of_desk(market, goldman_desk) == Approx(0.9048374180359595));
  const Usage use = market.use();
  CHECK(use.hong_kong_desks.access == Approx(0.9048374180359595));
  CHECK(use.hong_kong_desks.access_part < 0.0);
}

TEST_CASE("With an equally good substitute at the same price neither access nor efficiency moves") {
  EnterpriseMarket market;
  market.capability[gpt] = market.capability[fable];
  market.price[gpt] = market.price[fable];
  market.params.lists.peer_imitation = 0.0;
  market.set_up();
  market.start();
  const std::size_t jpm = market.desk(jpmorgan_desk);
  market.all.product[jpm] = 0;
  remember_start(market.params.use, market.facts, market.setup.products, market.demand.offers,
                 market.demand.use, market.all);
  const Efficiency before = market.use().hong_kong_desks;
  ban_vendor(market.facts, market.setup.products, "jpmorgan", anthropic, Region::hk, true, market.all);
  market.all.product[jpm] = 1;
  const Efficiency after = market.use().hong_kong_desks;
  CHECK(after.access == before.access);
  CHECK(after.efficiency == before.efficiency);
  CHECK(after.change == 0.0);
}

TEST_CASE("Parts of the change of efficiency add up to it, agent by agent and on average") {
  EnterpriseMarket market = market_at_start();
  const Usage before = market.use();
  market.orders = {nationals_only(fable)};
  market.price[gpt] = 5.0;
  market.rebuild();
  for (std::uint32_t step = 1; step <= 8; ++step) market.week(step);
  const Usage after = market.use();
  for (std::size_t r = 0; r < region_count; ++r) {
    CHECK(after.region[r].change == after.region[r].access_part + after.region[r].compute_part);
    CHECK(after.region[r].change ==
          Approx(after.region[r].efficiency - before.region[r].efficiency).margin(1e-12));
  }
  CHECK(after.region[index(Region::us)].access_part < 0.0);
  CHECK(after.region[index(Region::us)].compute_part > 0.0);
}

TEST_CASE("The split is the mean over the two orders: hand-computed") {
  EnterpriseMarket market = market_at_start();
  // everybody on gpt at T0 (tokens 1/sqrt 3, each worth e^-.1 of the best model's), fable-5 and opus stopped,
  // price of gpt down to 5
  for (std::size_t& product : market.all.product) product = 1;
  remember_start(market.params.use, market.facts, market.setup.products, market.demand.offers,
                 market.demand.use, market.all);
  market.stopped[fable] = market.stopped[opus] = 1;
  market.price[gpt] = 5.0;
  market.rebuild();
  const Efficiency us = market.use().region[index(Region::us)];
  const double a0 = 1.0, a = 0.9048374180359595, c0 = 0.8480702172137 * a, c = a;  // 3^(-.5 x .3)
  CHECK(us.access_part == Approx(0.5 * (a - a0) * (c0 + c)));
  CHECK(us.compute_part == Approx(0.5 * (c - c0) * (a0 + a)));
  CHECK(us.output == Approx((1 + 0.1 * a * c) / (1 + 0.1 * a0 * c0)));
}

TEST_CASE("Compute is capped and zero where none is used") {
  EnterpriseMarket market = market_at_start();
  market.price[glm_open] = 0.01;
  market.rebuild();
  const std::size_t kind = index({Region::us, Region::us, Reading::strict});
  CHECK(market.demand.use.tokens[market.demand.offers.at(kind, 2)] > 20.0);
  CHECK(market.demand.use.compute[market.demand.offers.at(kind, 2)] ==
        Approx(1.5157165665 * 0.3011942119));  // 4^.3, glm-open is 12 points behind: e^-1.2
  CHECK(market.demand.use.compute[market.demand.offers.at(kind, 5)] == 0.0);
}

TEST_CASE("Tokens have diminishing returns, so that efficiency ranks products as choice does") {
  // ln E = -gap / 10 - .5 x .3 ln p against value = .73 (c - c_ref) - 1.11 ln p: both weigh a point as .66
  // log price
  const UseParams use;
  const TasteParams tastes;
  const double of_efficiency = 1.0 / (use.access_scale * use.compute_exponent * use.token_elasticity);
  CHECK(of_efficiency == Approx(tastes.capability_weight / tastes.price_weight).epsilon(0.02));
  EnterpriseMarket market = market_at_start();
  const std::size_t kind = index({Region::us, Region::us, Reading::strict});
  const auto compute = [&](std::size_t product) {
    return market.demand.use.compute[market.demand.offers.at(kind, product)];
  };
  CHECK(compute(0) > compute(2));  // fable-5 at 20 USD against glm-open at 1: the dearer one does more
  market.params.use.compute_exponent = 1.0;
  market.rebuild();
  CHECK(compute(0) < compute(2));  // what tokens alone would say
}

TEST_CASE("An order cuts access of the staff it bars") {
  EnterpriseMarket market = market_at_start();
  market.orders = {nationals_only(fable), nationals_only(opus), nationals_only(gpt)};
  market.rebuild();
  // 80 % nationals keep all; the others are left with glm-open, 12 points behind
  const std::size_t c = menu_class({Region::us, Region::us, Reading::strict}, false);
  CHECK(market.demand.use.access[c] == Approx(0.80 + 0.20 * 0.30119421191220214));
}

TEST_CASE("Staff shares of a region add up to one, and spending by vendor to that of its products") {
  const EnterpriseMarket market = market_at_start();
  const Usage use = market.use();
  for (std::size_t r = 0; r < region_count; ++r) {
    double staff = 0.0;
    for (std::size_t j = 0; j < 6; ++j) staff += use.staff[r * 6 + j];
    CHECK(staff == Approx(1.0));
    CHECK(use.vendor_spend[zhipu * region_count + r] ==
          Approx(use.region[r].staff * (use.spend[r * 6 + 2] + use.spend[r * 6 + 3])));
  }
  CHECK(use.tokens[5] == 0.0);
}
