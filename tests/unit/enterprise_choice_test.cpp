#include <catch2/catch.hpp>

#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

namespace {

/// A market without followers of bans, so that nothing changes by itself.
EnterpriseMarket quiet_market(double count) {
  EnterpriseMarket market;
  market.params.population.count = count;
  market.params.lists.peer_imitation = 0.0;
  market.set_up();
  market.start();
  return market;
}

}  // namespace

TEST_CASE("With nothing changed about 11 % of enterprises switch within a year") {
  EnterpriseMarket market = quiet_market(20000);
  std::vector<char> switched(market.all.size(), 0);
  for (std::uint32_t step = 1; step <= 52; ++step) {
    const auto before = market.all.product;
    market.week(step);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (market.all.product[i] != before[i]) switched[i] = 1;
    }
  }
  // the calibration weights regions by spending, 364 of 365 days
  double share = 0.0;
  for (std::size_t i = 0; i < switched.size(); ++i) share += market.all.weight[i] * switched[i];
  CHECK(share == Approx(0.11).margin(0.012));
}

TEST_CASE("With nothing changed shares stay what they were, over years of free switching") {
  EnterpriseMarket market = quiet_market(5000);
  market.params.switching.review_rate = 12.0;
  market.setup.switching_cost = 0.0;
  const int replicates = 8;
  double before = 0.0, after = 0.0;
  for (int k = 0; k < replicates; ++k) {
    market.start(static_cast<std::uint32_t>(k));
    before += market.use().staff[index(Region::us) * 6 + 1] / replicates;
    for (std::uint32_t step = 1; step <= 60; ++step) market.week(step);
    after += market.use().staff[index(Region::us) * 6 + 1] / replicates;
  }
  CHECK(before == Approx(0.40).margin(0.02));
  CHECK(after == Approx(0.40).margin(0.02));
}

TEST_CASE(
    "A better product elsewhere draws reviewers; a loss in the product in use makes more of them move") {
  EnterpriseMarket better = quiet_market(20000), worse = quiet_market(20000), same = quiet_market(20000);
  better.capability[gpt] += 2.0;
  worse.capability[fable] = worse.capability[opus] = 158.0;
  better.rebuild();
  worse.rebuild();
  for (std::uint32_t step = 1; step <= 26; ++step) {
    better.week(step);
    worse.week(step);
    same.week(step);
  }
  const auto share = [](const EnterpriseMarket& market, std::size_t j) {
    return market.use().staff[index(Region::us) * 6 + j];
  };
  CHECK(share(better, 1) > share(same, 1) + 0.01);
  CHECK(share(worse, 0) < share(same, 0) - 0.05);
  CHECK(share(worse, 0) > 0.05);  // only those who reviewed
}

TEST_CASE("Users of a product that leaves the menu are elsewhere after the next step") {
  EnterpriseMarket market = quiet_market(5000);
  CHECK(market.use().staff[index(Region::us) * 6 + 0] > 0.2);
  market.stopped[fable] = market.stopped[opus] = 1;
  market.rebuild();
  market.week(1);
  for (std::size_t r = 0; r < region_count; ++r) CHECK(market.use().staff[r * 6 + 0] == 0.0);
}

TEST_CASE("A pragmatic desk of a US bank in Hong Kong can use what a strict one cannot") {
  EnterpriseMarket market = quiet_market(1000);
  const auto menu = [&](Reading reading) {
    return market.demand.choice.menu[menu_class({Region::hk, Region::us, reading}, false)];
  };
  CHECK(contains(menu(Reading::pragmatic), 0));
  CHECK_FALSE(contains(menu(Reading::strict), 0));
  CHECK(contains(menu(Reading::strict), 1));
  CHECK_FALSE(contains(menu(Reading::pragmatic), 3));  // a rival's closed product, not approved
  CHECK(contains(market.demand.choice.menu[menu_class({Region::hk, Region::us, Reading::strict}, true)], 3));
}

TEST_CASE("A desk that bans the vendor it uses moves to what its own list leaves") {
  EnterpriseMarket market = quiet_market(1000);
  const std::size_t jpm = market.desk(jpmorgan_desk);
  market.all.product[jpm] = 0;
  ban_vendor(market.facts, market.setup.products, "jpmorgan", anthropic, Region::hk, true, market.all);
  market.week(1);
  CHECK(market.all.product[jpm] != 0);
}

TEST_CASE("Two arms with different offers draw the same numbers: untouched regions choose alike") {
  EnterpriseMarket one = quiet_market(2000), other = quiet_market(2000);
  other.orders = {nationals_only(fable)};
  other.orders[0].permitted = {true, true, false, true, true};  // cuts off nationals of Hong Kong only
  other.rebuild();
  for (std::uint32_t step = 1; step <= 26; ++step) {
    one.week(step);
    other.week(step);
  }
  bool us_alike = true;
  for (std::size_t i = 0; i < one.all.size(); ++i) {
    if (one.all.kind(i).region == Region::us && one.all.product[i] != other.all.product[i]) us_alike = false;
  }
  CHECK(us_alike);
}

TEST_CASE("Enterprises left without any product use none") {
  EnterpriseMarket market;
  for (UsageShare& row : market.facts.usage) {
    if (row.region != Region::us) continue;
    row.share = row.vendor == "openai" ? 1.0 : 0.0;
  }
  market.set_up();
  market.start();
  market.stopped[gpt] = 1;
  market.rebuild();
  for (std::uint32_t step = 1; step <= 3; ++step) market.week(step);
  CHECK(market.use().staff[index(Region::us) * 6 + 5] == Approx(1.0));
}
