#include <catch2/catch.hpp>
#include <limits>

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
