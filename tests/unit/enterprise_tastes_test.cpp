#include <catch2/catch.hpp>
#include <limits>

#include "sim/model/enterprises/routing.hpp"
#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

namespace {

double observed(const EnterpriseMarket& market, Region region, std::size_t product) {
  for (const UsageShare& row : market.facts.usage) {
    const std::size_t j = product_of(market.setup.products, market.facts.vendor(row.vendor), row.kind);
    if (row.region == region && j == product) return row.share;
  }
  return 0.0;
}

}  // namespace

TEST_CASE("Expected shares at T0 are those of the usage table, in every region") {
  EnterpriseMarket market;
  market.set_up();
  for (std::size_t r = 0; r < region_count; ++r) {
    const auto region = static_cast<Region>(r);
    const auto share = market.expected(region);
    for (std::size_t j = 0; j < share.size(); ++j) {
      CHECK(share[j] == Approx(observed(market, region, j)).margin(1e-6));
    }
    CHECK(market.setup.tastes.largest_gap[r] < 1e-6);
  }
}

TEST_CASE("A product nobody uses in a region stays unused there, and none is the zero of brands") {
  EnterpriseMarket market;
  market.set_up();
  const std::size_t products = market.setup.products.size();
  const auto brand = [&](Region region, std::size_t j) {
    return market.setup.tastes.brand[index(region) * products + j];
  };
  CHECK(brand(Region::us, 3) == -std::numeric_limits<double>::infinity());  // zhipu's closed models
  CHECK(brand(Region::cn, 0) == -std::numeric_limits<double>::infinity());
  for (std::size_t r = 0; r < region_count; ++r) CHECK(brand(static_cast<Region>(r), products - 1) == 0.0);
}

TEST_CASE("A share that more users have than may use the product shows as a gap") {
  EnterpriseMarket market;
  for (UsageShare& row : market.facts.usage) {
    if (row.region == Region::hk) row.share = row.vendor == "anthropic" ? 0.95 : 0.01;
  }
  market.set_up();
  CHECK(market.setup.tastes.largest_gap[index(Region::hk)] > 0.3);
  CHECK(market.setup.tastes.largest_gap[index(Region::us)] < 1e-6);
}

TEST_CASE("Utility falls by rho times hazard for closed products of the feared government only") {
  EnterpriseMarket market;
  market.set_up();
  market.params.tastes.hazard_aversion = 2.0;
  market.hazard[index(Region::us)][index(Region::row)] = 0.3;
  const Demand demand{market.facts,        market.params.tastes, market.setup.products,
                      market.setup.tastes, market.demand.offers, market.hazard};
  const DenialHazard calm{};
  const Demand before{market.facts,        market.params.tastes, market.setup.products,
                      market.setup.tastes, market.demand.offers, calm};
  const std::size_t kind = index({Region::row, Region::row, Reading::strict});
  std::vector<double> feared(6), quiet(6);
  utilities(demand, kind, feared);
  utilities(before, kind, quiet);
  CHECK(feared[0] - quiet[0] == Approx(-0.6));
  CHECK(feared[1] - quiet[1] == Approx(-0.6));
  CHECK(feared[2] == quiet[2]);
  CHECK(feared[4] == quiet[4]);
  CHECK(feared[5] == quiet[5]);
}

TEST_CASE("A product that serves half of the staff is worth ln 2 less") {
  EnterpriseMarket market;
  market.facts.workforce[index(Region::row)].nationality = {0.5, 0.0, 0.0, 0.0, 0.5};
  market.set_up();
  const std::size_t kind = index({Region::row, Region::row, Reading::strict});
  const double before = market.demand.choice.utility[kind * 6 + 1];
  market.orders = {nationals_only(gpt)};
  market.rebuild();
  CHECK(market.demand.choice.utility[kind * 6 + 1] - before == Approx(-0.6931471805599453));
}

TEST_CASE("Menus of a region weigh one, its named desks at their share of its seats") {
  EnterpriseMarket market;
  market.set_up();
  std::array<double, region_count> sum{};
  for (const Menu& menu : market.setup.menus) sum[index(menu.kind.region)] += menu.weight;
  for (const double s : sum) CHECK(s == Approx(1.0));
  // 3,000 of 5e7 x .05 seats
  CHECK(desk_share(market.facts, market.params.population, market.facts.bank_desks[jpmorgan_desk]) ==
        Approx(0.0012));
  market.params.population.seats = 1e6;
  market.facts.workforce[index(Region::hk)].spend_share = 0.001;
  CHECK(desk_share(market.facts, market.params.population, market.facts.bank_desks[jpmorgan_desk]) ==
        Approx(0.3));
}

TEST_CASE("Routing costs pragmatic readers of a product that the letter bars, and nobody else", "[unit]") {
  EnterpriseMarket market;
  market.set_up();
  const std::size_t products = market.setup.products.size();
  const auto utility = [&](const EnterpriseKind& kind, double cost) {
    TasteParams tastes = market.params.tastes;
    tastes.routing_cost = cost;
    const Demand demand{market.facts,         tastes,       market.setup.products, market.setup.tastes,
                        market.demand.offers, market.hazard};
    std::vector<double> u(products);
    utilities(demand, index(kind), u);
    return u;
  };
  // A US bank in Hong Kong: anthropic's terms leave the place out, not the headquarters.
  const EnterpriseKind routes{Region::hk, Region::us, Reading::pragmatic};
  CHECK(utility(routes, 0.0)[0] - utility(routes, 0.7)[0] == Approx(0.7));
  for (std::size_t j = 1; j < products; ++j) CHECK(utility(routes, 0.0)[j] == utility(routes, 0.7)[j]);
  for (const EnterpriseKind kind : {EnterpriseKind{Region::hk, Region::us, Reading::leaky},
                                    EnterpriseKind{Region::hk, Region::us, Reading::strict},
                                    EnterpriseKind{Region::us, Region::us, Reading::pragmatic},
                                    EnterpriseKind{Region::hk, Region::cn, Reading::pragmatic}}) {
    CHECK(utility(kind, 0.0) == utility(kind, 0.7));
  }
}

TEST_CASE("Routing: brands take in what it costs at T0, and fewer route when it costs more", "[unit]") {
  std::vector<double> routed, leaky;
  for (const double cost : {0.0, 0.5, 4.0}) {
    EnterpriseMarket market;
    market.params.tastes.routing_cost = cost;
    market.params.population.count = 40000;
    market.set_up();
    CHECK(market.setup.tastes.largest_gap[index(Region::hk)] < 1e-6);
    market.start();
    const OfferTable& offers = market.demand.offers;
    routed.push_back(routed_share(market.facts, offers, market.all, Region::hk));
    leaky.push_back(leaky_share(market.facts, offers, market.all, Region::hk));
    CHECK(routed_share(market.facts, offers, market.all, Region::us) == 0.0);
    CHECK(routed_share(market.facts, offers, market.all, Region::row) == 0.0);
    // All use of anthropic in Hong Kong, a tenth of the staff, is beyond the letter.
    CHECK(routed.back() + leaky.back() == Approx(0.10).margin(0.015));
  }
  CHECK(routed[0] > routed[1]);
  CHECK(routed[1] > routed[2]);
  CHECK(leaky[0] < leaky[2]);
}

TEST_CASE("Routing: shares count the staff of pragmatic and leaky readers by hand", "[unit]") {
  EnterpriseMarket market;
  market.set_up();
  const std::size_t none = market.setup.products.size() - 1;
  const auto agents = [&](std::size_t product) {
    Enterprises all;
    const double weight[] = {0.02, 0.01, 0.005, 0.015};  // of the .05 of Hong Kong
    const Reading reading[] = {Reading::pragmatic, Reading::leaky, Reading::pragmatic, Reading::strict};
    for (std::size_t i = 0; i < 4; ++i) {
      all.identity.push_back(static_cast<std::uint32_t>(i));
      all.menu_class.push_back(menu_class({Region::hk, Region::us, reading[i]}, false));
      all.weight.push_back(weight[i]);
      all.product.push_back(i == 2 ? 1 : product);
    }
    return all;
  };
  const OfferTable& offers = market.demand.offers;
  CHECK(routed_share(market.facts, offers, agents(0), Region::hk) == Approx(0.4));  // .02 of .05
  CHECK(leaky_share(market.facts, offers, agents(0), Region::hk) == Approx(0.2));   // .01 of .05
  CHECK(routed_share(market.facts, offers, agents(1), Region::hk) == 0.0);  // openai serves by the letter
  CHECK(routed_share(market.facts, offers, agents(none), Region::hk) == 0.0);
  CHECK(leaky_share(market.facts, offers, agents(none), Region::hk) == 0.0);
  CHECK(routed_share(market.facts, offers, agents(0), Region::us) == 0.0);
}
