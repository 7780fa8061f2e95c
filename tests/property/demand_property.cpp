#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/random.hpp"
#include "tests/support/market.hpp"

using namespace chokepoint;

namespace {

/// Three lines, 70 investors of seven classes, everything drawn, with attention and a forced sale.
Market random_market(std::uint64_t seed) {
  Market market(3, {{InvestorType::passive, Region::us, 9},
                    {InvestorType::fund, Region::us, 12},
                    {InvestorType::fund, Region::hk, 8},
                    {InvestorType::arbitrageur, Region::row, 7},
                    {InvestorType::retail, Region::cn, 16},
                    {InvestorType::momentum, Region::hk, 11},
                    {InvestorType::sovereign, Region::cn, 7}});
  const RandomStream random(seed, 0);
  std::uint32_t step = 0;
  const auto draw = [&] { return random.uniform(Decision::synthetic_test, 0, step++); };
  for (const ClassBlock& block : market.accounts.blocks) {
    for (std::size_t i = block.begin; i < block.begin + block.count; ++i) {
      market.cash[i] = 10.0 + 1000.0 * draw();
      for (std::size_t k = 0; k < market.lines; ++k) {
        market.holding[market.at(k, i)] = draw() < 0.2 ? 0.0 : 1.0 + 100.0 * draw();
        market.odds[market.at(k, i)] = market.holding[market.at(k, i)] / market.cash[i] * (0.5 + draw());
        market.attention[market.at(k, i)] = draw();
      }
    }
  }
  for (std::size_t g = 0; g < class_count; ++g) {
    market.theta[g] = 3.0 * draw();
    market.kappa[g] = 0.5 * draw();
    for (std::size_t k = 0; k < market.lines; ++k) {
      const std::size_t at = k * class_count + g;
      market.value[at] = 0.4 * (draw() - 0.5);
      market.shifter[at] = 0.2 * (draw() - 0.5);
      market.new_money[at] = 0.01 * draw();
      market.participation.share[at] = 0.1 + 0.9 * draw();
    }
  }
  for (std::size_t k = 0; k < market.lines; ++k) market.reference_price[k] = 0.5 + 20.0 * draw();
  market.participation.supply[2] = 25.0;
  market.attended[1] = 1;
  return market;
}

}  // namespace

TEST_CASE("demand: the Jacobian is the derivative of the residual in random worlds", "[property][demand]") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(0, 50)));
  CAPTURE(seed);
  Market market = random_market(seed);
  const std::vector<double> p{0.1, -0.15, 0.05};
  DemandSystem system;
  market.residual(system, p);
  std::vector<double> J(9);
  system.jacobian(J);
  constexpr double h = 1e-5;
  for (std::size_t column = 0; column < 3; ++column) {
    std::vector<double> up = p;
    std::vector<double> down = p;
    up[column] += h;
    down[column] -= h;
    const std::vector<double> above = market.residual(system, up);
    const std::vector<double> below = market.residual(system, down);
    for (std::size_t row = 0; row < 3; ++row) {
      CAPTURE(row, column);
      CHECK(J[row * 3 + column] == Approx((above[row] - below[row]) / (2.0 * h)).margin(1e-6));
    }
  }
}

TEST_CASE("clearing: in random worlds a cleared market has no excess demand and no unmatched wish",
          "[property][clearing]") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(0, 50)));
  CAPTURE(seed);
  Market market = random_market(seed);
  market.participation.supply[2] = 0.0;
  REQUIRE_FALSE(market.clear().halted);
  std::vector<double> wish(market.accounts.size);
  for (std::size_t k = 0; k < market.lines; ++k) {
    CAPTURE(k);
    CHECK(market.status[k] == LineStatus::cleared);
    market.clearing.system().wishes(k, wish);
    double net = 0.0;
    double bought = 0.0;
    for (const double q : wish) {
      net += q;
      bought += q > 0.0 ? q : 0.0;
    }
    CHECK(bought > 0.0);
    CHECK(std::fabs(net) <= 2e-9 * market.clearing.system().supply()[k]);
  }
}
