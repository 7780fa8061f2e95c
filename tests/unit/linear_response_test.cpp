#include "sim/model/linear_response.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sim/base/error.hpp"
#include "sim/model/market_view.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

Participation participation_of(const World& world, const Parameters& params, Adjustment adjustment) {
  Participation result{std::vector<double>(world.lines * class_count, 1.0),
                       std::vector<double>(world.lines, 0.0)};
  if (adjustment == Adjustment::full) return result;
  for (std::size_t at = 0; at < result.share.size(); ++at) {
    result.share[at] = params.session.participation[index(type_of_class(at % class_count))];
  }
  return result;
}

/// Log prices of all lines after `shares` of a line were offered from outside.
std::vector<double> cleared_with(const ModelMarket& market, Participation participation, std::size_t line,
                                 double shares) {
  participation.supply[line] = shares;
  const MarketView view(market.world, market.params);
  const std::vector<double> low(market.world.lines, -std::numeric_limits<double>::infinity());
  const std::vector<double> high(market.world.lines, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> open;
  for (std::size_t k = 0; k < market.world.lines; ++k) open.push_back(k);
  std::vector<double> price = market.world.log_price;
  std::vector<LineStatus> status(market.world.lines);
  ChordFactor chord;
  MarketClearing clearing;
  REQUIRE_FALSE(clearing.clear(view.inputs(), participation, open, {low, high}, chord, price, status).halted);
  return price;
}

/// One line, held by funds and retail investors with equal cash shares inside a type.
Facts one_line(double fund_share, double retail_share, double passive_share = 0.0) {
  Facts facts = model_facts();
  facts.lines.resize(1);
  facts.lines[0].group = LineGroup::composite;  // all hold it, so that types hold their shares exactly
  for (auto& mix : facts.investor_mix) mix = {passive_share, fund_share, 0, 0, retail_share, 0};
  return facts;
}

Parameters without_spread() {
  Parameters params = quiet_parameters();
  params.population.anchor_log_sd = 0.0;
  params.population.cash_log_sd = 0.0;
  return params;
}

}  // namespace

TEST_CASE("linear response: the multipliers are the derivatives of actual clears",
          "[unit][linear_response]") {
  const Adjustment adjustment = GENERATE(Adjustment::full, Adjustment::one_day);
  const ModelMarket market;
  const LinearResponse response = linear_response(market.world, market.params, adjustment);
  const Participation participation = participation_of(market.world, market.params, adjustment);
  constexpr double part = 1e-3;
  const double shift = std::log((1.0 + part) / (1.0 - part));
  for (std::size_t j = 0; j < market.world.lines; ++j) {
    const double shares = part * response.active_share[j] * static_cast<double>(market.held(j));
    const std::vector<double> bought = cleared_with(market, participation, j, -shares);
    const std::vector<double> sold = cleared_with(market, participation, j, shares);
    for (std::size_t k = 0; k < market.world.lines; ++k) {
      CAPTURE(j, k);
      CHECK(response.multiplier[k * market.world.lines + j] ==
            Approx((bought[k] - sold[k]) / shift).epsilon(1e-4).margin(1e-5));
    }
    CHECK(response.multiplier[j * market.world.lines + j] > 0.5);
  }
}

TEST_CASE("linear response: funds alone have an own elasticity of theta times their cash share",
          "[unit][linear_response]") {
  // D = A w with A = C + h P: d ln D / dp = w + (1 - theta)(1 - w), so -F' = theta (1 - w) = theta w0.
  Parameters params = without_spread();
  params.demand.value_anchor[index(InvestorType::fund)] = GENERATE(0.5, 1.0, 1.6);
  const double theta = params.demand.value_anchor[index(InvestorType::fund)];
  const ModelMarket market(one_line(1.0, 0.0), params);
  for (const Adjustment adjustment : {Adjustment::full, Adjustment::one_day}) {
    const LinearResponse response = linear_response(market.world, params, adjustment);
    CHECK(response.own_elasticity[0] == Approx(theta * 0.25));
    CHECK(response.multiplier[0] == Approx(4.0 / theta));
    CHECK(response.shifter_response[0] == Approx(0.5 * 0.25));
    CHECK(response.active_share[0] == Approx(adjustment == Adjustment::full ? 1.0 : 0.5));
  }
}

TEST_CASE("linear response: classes count by what they hold and how much of it takes part",
          "[unit][linear_response]") {
  // theta w0: funds 1 x .25, retail .25 x .45 = .1125; half of the line each; lambda .5 and .4.
  const Parameters params = without_spread();
  const ModelMarket market(one_line(0.5, 0.5), params);
  const LinearResponse full = linear_response(market.world, params, Adjustment::full);
  CHECK(full.active_share[0] == Approx(1.0));
  CHECK(full.own_elasticity[0] == Approx(0.18125));
  CHECK(full.shifter_response[0] == Approx(0.5 * 0.5 * 0.25 + 0.5 * 1.0 * 0.45));
  const LinearResponse one_day = linear_response(market.world, params, Adjustment::one_day);
  CHECK(one_day.active_share[0] == Approx(0.45));
  CHECK(one_day.own_elasticity[0] == Approx((0.25 * 0.25 + 0.20 * 0.1125) / 0.45));
  CHECK(one_day.shifter_response[0] == Approx((0.25 * 0.5 * 0.25 + 0.20 * 1.0 * 0.45) / 0.45));
  CHECK(market.world.own_elasticity[0] == one_day.own_elasticity[0]);
}

TEST_CASE("linear response: a line that is not listed responds to nothing", "[unit][linear_response]") {
  Facts facts = model_facts();
  facts.lines[beta].unlisted = true;
  const ModelMarket market(facts);
  const LinearResponse response = linear_response(market.world, market.params, Adjustment::full);
  const std::size_t K = market.world.lines;
  for (std::size_t k = 0; k < K; ++k) {
    CHECK(response.multiplier[k * K + beta] == 0.0);
    CHECK(response.multiplier[beta * K + k] == 0.0);
    CHECK((response.active_share[k] == Approx(1.0)) == (k != beta));
  }
  CHECK(response.own_elasticity[beta] == 0.0);
  CHECK(response.active_share[beta] == 0.0);
}
