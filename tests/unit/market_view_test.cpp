#include "sim/model/market_view.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

std::size_t cell(std::size_t line, InvestorType type, Region domicile) {
  return line * class_count + class_of(type, domicile);
}

std::size_t first_row(const World& world, InvestorType type, Region domicile) {
  return world.population.accounts.blocks[class_of(type, domicile)].begin;
}

/// BETA is held by a US fund (1000), a HK fund (600) and a HK retail investor (500); US holders must go by
/// the close of day 5. Of what the others hold, .5 x 600 + .4 x 500 = 500 shares act in a day.
struct BannedBeta {
  BannedBeta() {
    World& world = market.world;
    std::fill_n(&world.holding_view[world.at(beta, 0)], world.accounts(), 0.0);
    hold(InvestorType::fund, Region::us, 1000.0);
    hold(InvestorType::fund, Region::hk, 600.0);
    hold(InvestorType::retail, Region::hk, 500.0);
    world.held_by_domicile[beta] = {1000, 0, 1100, 0};
    world.own_elasticity[beta] = 8.0;
    world.bans.push_back({beta, {true, false, false, false}, 5});
  }
  void hold(InvestorType type, Region domicile, double shares) {
    market.world.holding_view[market.world.at(beta, first_row(market.world, type, domicile))] = shares;
  }
  double value(InvestorType type, Region domicile = Region::hk, std::size_t line = beta) const {
    return MarketView(market.world, market.params).inputs().value[cell(line, type, domicile)];
  }
  ModelMarket market;
};

}  // namespace

TEST_CASE("market view: noise, trend and taste add up to the shifter of a class", "[unit][market_view]") {
  ModelMarket market;
  market.world.noise_shifter[alpha] = 0.3;
  market.world.momentum[alpha] = 0.02;  // tanh(.02 / .02) = .76159415595576489
  market.world.taste[cell(alpha, InvestorType::retail, Region::us)] = 0.07;
  market.world.taste[cell(alpha, InvestorType::passive, Region::us)] = -0.02;
  const MarketView view(market.world, market.params);
  const auto shifter = [&](InvestorType type, Region domicile) {
    return view.inputs().shifter[cell(alpha, type, domicile)];
  };
  CHECK(shifter(InvestorType::retail, Region::us) == Approx(0.3 + 0.0076159415595576489 + 0.07));
  CHECK(shifter(InvestorType::retail, Region::cn) == Approx(0.3 + 0.0076159415595576489));
  CHECK(shifter(InvestorType::momentum, Region::us) == Approx(1.2 * 0.3 + 0.015231883119115298));
  CHECK(shifter(InvestorType::fund, Region::us) == Approx(0.15));
  CHECK(shifter(InvestorType::sovereign, Region::row) == Approx(0.06));
  CHECK(shifter(InvestorType::passive, Region::us) == -0.02);
  CHECK(view.inputs().shifter[cell(beta, InvestorType::retail, Region::us)] == 0.0);
}

TEST_CASE("market view: the quota's wedge is a cost to CN buyers of southbound lines, and is replaced",
          "[unit][market_view]") {
  ModelMarket market;
  market.world.noise_shifter[beta] = 0.3;
  MarketView view(market.world, market.params);
  const std::span<const double> shifter = view.inputs().shifter;
  view.set_quota_wedge(0.1);
  CHECK(shifter[cell(beta, InvestorType::retail, Region::cn)] == Approx(0.3 - 0.1));
  CHECK(shifter[cell(thin, InvestorType::passive, Region::cn)] == Approx(-0.1));
  view.set_quota_wedge(0.04);
  CHECK(shifter[cell(beta, InvestorType::retail, Region::cn)] == Approx(0.3 - 0.04));
  CHECK(shifter[cell(beta, InvestorType::retail, Region::hk)] == Approx(0.3));
  CHECK(shifter[cell(gamma_line, InvestorType::retail, Region::cn)] == 0.0);
  CHECK(shifter[cell(first_composite + 2, InvestorType::retail, Region::cn)] == 0.0);
  view.set_quota_wedge(0.0);
  CHECK(shifter[cell(thin, InvestorType::passive, Region::cn)] == Approx(0.0).margin(1e-16));
}

TEST_CASE("market view: attention that buys comes on top, attention that leaves cuts the odds",
          "[unit][market_view]") {
  ModelMarket market;
  World& world = market.world;
  const std::size_t who = first_row(world, InvestorType::passive, Region::us);  // index funds hold all
  const double odds = world.odds[world.at(alpha, who)];
  REQUIRE(odds > 0.0);
  world.attention[alpha].level.assign(world.accounts(), 0.0);
  world.attention[alpha].level[who] = 0.6;
  SECTION("buying") {
    const MarketView view(world, market.params);
    CHECK(view.inputs().attention[alpha] == world.attention[alpha].level.data());
    CHECK(view.inputs().odds[alpha] == &world.odds[world.at(alpha, 0)]);
    CHECK(view.inputs().attention[beta] == nullptr);
  }
  SECTION("leaving: 1 - .5 x .6 = .7 of the odds are left, for as long as the view lives") {
    world.attention[alpha].leaving = true;
    const MarketView view(world, market.params);
    CHECK(view.inputs().attention[alpha] == nullptr);
    CHECK(view.inputs().odds[alpha][who] == Approx(0.7 * odds));
    CHECK(view.inputs().odds[alpha][who + 1] == world.odds[world.at(alpha, who + 1)]);
    CHECK(view.inputs().odds[beta] == &world.odds[world.at(beta, 0)]);
    CHECK(world.odds[world.at(alpha, who)] == odds);
  }
}

TEST_CASE("market view: the informed mark a line down for the forced sales that are still to come",
          "[unit][market_view]") {
  BannedBeta banned;
  // R / (eta F) = 1000 / (8 x 500)
  CHECK(banned.value(InvestorType::fund) == Approx(-0.25));
  CHECK(banned.value(InvestorType::arbitrageur, Region::us) == Approx(-0.25));
  CHECK(banned.value(InvestorType::retail) == 0.0);
  CHECK(banned.value(InvestorType::momentum) == 0.0);
  CHECK(banned.value(InvestorType::fund, Region::hk, thin) == 0.0);
  banned.market.world.held_by_domicile[beta][index(Region::us)] = 400;
  CHECK(banned.value(InvestorType::fund) == Approx(-0.1));
  banned.market.world.own_elasticity[beta] = 0.1;  // 8 log points, of which .5 are believed
  CHECK(banned.value(InvestorType::fund) == -0.5);
  banned.market.world.held_by_domicile[beta][index(Region::us)] = 0;
  CHECK(banned.value(InvestorType::fund) == 0.0);
}

TEST_CASE("market view: barred holders want nothing once the deadline is over", "[unit][market_view]") {
  BannedBeta banned;
  World& world = banned.market.world;
  const std::size_t us = first_row(world, InvestorType::passive, Region::us);
  const std::size_t hk = first_row(world, InvestorType::passive, Region::hk);
  REQUIRE(world.odds[world.at(beta, us)] > 0.0);
  world.day = 5;
  CHECK(MarketView(world, banned.market.params).inputs().odds[beta] == &world.odds[world.at(beta, 0)]);
  world.day = 6;
  const MarketView view(world, banned.market.params);
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = world.population.accounts.blocks[g];
    for (std::size_t i = block.begin; i < block.end; ++i) {
      const double before = world.odds[world.at(beta, i)];
      CHECK(view.inputs().odds[beta][i] == (domicile_of_class(g) == Region::us ? 0.0 : before));
    }
  }
  CHECK(view.inputs().odds[beta][hk] > 0.0);
  CHECK(world.odds[world.at(beta, us)] > 0.0);
}

TEST_CASE("market view: what it does not change is the world's own", "[unit][market_view]") {
  const ModelMarket market;
  const MarketView view(market.world, market.params);
  const DemandInputs& inputs = view.inputs();
  CHECK(inputs.lines == 8);
  CHECK(inputs.accounts == &market.world.population.accounts);
  CHECK(inputs.cash.data() == market.world.cash_view.data());
  CHECK(inputs.holding.data() == market.world.holding_view.data());
  CHECK(inputs.reference_price.data() == market.world.reference_price.data());
  CHECK(inputs.new_money.data() == market.world.new_money.data());
  CHECK(inputs.theta[class_of(InvestorType::passive, Region::us)] == 0.0);
}
