#include <catch2/catch.hpp>

#include "sim/model/enterprises/sovereign_premium.hpp"
#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

namespace {

/// Enterprises pay this share of every vendor's revenue by use.
std::vector<double> premium(EnterpriseMarket& market, double metered_share = 0.5) {
  for (Vendor& vendor : market.facts.vendors) vendor.metered_share = metered_share;
  return sovereign_premium(market.facts, market.params, market.setup, market.demand, market.hazard);
}

}  // namespace

TEST_CASE("Without hazards, or without fear of them, there is no premium") {
  EnterpriseMarket market;
  market.set_up();
  for (const double p : premium(market)) CHECK(p == 0.0);
  market.hazard[index(Region::us)] = {0.3, 0.3, 0.3, 0.3};
  market.params.tastes.hazard_aversion = 0.0;
  for (const double p : premium(market)) CHECK(p == 0.0);
}

TEST_CASE("A feared government lifts its vendors' rivals and lowers its own vendors") {
  EnterpriseMarket market;
  market.set_up();
  market.hazard[index(Region::us)] = {0.0, 0.3, 0.3, 0.3};
  const auto p = premium(market);
  CHECK(p[zhipu] > 0.0);
  CHECK(p[anthropic] < 0.0);
  CHECK(p[openai] < 0.0);
  market.hazard = {};
  market.hazard[index(Region::cn)] = {0.0, 0.0, 0.3, 0.3};
  CHECK(premium(market)[zhipu] < 0.0);
  CHECK(premium(market)[openai] > 0.0);
}

TEST_CASE("The premium grows with hazard and is bounded by the share of revenue from models") {
  EnterpriseMarket market;
  market.set_up();
  market.hazard[index(Region::us)] = {0.3, 0.3, 0.3, 0.3};
  const double small = premium(market)[zhipu];
  market.hazard[index(Region::us)] = {3.0, 3.0, 3.0, 3.0};
  CHECK(premium(market)[zhipu] > small);
  market.hazard[index(Region::us)] = {100.0, 100.0, 100.0, 100.0};
  CHECK(premium(market)[openai] == Approx(logarithm(0.5)).margin(1e-6));
  for (const double p : premium(market, 0.0)) CHECK(p == 0.0);
}

TEST_CASE("Willingness to pay is rho h over alpha as a share of the price") {
  TasteParams params;
  CHECK(willingness_to_pay(params, 0.0) == 0.0);
  CHECK(willingness_to_pay(params, 0.3) == Approx(0.3103).margin(1e-4));  // e^(.3 / 1.11) - 1
}
