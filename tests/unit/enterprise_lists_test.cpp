#include <catch2/catch.hpp>

#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

namespace {

struct Followers {
  double could = 0, did = 0;
};

/// Unnamed banks in Hong Kong with a pragmatic reading and headquarters where anthropic's terms allow use.
Followers followers(const EnterpriseMarket& market) {
  Followers count;
  for (std::size_t i = 0; i < market.all.first_desk; ++i) {
    const EnterpriseKind kind = market.all.kind(i);
    if (market.all.sector[i] != Sector::bank || kind.region != Region::hk) continue;
    if (kind.reading != Reading::pragmatic) continue;
    if (kind.owner != Region::us && kind.owner != Region::row) continue;
    count.could += 1;
    if (market.all.removed[i] != 0) count.did += 1;
  }
  return count;
}

EnterpriseMarket many_banks(double imitation) {
  EnterpriseMarket market;
  market.params.population.count = 20000;
  market.params.population.bank_share = 0.5;
  market.params.lists.peer_imitation = imitation;
  market.set_up();
  market.start();
  return market;
}

}  // namespace

TEST_CASE("A ban takes the vendor off the named enterprise's desks in that region at once") {
  EnterpriseMarket market;
  market.set_up();
  market.start();
  const auto& products = market.setup.products;
  CHECK(ban_vendor(market.facts, products, "jpmorgan", zhipu, Region::us, true, market.all) == 0);
  CHECK(market.all.removed[market.desk(jpmorgan_desk)] == 0);
  CHECK(ban_vendor(market.facts, products, "jpmorgan", zhipu, Region::hk, true, market.all) == 1);
  CHECK(market.all.removed[market.desk(jpmorgan_desk)] == (only(2) | only(3)));
  CHECK(market.all.removed[market.desk(goldman_desk)] == only(0));
}

TEST_CASE("Imitation reaches some of those it can reach within a half-year, and nobody else") {
  EnterpriseMarket market = many_banks(0.05);
  for (std::uint32_t step = 1; step <= 26; ++step) market.week(step);
  const Followers count = followers(market);
  CHECK(count.could > 100);
  CHECK(count.did > 0.05 * count.could);
  CHECK(count.did < 0.60 * count.could);
  for (std::size_t i = 0; i < market.all.first_desk; ++i) {
    if (market.all.removed[i] == 0) continue;
    const EnterpriseKind kind = market.all.kind(i);
    REQUIRE(market.all.sector[i] == Sector::bank);
    REQUIRE(kind.region == Region::hk);
    REQUIRE(kind.reading == Reading::pragmatic);
    REQUIRE(market.all.removed[i] == only(0));
  }
}

TEST_CASE("A second named bank that bans doubles the rate at which others follow") {
  EnterpriseMarket one = many_banks(0.05), two = many_banks(0.05);
  ban_vendor(two.facts, two.setup.products, "jpmorgan", anthropic, Region::hk, true, two.all);
  for (std::uint32_t step = 1; step <= 10; ++step) {
    one.week(step);
    two.week(step);
  }
  const auto begun = [](const EnterpriseMarket& market) {
    return followers(market).did + static_cast<double>(market.all.list_reviews.size());
  };
  // of those not named: 1 - exp(-.05 x 70 / 30.4) = .109 and twice the rate: .206
  CHECK(begun(one) / followers(one).could == Approx(0.109).margin(0.04));
  CHECK(begun(two) / followers(two).could == Approx(0.206).margin(0.05));
}

TEST_CASE("Without imitation nobody follows") {
  EnterpriseMarket market = many_banks(0.0);
  for (std::uint32_t step = 1; step <= 52; ++step) market.week(step);
  CHECK(followers(market).did == 0);
  CHECK(market.all.list_reviews.empty());
  CHECK(market.all.removed[market.desk(jpmorgan_desk)] == 0);
}

TEST_CASE("Without a leader nobody follows") {
  EnterpriseMarket market;
  market.facts.bank_desks[goldman_desk].removed.clear();
  market.params.lists.peer_imitation = 2.0;
  market.set_up();
  market.start();
  for (std::uint32_t step = 1; step <= 52; ++step) market.week(step);
  CHECK(followers(market).did == 0);
}

TEST_CASE("A review takes the time drawn for it: the median follower needs review_latency days") {
  EnterpriseMarket market = many_banks(2.0);
  market.params.lists.review_latency_sd = 0.0;
  market.params.lists.review_latency = 30.0;
  market.week(1);
  const std::size_t begun = market.all.list_reviews.size();
  CHECK(begun > 20);
  CHECK(followers(market).did == 0);
  for (std::uint32_t step = 2; step <= 5; ++step) market.week(step);
  CHECK(followers(market).did == 0);  // 28 days later
  market.week(6);
  CHECK(followers(market).did >= static_cast<double>(begun) - 1);  // the other named bank may be one of them
}
