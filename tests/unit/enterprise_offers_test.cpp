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

OfferTable offers(EnterpriseMarket& market, const EnterpriseConditions& now) {
  return make_offers(market.facts, market.params.offers, market.params.tastes, make_products(market.facts),
                     now);
}

/// Coverage while the US bars Chinese open models.
double coverage_under_ban(EnterpriseMarket& market, bool covers_own_machines, std::size_t product,
                          const EnterpriseKind& kind) {
  HostingBan ban;
  ban.place[index(Region::us)] = ban.developer_home[index(Region::cn)] = true;
  ban.own_machines = covers_own_machines;
  const std::vector bans{ban};
  AccessRules rules;
  rules.hosting_bans = bans;
  const EnterpriseConditions now = market.now();
  market.access = make_access(market.facts, market.released, market.orders, market.stopped, rules);
  const OfferTable table = offers(market, now);
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

TEST_CASE("A ban on hosting leaves weights on own machines to everybody") {
  EnterpriseMarket market;
  CHECK(coverage_under_ban(market, false, glm_hosted, {Region::us, Region::us, Reading::strict}) == 0.0);
  CHECK(coverage_under_ban(market, false, glm_hosted, {Region::us, Region::us, Reading::pragmatic}) == 0.0);
  CHECK(coverage_under_ban(market, false, glm_hosted, {Region::us, Region::us, Reading::leaky}) ==
        Approx(1.0));
  for (const Reading reading : {Reading::strict, Reading::pragmatic, Reading::leaky}) {
    CHECK(coverage_under_ban(market, false, own_machines, {Region::us, Region::us, reading}) == Approx(1.0));
  }
  CHECK(coverage_under_ban(market, false, glm_hosted, {Region::row, Region::us, Reading::strict}) ==
        Approx(1.0));
}

TEST_CASE("A ban that covers own machines binds all but leaky readers, an order binds these too") {
  EnterpriseMarket market;
  for (const Reading reading : {Reading::strict, Reading::pragmatic}) {
    CHECK(coverage_under_ban(market, true, own_machines, {Region::us, Region::us, reading}) == 0.0);
  }
  CHECK(coverage_under_ban(market, true, own_machines, {Region::us, Region::us, Reading::leaky}) ==
        Approx(1.0));
  market.orders = {nationals_only(glm_open)};
  CHECK(coverage_under_ban(market, true, own_machines, {Region::us, Region::us, Reading::leaky}) ==
        Approx(0.80));
}

TEST_CASE("Own machines are as capable as the weights that are public, where these are given") {
  EnterpriseMarket market;
  const std::size_t kind = index({Region::us, Region::us, Reading::strict});
  EnterpriseConditions now = market.now();
  std::vector<double> weights(economy_models, 0.0);
  weights[glm_open] = 140.0;
  now.weights = weights;
  const OfferTable table = offers(market, now);
  CHECK(table.capability[table.at(kind, glm_hosted)] == Approx(151.0));
  CHECK(table.capability[table.at(kind, own_machines)] == Approx(140.0));
  CHECK(table.best_of(kind, own_machines, index(Nationality::us)) == 140.0);
  weights[glm_open] = 0.0;  // nothing is out
  const OfferTable none = offers(market, now);
  CHECK(none.coverage[none.at(kind, own_machines)] == 0.0);
  CHECK(none.coverage[none.at(kind, glm_hosted)] == Approx(1.0));
  CHECK(none.best_of(kind, own_machines, index(Nationality::us)) == 0.0);
}

TEST_CASE("A model without public weights does not displace a poor one on own machines") {
  EnterpriseMarket market;
  market.facts.models[glm_closed].open = true;  // hosted, its weights not out
  market.price[glm_open] = 20.0;
  EnterpriseConditions now = market.now();
  std::vector<double> weights(economy_models, 0.0);
  weights[glm_open] = 1.0;  // worth less than nothing at 30 USD: .73 - 1.11 ln 6 = -1.3
  now.weights = weights;
  const OfferTable table = offers(market, now);
  const std::size_t at = table.at(index({Region::us, Region::us, Reading::strict}), own_machines);
  CHECK(table.coverage[at] == Approx(1.0));
  CHECK(table.capability[at] == Approx(1.0));
}

TEST_CASE("Gateways make own machines cheaper and hosted products worth more in Hong Kong alone") {
  EnterpriseMarket market;
  const std::size_t here = index({Region::hk, Region::hk, Reading::strict});
  const std::size_t there = index({Region::us, Region::us, Reading::strict});
  EnterpriseConditions now = market.now();
  const OfferTable before = offers(market, now);
  now.hong_kong_on_premise = 0.7;
  now.hong_kong_hosted_value = 0.2;
  const OfferTable table = offers(market, now);
  CHECK(table.price[table.at(here, own_machines)] == Approx(1.0 * 1.5 * 0.7));
  CHECK(table.price[table.at(there, own_machines)] == before.price[before.at(there, own_machines)]);
  CHECK(table.price[table.at(here, glm_hosted)] == before.price[before.at(here, glm_hosted)]);
  for (std::size_t j = 0; j < table.products; ++j) {
    CHECK(table.bonus[table.at(here, j)] == (j < own_machines ? 0.2 : 0.0));
    CHECK(table.bonus[table.at(there, j)] == 0.0);
    CHECK(before.bonus[before.at(here, j)] == 0.0);
  }
}
