#include <catch2/catch.hpp>
#include <cmath>

#include "sim/study/market_report.hpp"
#include "tests/support/model_market.hpp"
#include "tests/support/shipped_facts.hpp"

using namespace chokepoint;

namespace {

/// Zhipu and MiniMax as everybody suddenly likes them half again as much; nothing else happens.
struct TwoDearFloats {
  explicit TwoDearFloats(double speed) : market(shipped_facts(), with_speed(speed), 9) {
    market.plan.unlocks.clear();
    market.plan.reviews.clear();
    for (const char* id : {"2513.HK", "0100.HK"}) {
      double* odds = &market.world.odds[market.world.at(market.facts.line(id), 0)];
      for (std::size_t i = 0; i < market.world.accounts(); ++i) odds[i] *= 1.5;
    }
  }
  static Parameters with_speed(double speed) {
    Parameters params = quiet_parameters(2000);
    params.slow_capital.speed = speed;
    return params;
  }
  double log_price(const char* id) const { return market.world.log_price[market.facts.line(id)]; }
  ModelMarket market;
};

}  // namespace

TEST_CASE(
    "float: the smaller the float, the further the same attention moves the price; without new money "
    "nothing moves",
    "[unit][float]") {
  const FloatTable table = float_table(shipped_facts(), Parameters{}, "2513.HK", 1, 3,
                                       {0.0, 1e-4, 1e-3, 1e-2}, {0.027, 0.085, 0.25, 0.90});
  for (const double move : table.move[0]) CHECK(move == 0.0);
  for (std::size_t omega = 1; omega < table.omegas.size(); ++omega) {
    const std::vector<double>& move = table.move[omega];
    CAPTURE(table.omegas[omega], move);
    CHECK(move[0] > move[1]);
    CHECK(move[1] > move[2]);
    CHECK(move[2] > move[3]);
    CHECK(move[3] > 0.01);
    // Small moves are nearly proportional to money over float: 10 times the float, a tenth of the move.
    if (omega < 3) CHECK(move[1] / move[3] == Approx(0.90 / 0.085).epsilon(0.2));
  }
  for (std::size_t f = 0; f < table.floats.size(); ++f) CHECK(table.move[2][f] > 5.0 * table.move[1][f]);
}

TEST_CASE("float: two dear tiny floats hardly touch the composite of their market", "[unit][float]") {
  TwoDearFloats two(1.0 / 60.0);
  const World& world = two.market.world;
  const Facts& facts = two.market.facts;
  two.market.day();
  REQUIRE(two.log_price("2513.HK") > 0.4);
  REQUIRE(two.log_price("0100.HK") > 0.4);
  // By hand: the composite looks cheap by the float-cap-weighted mean of all gaps, and drifts by 1/60 of it.
  double gap = 0.0;
  double cap = 0.0;
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (facts.lines[k].region != Region::hk) continue;
    cap += world.float_cap_usd(k);
    gap += world.float_cap_usd(k) * world.log_price[k];
  }
  const std::size_t rest = facts.line("HK_REST");
  const double drift = world.taste[rest * class_count + class_of(InvestorType::fund, Region::us)];
  CHECK(drift == Approx((gap / cap - world.log_price[rest]) / 60.0));
  CHECK(drift < 3e-5);  // an equal-weighted mean would make it some 1e-3
  two.market.run(8);
  CHECK(std::fabs(two.log_price("HK_REST")) < 3e-4);
  for (const char* id : {"US_REST", "CN_REST", "ROW_REST"}) CHECK(std::fabs(two.log_price(id)) < 5e-5);
}

TEST_CASE("float: without slow capital only wealth and budgets link two tiny floats to the composites",
          "[unit][float]") {
  TwoDearFloats two(0.0);
  two.market.run(9);
  REQUIRE(two.log_price("2513.HK") > 0.4);
  for (const char* id : {"HK_REST", "US_REST", "CN_REST", "ROW_REST"}) {
    CAPTURE(id);
    CHECK(std::fabs(two.log_price(id)) < 5e-5);
  }
}
