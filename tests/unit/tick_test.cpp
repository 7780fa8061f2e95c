#include "sim/model/tick.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

std::size_t us_class(std::size_t line, InvestorType type) {
  return line * class_count + class_of(type, Region::us);
}

/// ALPHA is worth .2 more from the first day on.
struct GoodNews : ModelMarket {
  explicit GoodNews(const Parameters& p = quiet_parameters()) : ModelMarket(model_facts(), p, 10) {
    add_value(0, alpha, 0.2);
  }
};

}  // namespace

TEST_CASE("tick: those who did not learn at once catch up before the next day's sessions", "[unit][tick]") {
  GoodNews market;
  const double& retail = market.world.value[us_class(alpha, InvestorType::retail)];
  market.day();
  CHECK(retail == Approx(0.3 * 0.2));
  market.day();
  CHECK(retail == Approx(0.06 + 0.15 * 0.14));
}

TEST_CASE("tick: the close moves momentum by a tenth of the day's return", "[unit][tick]") {
  GoodNews market;
  market.day();
  const double first = market.world.log_price[alpha];
  REQUIRE(first > 0.01);
  CHECK(market.world.momentum[alpha] == Approx(0.1 * first));
  market.day();
  const double second = market.world.log_price[alpha];
  CHECK(market.world.momentum[alpha] == Approx(0.09 * first + 0.1 * (second - first)));
}

TEST_CASE("tick: at the close slow capital drifts to what is cheap, unless it is at rest", "[unit][tick]") {
  Parameters params = quiet_parameters();
  params.slow_capital.speed = 0.01;
  GoodNews market(params);
  market.day();
  CHECK(market.world.taste[us_class(alpha, InvestorType::arbitrageur)] > 0.0);
  params.slow_capital.speed = 0.0;
  GoodNews at_rest(params);
  at_rest.day();
  CHECK(at_rest.world.taste[us_class(alpha, InvestorType::arbitrageur)] == 0.0);
}

TEST_CASE("tick: every day has noise of its own", "[unit][tick]") {
  Parameters params = quiet_parameters();
  params.noise.scale = 1.0;
  ModelMarket market(model_facts(), params, 10);
  market.day();
  const double first = market.world.noise_shock[alpha];
  CHECK(first != 0.0);
  market.day();
  CHECK(market.world.noise_shock[alpha] != 0.0);
  CHECK(market.world.noise_shock[alpha] != first);
}

TEST_CASE("tick: attention is drawn when news arrives and fades at the close of days with a session",
          "[unit][tick]") {
  Parameters params = quiet_parameters();
  params.attention.notice = 1.0;
  ModelMarket market(model_facts(), params, 10);
  market.plan.notices.push_back({{1, Session::b, 0}, alpha, "event", 1.0, 0.5, false});
  market.day();
  CHECK_FALSE(market.world.attention[alpha].active());
  market.day();
  const ClassBlock& retail =
      market.world.population.accounts.blocks[class_of(InvestorType::retail, Region::us)];
  REQUIRE(market.world.attention[alpha].active());
  const double a_day = power(0.5, 1.0 / params.attention.half_life);
  CHECK(market.world.attention[alpha].level[retail.begin] == Approx(0.5 * a_day));
  market.run(2);
  CHECK(market.world.attention[alpha].level[retail.begin] == Approx(0.5 * a_day * a_day * a_day));
}

TEST_CASE("tick: news of the other sign ends the attention a line still has", "[unit][tick]") {
  Parameters params = quiet_parameters();
  params.attention.notice = 1.0;
  ModelMarket market(model_facts(), params, 10);
  market.plan.notices.push_back({{0, Session::a, 0}, alpha, "event", 1.0, 0.5, false});
  market.add_value(1, alpha, 0.1);
  market.add_value(2, alpha, -0.1);
  market.run(2);
  CHECK(market.world.attention[alpha].active());
  market.day();
  CHECK_FALSE(market.world.attention[alpha].active());
}

TEST_CASE("tick: price limits count from the close of the day before", "[unit][tick]") {
  ModelMarket market(model_facts(), quiet_parameters(), 10);
  market.add_value(0, gamma_line, 1.0);
  market.day();
  CHECK(market.world.log_price[gamma_line] == Approx(logarithm(1.1)));
  market.day();
  CHECK(market.world.log_price[gamma_line] == Approx(2.0 * logarithm(1.1)));
}
