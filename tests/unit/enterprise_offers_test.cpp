#include <catch2/catch.hpp>

#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

namespace {

double coverage(EnterpriseMarket& market, std::size_t product, const EnterpriseKind& kind) {
  const auto products = make_products(market.facts);
  const OfferTable table =
      make_offers(market.facts, market.params.offers, market.params.tastes, products, market.now());
  return table.coverage[table.at(index(kind), product)];
}

constexpr std::size_t claude = 0, chat = 1, glm_hosted = 2, own_machines = 4;

}  // namespace

TEST_CASE("A vendor that leaves Hong Kong out serves a US bank's desk there only on a pragmatic reading") {
  EnterpriseMarket market;
  CHECK(coverage(market, claude, {Region::hk, Region::us, Reading::strict}) == 0.0);
  CHECK(coverage(market, claude, {Region::hk, Region::us, Reading::pragmatic}) == Approx(1.0));
  CHECK(coverage(market, claude, {Region::hk, Region::us, Reading::leaky}) == Approx(1.0));
}

TEST_CASE("Headquarters the terms leave out find no help in a pragmatic reading, only in a leaky one") {
  EnterpriseMarket market;
  CHECK(coverage(market, claude, {Region::row, Region::cn, Reading::pragmatic}) == 0.0);
  CHECK(coverage(market, claude, {Region::row, Region::cn, Reading::leaky}) == Approx(1.0));
  CHECK(coverage(market, claude, {Region::us, Region::us, Reading::strict}) == Approx(1.0));
}

TEST_CASE("Law of the place binds pragmatic readers too") {
  EnterpriseMarket market;  // the law of China forbids openai
  CHECK(coverage(market, chat, {Region::cn, Region::us, Reading::strict}) == 0.0);
  CHECK(coverage(market, chat, {Region::cn, Region::us, Reading::pragmatic}) == 0.0);
  CHECK(coverage(market, chat, {Region::cn, Region::us, Reading::leaky}) == Approx(1.0));
}

TEST_CASE(
    "An order on persons cuts coverage by their share whatever the reading, and falls back on what is left") {
  EnterpriseMarket market;
  market.orders = {nationals_only(fable), nationals_only(opus)};
  for (const Reading reading : {Reading::strict, Reading::pragmatic, Reading::leaky}) {
    CHECK(coverage(market, claude, {Region::us, Region::us, reading}) == Approx(0.80));
  }
  CHECK(coverage(market, claude, {Region::hk, Region::us, Reading::pragmatic}) == Approx(0.02));
  CHECK(coverage(market, claude, {Region::hk, Region::us, Reading::leaky}) == Approx(0.02));
  market.orders = {nationals_only(fable)};
  CHECK(coverage(market, claude, {Region::us, Region::us, Reading::strict}) == Approx(1.0));  // opus
}

TEST_CASE("Capability and price are means over the staff served of the model of highest value") {
  EnterpriseMarket market;
  market.orders = {nationals_only(fable)};
  market.set_up();
  const OfferTable& table = market.demand.offers;
  const std::size_t at = table.at(index({Region::us, Region::us, Reading::strict}), claude);
  // .73 x 5 points outweigh 1.11 x ln 2: nationals (.80) use fable-5, the rest opus
  CHECK(table.capability[at] == Approx(0.80 * 163 + 0.20 * 158));
  CHECK(table.price[at] == Approx(0.80 * 20 + 0.20 * 10));
  CHECK(table.best_of(index({Region::us, Region::us, Reading::strict}), claude, index(Nationality::in)) ==
        158.0);
  CHECK(table.frontier == 163.0);
}

TEST_CASE(
    "A cheap model of little less capability is the one in use, and the best one still counts for access") {
  EnterpriseMarket market;
  market.capability[opus] = 162.5;
  market.set_up();
  const OfferTable& table = market.demand.offers;
  const std::size_t kind = index({Region::us, Region::us, Reading::strict});
  CHECK(table.capability[table.at(kind, claude)] == Approx(162.5));
  CHECK(table.price[table.at(kind, claude)] == Approx(10.0));
  CHECK(table.best_of(kind, claude, index(Nationality::us)) == 163.0);
}

TEST_CASE("A model too dear for daily use is not in use, but counts for access") {
  EnterpriseMarket market;
  market.price[fable] = 67.5;
  market.capability[fable] = 170.0;  // 12 points outweigh 6.75 times the price
  market.set_up();
  const OfferTable& table = market.demand.offers;
  const std::size_t kind = index({Region::us, Region::us, Reading::strict});
  CHECK(table.capability[table.at(kind, claude)] == Approx(158.0));
  CHECK(table.best_of(kind, claude, index(Nationality::us)) == 170.0);
  CHECK(table.frontier == 170.0);
}

TEST_CASE("Open models on own machines outlive their vendor's stop and cost more") {
  EnterpriseMarket market;
  market.stopped[glm_open] = 1;
  CHECK(coverage(market, glm_hosted, {Region::us, Region::us, Reading::strict}) == 0.0);
  CHECK(coverage(market, own_machines, {Region::us, Region::us, Reading::strict}) == Approx(1.0));
  market.set_up();
  const OfferTable& table = market.demand.offers;
  CHECK(table.price[table.at(index({Region::us, Region::us, Reading::strict}), own_machines)] == Approx(1.5));
}

TEST_CASE("A model that is not out, not measured or not sold by token is no offer") {
  EnterpriseMarket market;
  market.released[glm_open] = 0;
  market.capability[gpt] = 0.0;
  market.price[fable] = 0.0;
  CHECK(coverage(market, glm_hosted, {Region::us, Region::us, Reading::leaky}) == 0.0);
  CHECK(coverage(market, own_machines, {Region::us, Region::us, Reading::leaky}) == 0.0);
  CHECK(coverage(market, chat, {Region::us, Region::us, Reading::leaky}) == 0.0);
  market.set_up();
  CHECK(market.demand.offers.frontier == 158.0);
}
