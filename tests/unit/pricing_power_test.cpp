#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/model/enterprises/pricing_power.hpp"
#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

namespace {

std::vector<double> by_region(const EnterpriseMarket& market) {
  return lerner_by_region(market.facts, market.params, market.setup, market.demand, market.hazard);
}
std::vector<double> by_vendor(const EnterpriseMarket& market) {
  return lerner_of_vendors(market.facts, market.params, market.setup, market.demand, market.hazard);
}
std::size_t cell(std::size_t vendor, Region region) { return vendor * region_count + index(region); }

/// ln of the tokens that a product sells in a region, with a vendor's closed prices at e^shift of the facts'.
double log_tokens(EnterpriseMarket& market, std::size_t vendor, Region region, double shift) {
  for (std::size_t m = 0; m < market.price.size(); ++m) {
    const AiModel& model = market.facts.models[m];
    const bool shifts = !model.open && model.developer == market.facts.vendors[vendor].id;
    market.price[m] = model.price * (shifts ? exponential(shift) : 1.0);
  }
  market.rebuild();
  const Demand demand{market.facts,        market.params.tastes, market.setup.products,
                      market.setup.tastes, market.demand.offers, market.hazard};
  const std::size_t j = market.product(vendor, ProductKind::closed);
  double tokens = 0.0;
  for (const Menu& menu : market.setup.menus) {
    if (menu.kind.region != region) continue;
    tokens += menu.weight * shares_of_menu(demand, menu)[j] *
              market.demand.use.tokens[index(menu.kind) * market.setup.products.size() + j];
  }
  return logarithm(tokens);
}

}  // namespace

TEST_CASE("Pricing power: elasticity of one product of two in a nest, by hand", "[unit]") {
  EnterpriseParams params;  // alpha 1.11, lambda 1/2, eta 1/2
  const std::vector<Product> products{{0, ProductKind::closed, Nest::closed_elsewhere},
                                      {1, ProductKind::closed, Nest::closed_elsewhere},
                                      {2, ProductKind::open_hosted, Nest::open_hosted}};
  const std::vector<double> share{0.1, 0.3, 0.6};
  // 1.11 (2 - 1 x .1/.4 - .1) + .5 = 1.11 x 1.65 + .5
  CHECK(own_price_elasticity(params, products, share, 0) == Approx(2.3315));
  CHECK(own_price_elasticity(params, products, share, 1) == Approx(1.11 * (2.0 - 0.75 - 0.3) + 0.5));
  params.tastes.nest_scale = 1.0;  // the plain logit: alpha (1 - s)
  CHECK(own_price_elasticity(params, products, share, 0) == Approx(1.11 * 0.9 + 0.5));
  CHECK(own_price_elasticity(params, products, std::vector<double>{0.0, 0.4, 0.6}, 0) == 0.5);
}

TEST_CASE("Pricing power: the Lerner index is the inverse elasticity, at most .99", "[unit]") {
  CHECK(lerner_index(2.0) == 0.5);
  CHECK(lerner_index(1.0) == 0.99);
  CHECK(lerner_index(0.5) == 0.99);
  CHECK(lerner_index(0.0) == 0.99);
  CHECK(lerner_index(1.25) == Approx(0.8));
}

TEST_CASE("Pricing power: the index is the inverse of the slope of demand in prices", "[unit]") {
  for (const double nest_scale : {0.3, 0.5, 1.0}) {
    EnterpriseMarket market;
    market.params.tastes.nest_scale = nest_scale;
    market.set_up();
    const auto lerner = by_region(market);
    for (const std::size_t vendor : {anthropic, openai}) {
      for (const Region region : {Region::us, Region::hk, Region::row}) {
        const double step = 1e-4;
        const double slope =
            (log_tokens(market, vendor, region, step) - log_tokens(market, vendor, region, -step)) /
            (2.0 * step);
        CHECK(lerner[cell(vendor, region)] == Approx(std::min(0.99, -1.0 / slope)).epsilon(1e-6));
      }
    }
  }
}

TEST_CASE("Pricing power is 0 where a vendor has no closed product or sells none", "[unit]") {
  EnterpriseMarket market;
  market.set_up();
  const auto lerner = by_region(market);
  REQUIRE(lerner.size() == 3 * region_count);
  CHECK(lerner[cell(zhipu, Region::us)] == 0.0);
  CHECK(lerner[cell(openai, Region::cn)] == 0.0);
  CHECK(lerner[cell(zhipu, Region::cn)] > 0.0);
  market.stopped[gpt] = 1;
  market.rebuild();
  CHECK(by_region(market)[cell(openai, Region::us)] == 0.0);
  CHECK(by_vendor(market)[openai] == 0.0);
}

TEST_CASE("Pricing power rises when the rival of the nest is gone, falls with its own terms", "[unit]") {
  EnterpriseMarket market;
  market.set_up();
  const auto before = by_region(market);
  market.stopped[gpt] = 1;
  market.rebuild();
  const auto alone = by_region(market);
  CHECK(alone[cell(anthropic, Region::us)] > before[cell(anthropic, Region::us)]);
  CHECK(alone[cell(anthropic, Region::row)] > before[cell(anthropic, Region::row)]);
  CHECK(by_vendor(market)[anthropic] > 0.0);
  market.stopped[gpt] = 0;
  market.hazard[index(Region::us)][index(Region::row)] = 0.5;  // both closed products lose to the rest
  market.rebuild();
  CHECK(by_region(market)[cell(openai, Region::row)] < before[cell(openai, Region::row)]);
  CHECK(by_region(market)[cell(openai, Region::us)] == before[cell(openai, Region::us)]);
}

TEST_CASE("Pricing power of a vendor is that of its regions by spending, unchanged to the bit", "[unit]") {
  EnterpriseMarket market;
  market.set_up();
  const auto regions = by_region(market);
  const auto start = by_vendor(market);
  market.rebuild();
  CHECK(by_vendor(market) == start);
  const double in_us = regions[cell(openai, Region::us)], in_row = regions[cell(openai, Region::row)];
  const double in_hk = regions[cell(openai, Region::hk)];
  CHECK(start[openai] > std::min(in_us, std::min(in_row, in_hk)));
  CHECK(start[openai] < std::max(in_us, std::max(in_row, in_hk)));
  for (const Region only_one : {Region::us, Region::hk}) {
    for (RegionWorkforce& region : market.facts.workforce) region.spend_share = 0.0;
    market.facts.workforce[index(only_one)].spend_share = 1.0;
    CHECK(by_vendor(market)[openai] == Approx(regions[cell(openai, only_one)]));
  }
}

TEST_CASE("Pricing power counts menus by the tokens that they buy", "[unit]") {
  EnterpriseMarket market;
  market.set_up();
  const Demand demand{market.facts,        market.params.tastes, market.setup.products,
                      market.setup.tastes, market.demand.offers, market.hazard};
  const auto elasticity = [&](const EnterpriseKind& kind) {
    const auto share = shares_of_menu(demand, {kind, true, 0, 1.0});
    return own_price_elasticity(market.params, market.setup.products, share, 1);
  };
  // Only two kinds of enterprises buy tokens, the second twice as many per seat.
  const EnterpriseKind one{Region::hk, Region::hk, Reading::strict};
  const EnterpriseKind two{Region::hk, Region::row, Reading::leaky};
  for (double& tokens : market.demand.use.tokens) tokens = 0.0;
  market.demand.use.tokens[index(one) * market.setup.products.size() + 1] = 1.0;
  CHECK(by_region(market)[cell(openai, Region::hk)] == Approx(lerner_index(elasticity(one))));
  market.demand.use.tokens[index(two) * market.setup.products.size() + 1] = 2.0;
  const auto weight = [&](const EnterpriseKind& kind) {
    double staff = 0.0;
    for (const Menu& menu : market.setup.menus) {
      if (index(menu.kind) == index(kind)) staff += menu.weight * shares_of_menu(demand, menu)[1];
    }
    return staff;
  };
  const double first = weight(one), second = 2.0 * weight(two);
  const double mean = (first * elasticity(one) + second * elasticity(two)) / (first + second);
  CHECK(by_region(market)[cell(openai, Region::hk)] == Approx(lerner_index(mean)));
  CHECK(elasticity(one) != Approx(elasticity(two)).epsilon(1e-3));
}
