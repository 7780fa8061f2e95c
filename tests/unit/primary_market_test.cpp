#include "sim/model/primary_market.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sim/base/error.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

Event offer_event(Instrument what) {
  Event event;
  event.said.id = "offer";
  event.said.actor = "firm:beta";
  event.said.announced = to_instant(make_date(2026, 6, 14), 0, 0);
  event.instrument = std::move(what);
  return event;
}

/// 8 m new shares of BETA at 9 USD on the second day; investors of the mainland may not buy.
Facts without_mainland() {
  Facts facts = model_facts();
  facts.lines[beta].may_buy[index(Region::cn)] = false;
  facts.lines[beta].southbound = false;
  return facts;
}

/// Log price of BETA (10 USD at T0, 200 m tradable) on the day on which n new shares are sold, and one day
/// on.
std::array<double, 2> price_after_issue(Shares n, double offer_price) {
  const Event issued = offer_event(Issue{"BETA", n, offer_price, make_date(2026, 6, 16)});
  ModelMarket market(model_facts(), quiet_parameters(), 5, {issued});
  market.run(2);
  const double first = market.world.log_price[beta];
  market.day();
  return {first, market.world.log_price[beta]};
}

Event issue() { return offer_event(Issue{"BETA", 8'000'000, 9.0, make_date(2026, 6, 16)}); }

/// GAMMA is not listed: its 150 m tradable shares are sold at 4 USD on the third day.
Facts with_unlisted_gamma() {
  Facts facts = model_facts();
  facts.lines[gamma_line].unlisted = true;
  facts.lines[gamma_line].limit = 0.0;
  return facts;
}

Event listing() { return offer_event(Listing{"GAMMA", 4.0, make_date(2026, 6, 17)}); }

}  // namespace

TEST_CASE("issue: funds and arbitrageurs who may buy take it in proportion to cash and pay the issuer",
          "[unit][primary_market]") {
  ModelMarket market(without_mainland(), quiet_parameters(), 5, {issue()});
  market.day();
  World& world = market.world;
  const World before = world;
  world.day = 1;
  deliver_offers(world, market.params, market.random, market.plan);

  double cash = 0.0;
  const auto takes = [&](std::size_t i) {
    const std::size_t g = world.population.accounts.class_of_account(i);
    const InvestorType type = type_of_class(g);
    return (type == InvestorType::fund || type == InvestorType::arbitrageur) &&
           domicile_of_class(g) != Region::cn;
  };
  for (std::size_t i = 0; i < world.accounts(); ++i) cash += takes(i) ? before.cash_view[i] : 0.0;
  Shares allotted = 0;
  Wide paid = 0;
  double worst = 0.0;
  bool others_unchanged = true;
  bool exact = true;
  for (std::size_t i = 0; i < world.accounts(); ++i) {
    const Shares part = world.holding[world.at(beta, i)] - before.holding[world.at(beta, i)];
    const MicroUsd cost = before.cash[i] - world.cash[i];
    if (!takes(i)) {
      others_unchanged = others_unchanged && part == 0 && cost == 0;
      continue;
    }
    allotted += part;
    paid += cost;
    exact = exact && cost == part * 9'000'000;
    worst = std::fmax(worst, std::fabs(static_cast<double>(part) - 8e6 * before.cash_view[i] / cash));
  }
  CHECK(allotted == 8'000'000);
  CHECK(paid == static_cast<Wide>(8'000'000) * 9'000'000);
  CHECK(exact);
  CHECK(others_unchanged);
  CHECK(worst <= 1.0);
  CHECK(world.firm_cash[1] == static_cast<Wide>(8'000'000) * 9'000'000);
  CHECK(world.outstanding[beta] == 408'000'000);
  CHECK(world.floating[beta] == 208'000'000);
  CHECK(world.inert[beta] == before.inert[beta]);
}

TEST_CASE("issue: shares and float rise on its day, the market finds the price", "[unit][primary_market]") {
  ModelMarket market(without_mainland(), quiet_parameters(), 5, {issue()});
  market.day();
  CHECK(market.world.floating[beta] == 200'000'000);
  CHECK(market.world.log_price[beta] == 0.0);
  market.day();
  CHECK(market.world.floating[beta] == 208'000'000);
  CHECK(market.world.outstanding[beta] == 408'000'000);
  CHECK(market.held(beta) + market.world.clearing_shares[beta] == 208'000'000);
  CHECK(market.world.status[beta] == LineStatus::cleared);
  Wide issued = 0;
  for (std::size_t d = 0; d < region_count; ++d) {
    issued += market.world.flows.at(FlowKind::issuance, d, Region::hk, LineGroup::ai);
  }
  CHECK(issued == static_cast<Wide>(8'000'000) * 9'000'000);
  CHECK(market.world.log_price[beta] < -0.01);
}

TEST_CASE("issue: the offer price sets no market price", "[unit][primary_market]") {
  // A hundred-thousandth of the float, at a tenth of the market price, at it and at ten times it.
  for (const double offer_price : {1.0, 10.0, 100.0}) {
    CAPTURE(offer_price);
    const auto price = price_after_issue(2'000, offer_price);
    CHECK(std::fabs(price[0]) < 1e-4);
    CHECK(std::fabs(price[1]) < 1e-4);
  }
  // A twentieth of the float: what buyers pay reaches the price through their wealth only.
  CHECK(price_after_issue(10'000'000, 10.0)[0] ==
        Approx(price_after_issue(10'000'000, 1.0)[0]).margin(0.005));
}

TEST_CASE("issue: a larger supply lowers the price, a larger one more", "[unit][primary_market]") {
  double earlier = 0.0;
  for (const Shares n : {2'000'000, 10'000'000, 40'000'000}) {
    const auto price = price_after_issue(n, 10.0);
    CAPTURE(n, price[0], price[1]);
    CHECK(price[0] < earlier - 0.005);
    CHECK(price[1] < 0.0);
    earlier = price[0];
  }
}

TEST_CASE("issue: nobody's tastes change", "[unit][primary_market]") {
  ModelMarket market(without_mainland(), quiet_parameters(), 5, {issue()});
  market.day();
  World& world = market.world;
  const World before = world;
  world.day = 1;
  deliver_offers(world, market.params, market.random, market.plan);
  CHECK(std::equal(world.odds.begin(), world.odds.end(), before.odds.begin(), before.odds.end()));
}

TEST_CASE("issue: those under an ownership ban take nothing", "[unit][primary_market]") {
  ModelMarket market(without_mainland(), quiet_parameters(), 5, {issue()});
  market.world.bans.push_back({beta, {true, false, false, false}, 4});
  const Shares before = market.held(beta, Region::us);
  market.world.day = 1;
  deliver_offers(market.world, market.params, market.random, market.plan);
  CHECK(market.held(beta, Region::us) == before);
  CHECK(market.held(beta) == 208'000'000);
}

TEST_CASE("issue: more than buyers can pay ends the run", "[unit][primary_market]") {
  ModelMarket market(without_mainland(), quiet_parameters(), 5,
                     {offer_event(Issue{"BETA", 8'000'000'000'000, 9.0, make_date(2026, 6, 15)})});
  CHECK_THROWS_WITH(market.day(), Catch::Contains("cannot pay") && Catch::Contains("'BETA'"));
}

TEST_CASE("listing: a line trades from its day on and its holdings are the float that was offered",
          "[unit][primary_market]") {
  ModelMarket market(with_unlisted_gamma(), quiet_parameters(), 8, {listing()});
  const World& world = market.world;
  for (int day = 0; day < 2; ++day) {
    market.day();
    CHECK(world.status[gamma_line] == LineStatus::unlisted);
    CHECK(market.held(gamma_line) == 0);
    CHECK(world.floating[gamma_line] == 0);
    CHECK(world.log_price[gamma_line] == 0.0);
    CHECK(world.inert[gamma_line] == 200'000'000);
  }
  Shares traded = 0;
  for (int day = 2; day < 6; ++day) {
    const World before = world;
    market.day();
    CAPTURE(day);
    CHECK(world.status[gamma_line] == LineStatus::cleared);
    CHECK(world.floating[gamma_line] == 150'000'000);
    CHECK(market.held(gamma_line) + world.clearing_shares[gamma_line] == 150'000'000);
    CHECK(world.inert[gamma_line] == 50'000'000);
    for (std::size_t i = 0; day > 2 && i < world.accounts(); ++i) {
      traded += std::abs(world.holding[world.at(gamma_line, i)] - before.holding[world.at(gamma_line, i)]);
    }
  }
  CHECK(world.firm_cash[3] == static_cast<Wide>(150'000'000) * 4'000'000);
  CHECK(world.reference_price[gamma_line] == 4.0);
  CHECK(std::fabs(world.log_price[gamma_line]) < 0.25);
  CHECK(traded > 0);
}

TEST_CASE("listing: those under an ownership ban are allotted nothing", "[unit][primary_market]") {
  ModelMarket market(with_unlisted_gamma(), quiet_parameters(), 8, {listing()});
  market.world.bans.push_back({gamma_line, {true, false, false, false}, 7});
  market.run(3);
  CHECK(market.held(gamma_line, Region::us) == 0);
  CHECK(market.held(gamma_line) + market.world.clearing_shares[gamma_line] == 150'000'000);
}

TEST_CASE("offers: shares that nobody may take end the run with the reason", "[unit][primary_market]") {
  const Event offer = GENERATE(issue(), listing());
  ModelMarket market(with_unlisted_gamma(), quiet_parameters(), 8, {offer});
  for (const std::size_t k : {beta, gamma_line}) {
    market.world.bans.push_back({k, {true, true, true, true}, 7});
  }
  CHECK_THROWS_WITH(market.run(3), Catch::Contains("nobody may take the shares offered"));
}

TEST_CASE("listing: on a day on which its venue is closed the line is listed and CLOSED",
          "[unit][primary_market]") {
  Facts facts = with_unlisted_gamma();
  facts.venues[2].closed = {make_date(2026, 6, 17)};
  ModelMarket market(facts, quiet_parameters(), 8, {listing()});
  market.run(3);
  CHECK(market.world.status[gamma_line] == LineStatus::closed);
  CHECK(market.held(gamma_line) == 150'000'000);
  market.day();
  CHECK(market.world.status[gamma_line] == LineStatus::cleared);
}
