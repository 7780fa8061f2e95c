#include <catch2/catch.hpp>

#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

TEST_CASE("Weights are shares of the world's staff: by region those of spending, whatever the counts") {
  for (const double count : {1000.0, 5000.0}) {
    EnterpriseMarket market;
    market.params.population.count = count;
    market.set_up();
    market.start();
    CHECK(market.all.size() == static_cast<std::size_t>(count) + 2);
    std::array<double, region_count> sum{};
    for (std::size_t i = 0; i < market.all.size(); ++i) {
      sum[index(market.all.kind(i).region)] += market.all.weight[i];
    }
    CHECK(sum[index(Region::us)] == Approx(0.50));
    CHECK(sum[index(Region::cn)] == Approx(0.20));
    CHECK(sum[index(Region::hk)] == Approx(0.05));
    CHECK(sum[index(Region::row)] == Approx(0.25));
  }
}

TEST_CASE("Agents of a region are a fixed number; headquarters, readings and sectors come in their shares") {
  EnterpriseMarket market;
  market.params.population.count = 40000;
  market.set_up();
  market.start();
  std::array<std::size_t, region_count> agents{}, hong_kong_owner{};
  std::array<double, reading_count> reading{};
  double banks = 0.0;
  for (std::size_t i = 0; i < market.all.first_desk; ++i) {
    const EnterpriseKind kind = market.all.kind(i);
    ++agents[index(kind.region)];
    if (kind.region == Region::hk) ++hong_kong_owner[index(kind.owner)];
    reading[index(kind.reading)] += 1.0 / 40000;
    if (market.all.sector[i] == Sector::bank) banks += 1.0 / 40000;
  }
  CHECK(agents == std::array<std::size_t, region_count>{14000, 10000, 6000, 10000});
  CHECK(static_cast<double>(hong_kong_owner[index(Region::us)]) / 6000 == Approx(0.25).margin(0.025));
  CHECK(static_cast<double>(hong_kong_owner[index(Region::hk)]) / 6000 == Approx(0.35).margin(0.025));
  CHECK(reading[index(Reading::strict)] == Approx(0.6).margin(0.012));
  CHECK(reading[index(Reading::leaky)] == Approx(0.1).margin(0.008));
  CHECK(banks == Approx(0.05).margin(0.006));
}

TEST_CASE("Named desks are agents of their own, with what they took off their lists") {
  EnterpriseMarket market;
  market.set_up();
  market.start();
  const std::size_t jpm = market.desk(jpmorgan_desk), goldman = market.desk(goldman_desk);
  CHECK(market.all.desk[jpm] == jpmorgan_desk);
  CHECK(market.all.sector[jpm] == Sector::bank);
  CHECK(market.all.kind(jpm).reading == Reading::pragmatic);
  CHECK(market.all.kind(jpm).region == Region::hk);
  CHECK(market.all.removed[jpm] == 0);
  CHECK(market.all.removed[goldman] == only(0));
  CHECK(market.all.weight[jpm] == Approx(0.05 * 0.0012));
}

TEST_CASE("Shares in use at T0 are those of the usage table on average over replicates") {
  EnterpriseMarket market;
  market.params.population.size_sd = 0.0;
  market.set_up();
  const int replicates = 20;
  std::vector<double> mean(region_count * 6, 0.0);
  for (int k = 0; k < replicates; ++k) {
    market.start(static_cast<std::uint32_t>(k));
    const Usage use = market.use();
    for (std::size_t at = 0; at < mean.size(); ++at) mean[at] += use.staff[at] / replicates;
  }
  // standard error of a share of one half: .5 / sqrt(20 x 1,750), .5 / sqrt(20 x 750) in Hong Kong
  CHECK(mean[index(Region::us) * 6 + 0] == Approx(0.30).margin(0.010));
  CHECK(mean[index(Region::us) * 6 + 1] == Approx(0.40).margin(0.010));
  CHECK(mean[index(Region::us) * 6 + 5] == Approx(0.20).margin(0.010));
  CHECK(mean[index(Region::cn) * 6 + 3] == Approx(0.30).margin(0.012));
  CHECK(mean[index(Region::hk) * 6 + 0] == Approx(0.10).margin(0.014));
  CHECK(mean[index(Region::row) * 6 + 2] == Approx(0.10).margin(0.012));
}

TEST_CASE("Nobody uses what is not on the menu at T0") {
  EnterpriseMarket market;
  market.set_up();
  market.start();
  for (std::size_t i = 0; i < market.all.size(); ++i) {
    const ProductSet menu = market.demand.choice.menu[market.all.menu_class[i]] & ~market.all.removed[i];
    REQUIRE(contains(menu, market.all.product[i]));
  }
}
