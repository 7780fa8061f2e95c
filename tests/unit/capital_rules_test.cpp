#include "sim/model/capital_rules.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/model/primary_market.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

const Date tuesday = make_date(2026, 6, 16);  // the second trading day

Event event_of(Instrument what) {
  Event event;
  event.said.id = "event";
  event.said.actor = "regulator:us-treasury";
  event.said.announced = to_instant(make_date(2026, 6, 14), 0, 0);
  event.instrument = std::move(what);
  return event;
}

OutboundLimit limit_of(const std::string& direction = "restrict") {
  OutboundLimit limit;
  limit.direction.value = direction;
  limit.domiciles = {"US"};
  limit.firms = {"beta"};
  limit.date = tuesday;
  return limit;
}

Event issue() { return event_of(Issue{"BETA", 8'000'000, 9.0, make_date(2026, 6, 17)}); }

ConnectChange connect(std::vector<std::string> included, std::vector<std::string> excluded,
                      double factor = 1.0) {
  return {std::move(included), std::move(excluded), factor, tuesday};
}

StateFund fund(const std::string& direction, double strength = 1.0) {
  StateFund order;
  order.domicile.value = order.region.value = "CN";
  order.direction.value = direction;
  order.strength = strength;
  order.date = tuesday;
  return order;
}

/// BETA and THIN cannot be bought from the Mainland at T0.
Facts without_connect() {
  Facts facts = model_facts();
  for (const std::size_t k : {beta, thin}) {
    facts.lines[k].may_buy[index(Region::cn)] = false;
    facts.lines[k].southbound = false;
  }
  return facts;
}

}  // namespace

TEST_CASE("capital rules: nothing is in force at T0", "[unit][capital_rules]") {
  const CapitalRules rules = initial_capital_rules(without_connect());
  CHECK(rules.may_buy[alpha] == ByDomicile{true, true, true, true});
  CHECK(rules.may_buy[beta] == ByDomicile{true, false, true, true});
  CHECK(rules.southbound[beta] == 0);
  CHECK(rules.quota_factor == 1.0);
  for (const ByDomicile& one : rules.sell_only) CHECK(one == ByDomicile{});
  for (const ByDomicile& one : rules.no_primary) CHECK(one == ByDomicile{});
}

TEST_CASE("capital rules: an outbound limit keeps a domicile out of an issue, the others pay it all",
          "[unit][capital_rules]") {
  ModelMarket market(model_facts(), quiet_parameters(), 6, {event_of(limit_of()), issue()});
  market.run(2);
  World& world = market.world;
  const std::array<Shares, region_count> before = world.held_by_domicile[beta];
  world.day = 2;
  deliver_offers(world, market.params, market.random, market.plan);
  CHECK(world.held_by_domicile[beta][index(Region::us)] == before[index(Region::us)]);
  CHECK(market.held(beta) + world.clearing_shares[beta] == 208'000'000);
  CHECK(world.firm_cash[1] == static_cast<Wide>(8'000'000) * 9'000'000);
}

TEST_CASE("capital rules: a limit that is lifted or not yet in force shuts out nobody",
          "[unit][capital_rules]") {
  OutboundLimit other = limit_of();
  SECTION("lifted") {}
  SECTION("of another firm") { other.firms = {"alpha"}; }
  SECTION("not yet") { other.date = make_date(2026, 6, 18); }
  OutboundLimit lift = limit_of("lift");
  lift.firms = {other.firms[0]};
  const bool lifted = other.date == tuesday && other.firms[0] == "beta";
  std::vector<Event> events{event_of(other), issue()};
  if (lifted) events.insert(events.begin() + 1, event_of(lift));
  ModelMarket market(model_facts(), quiet_parameters(), 6, events);
  market.run(2);
  const Shares before = market.held(beta, Region::us);
  market.world.day = 2;
  deliver_offers(market.world, market.params, market.random, market.plan);
  CHECK(market.held(beta, Region::us) > before + 1'000'000);
}

TEST_CASE("capital rules: a limit by headquarters is about the AI firms there", "[unit][capital_rules]") {
  Facts facts = model_facts();
  facts.firms[3].ai = false;
  OutboundLimit limit = limit_of();
  limit.firms = {"alpha"};
  limit.headquarters = {"CN"};
  const PrimaryLimit found = primary_limit(facts, limit);
  CHECK(found.firms == std::vector<std::size_t>{0, 2});  // alpha by name; thin, not gamma, by headquarters
  CHECK(found.domiciles == ByDomicile{true, false, false, false});
}

TEST_CASE("capital rules: old shares stay open to those under an outbound limit", "[unit][capital_rules]") {
  ModelMarket limited(model_facts(), quiet_parameters(), 6, {event_of(limit_of())});
  ModelMarket free(model_facts(), quiet_parameters(), 6, {event_of(PlacementConsidered{})});
  for (ModelMarket* market : {&limited, &free}) {
    market->add_value(1, beta, 0.2);
    market->run(6);
  }
  limited.world.attention = free.world.attention;
  CHECK(limited.held(beta, Region::us) == free.held(beta, Region::us));
}

TEST_CASE("capital rules: after an exclusion Mainland investors sell and do not buy",
          "[unit][capital_rules]") {
  const double news = GENERATE(0.3, -0.3, 0.0);
  CAPTURE(news);
  Parameters params = quiet_parameters();
  params.noise.scale = 1.0;
  ModelMarket market(model_facts(), params, 12, {event_of(connect({}, {"BETA"}))});
  ModelMarket open(model_facts(), params, 12, {event_of(PlacementConsidered{})});
  const auto mainland_value = [&](ModelMarket& m) {
    for (std::size_t t = 0; t < investor_type_count; ++t) {
      m.world.value[beta * class_count + class_of(static_cast<InvestorType>(t), Region::cn)] += news;
    }
  };
  market.day();
  open.day();
  mainland_value(market);
  mainland_value(open);
  const Shares start = open.held(beta, Region::cn);
  bool nobody_bought = true;
  for (int day = 1; day < 8; ++day) {
    const World before = market.world;
    market.day();
    open.day();
    for (std::size_t g = 0; g < class_count; ++g) {
      if (domicile_of_class(g) != Region::cn) continue;
      const ClassBlock& block = market.world.population.accounts.blocks[g];
      for (std::size_t i = block.begin; i < block.end; ++i) {
        nobody_bought = nobody_bought &&
                        market.world.holding[market.world.at(beta, i)] <= before.holding[before.at(beta, i)];
      }
    }
    CHECK(market.world.status[beta] == LineStatus::cleared);
  }
  CHECK(nobody_bought);
  if (news > 0.0) {
    CHECK(open.held(beta, Region::cn) > start + 100'000);
    CHECK(market.world.log_price[beta] < open.world.log_price[beta] - 0.005);
  }
  if (news < 0.0) CHECK(market.held(beta, Region::cn) < start - 100'000);
}

TEST_CASE("capital rules: holders who may only sell notice bad news and not good news",
          "[unit][capital_rules]") {
  const bool leaving = GENERATE(true, false);
  Parameters params = quiet_parameters();
  params.attention.notice = 1.0;
  ModelMarket market(model_facts(), params, 4, {event_of(connect({}, {"BETA"}))});
  market.plan.notices.clear();
  market.plan.notices.push_back({{1, Session::a, 0}, beta, "news", 1.0, 0.8, leaving});
  market.run(2);
  const auto& blocks = market.world.population.accounts.blocks;
  const std::vector<double>& level = market.world.attention[beta].level;
  REQUIRE(market.world.attention[beta].active());
  CHECK((level[blocks[class_of(InvestorType::retail, Region::cn)].begin] > 0.0) == leaving);
  CHECK(level[blocks[class_of(InvestorType::retail, Region::hk)].begin] > 0.0);
}

TEST_CASE("capital rules: buyers of a class that may only sell are set against its sellers",
          "[unit][capital_rules]") {
  ModelMarket market;
  World& world = market.world;
  world.capital.sell_only[beta][index(Region::cn)] = true;
  const std::size_t i = world.population.accounts.blocks[class_of(InvestorType::retail, Region::cn)].begin;
  const std::size_t other =
      world.population.accounts.blocks[class_of(InvestorType::retail, Region::us)].begin;
  std::vector<double> wish(world.accounts(), 0.0);
  wish[i] = 4.0;
  wish[i + 1] = -10.0;
  wish[other] = 6.0;
  CHECK_FALSE(keep_from_buying(world, beta, wish));
  CHECK(wish[i] == 0.0);
  CHECK(wish[i + 1] == Approx(-6.0));  // -10 x (10 - 4) / 10
  CHECK(wish[other] == 6.0);
  wish[i] = 9.0;
  CHECK(keep_from_buying(world, beta, wish));
  CHECK(wish[i] == 0.0);
  CHECK(wish[i + 1] == 0.0);
}

TEST_CASE("capital rules: Mainland investors come to an included line and raise its price",
          "[unit][capital_rules]") {
  Parameters params = quiet_parameters();
  params.connect.arrival = GENERATE(0.05, 0.5);
  CAPTURE(params.connect.arrival);
  ModelMarket market(without_connect(), params, 40, {event_of(connect({"BETA"}, {}))});
  market.day();
  CHECK(market.held(beta, Region::cn) == 0);
  const int days = params.connect.arrival < 0.1 ? 20 : 2;
  for (int day = 0; day < days; ++day) {
    CHECK(market.world.capital.newcomers.size() == (day == 0 ? 0 : 1));
    market.day();
  }
  CHECK(market.world.capital.newcomers.empty());
  CHECK(market.world.capital.may_buy[beta][index(Region::cn)]);
  CHECK(market.world.capital.southbound[beta] == 1);
  CHECK(market.held(beta, Region::cn) > 5'000'000);
  CHECK(market.world.log_price[beta] > 0.02);
  CHECK(market.held(thin, Region::cn) == 0);
}

TEST_CASE("capital rules: odds of newcomers are those of the prior at the price of T0",
          "[unit][capital_rules]") {
  Parameters params = quiet_parameters();
  params.connect.arrival = 1.0;
  ModelMarket market(without_connect(), params, 5, {event_of(connect({"BETA"}, {}))});
  const ModelMarket always(model_facts(), params, 5);
  market.world.day = 1;
  apply_capital_rules(market.world, params, market.random, market.plan);
  double wished = 0.0;
  for (std::size_t g = 0; g < class_count; ++g) {
    if (domicile_of_class(g) != Region::cn) continue;
    const ClassBlock& block = market.world.population.accounts.blocks[g];
    for (std::size_t i = block.begin; i < block.end; ++i) {
      wished += market.world.odds[market.world.at(beta, i)] * market.world.cash_view[i];
    }
  }
  // 10 USD x what CN holds of BETA where it may from T0 on.
  const double held = static_cast<double>(always.held(beta, Region::cn));
  CHECK(wished == Approx(10.0 * held).epsilon(1e-5));
}

TEST_CASE("capital rules: without arrival an inclusion opens the line and nobody comes by himself",
          "[unit][capital_rules]") {
  Parameters params = quiet_parameters();
  params.connect.arrival = 0.0;
  ModelMarket market(without_connect(), params, 12, {event_of(connect({"BETA"}, {}))});
  market.run(10);
  CHECK(market.held(beta, Region::cn) == 0);
  CHECK(std::fabs(market.world.log_price[beta]) < 1e-6);
  SECTION("those who attend to it can buy") {
    params.attention.notice = 1.0;
    ModelMarket noticed(without_connect(), params, 12, {event_of(connect({"BETA"}, {}))});
    noticed.plan.notices.push_back({{2, Session::a, 0}, beta, "news", 1.0, 1.0, false});
    noticed.run(4);
    CHECK(noticed.held(beta, Region::cn) > 0);
    ModelMarket shut(without_connect(), params, 12);
    shut.plan.notices.push_back({{2, Session::a, 0}, beta, "news", 1.0, 1.0, false});
    shut.run(4);
    CHECK(shut.held(beta, Region::cn) == 0);
  }
}

TEST_CASE("capital rules: a line that was shut and is opened again finds the tastes it had",
          "[unit][capital_rules]") {
  ModelMarket market(model_facts(), quiet_parameters(), 10, {event_of(connect({}, {"BETA"}))});
  market.plan.capital.push_back({2, ConnectTerms{{beta}, {}, 1.0}});
  const LaneVector<double> odds = market.world.odds;
  market.run(5);
  CHECK(std::equal(odds.begin(), odds.end(), market.world.odds.begin()));
  CHECK_FALSE(has_sell_only(market.world, beta));
  CHECK(market.world.capital.may_buy[beta][index(Region::cn)]);
}

TEST_CASE("capital rules: the quota factor holds southbound buying from its day on",
          "[unit][capital_rules]") {
  const double factor = GENERATE(0.5, 0.0);
  Facts facts = model_facts();
  const auto bought_on_second_day = [&](double by) {
    ModelMarket market(facts, quiet_parameters(), 6, {event_of(connect({}, {}, by))});
    market.day();
    for (std::size_t t = 0; t < investor_type_count; ++t) {
      market.world.value[beta * class_count + class_of(static_cast<InvestorType>(t), Region::cn)] = 0.5;
    }
    market.day();
    return billions(market.world.quota_used) * 1e9;
  };
  const double free = bought_on_second_day(1.0);
  REQUIRE(free > 1e6);
  facts.southbound_quota_usd = 0.9 * free;
  CHECK(bought_on_second_day(1.0) > 0.85 * free);
  CHECK(bought_on_second_day(factor) <= factor * 0.9 * free + 100.0);
  CHECK(bought_on_second_day(factor) >= (factor - 0.05) * 0.9 * free);
  CHECK(bought_on_second_day(2.0) == free);
}

TEST_CASE("capital rules: a state fund that buys raises prices of its region, one that sells lowers them",
          "[unit][capital_rules]") {
  const auto price_after = [](std::vector<Event> events, double push, std::size_t line) {
    Parameters params = quiet_parameters();
    params.state_fund.push = push;
    ModelMarket market(model_facts(), params, 40, events);
    market.run(30);
    return market.world.log_price[line];
  };
  const double bought = price_after({event_of(fund("buy"))}, 0.2, gamma_line);
  CHECK(bought > 0.002);
  CHECK(price_after({event_of(fund("sell"))}, 0.2, gamma_line) < -0.002);
  CHECK(price_after({event_of(fund("buy", 0.25))}, 0.2, gamma_line) < 0.5 * bought);
  CHECK(price_after({event_of(fund("buy"))}, 0.2, alpha) < 0.1 * bought);
  CHECK(price_after({event_of(fund("buy"))}, 0.0, gamma_line) == price_after({}, 0.0, gamma_line));
}

TEST_CASE("capital rules: a mandate is carried out in equal parts and ends", "[unit][capital_rules]") {
  Parameters params = quiet_parameters();
  params.slow_capital.speed = 0.0;
  params.state_fund.ramp = 4.0;
  ModelMarket market(model_facts(), params, 12, {event_of(fund("buy", 0.5))});
  const std::size_t g = class_of(InvestorType::sovereign, Region::cn);
  const auto taste = [&](std::size_t k) { return market.world.taste[k * class_count + g]; };
  const double expected[] = {0.0, 0.025, 0.05, 0.075, 0.1, 0.1};  // .2 x .5 in four parts
  for (const double one : expected) {
    market.day();
    CHECK(taste(gamma_line) == Approx(one).margin(1e-15));
    CHECK(taste(beta) == 0.0);
  }
  CHECK(market.world.capital.mandates.empty());
}

TEST_CASE("capital rules: are flows, and go with their channel", "[unit][capital_rules]") {
  ModelMarket market(model_facts(), quiet_parameters(), 6,
                     {event_of(fund("buy")), event_of(limit_of()), event_of(connect({}, {"BETA"}))});
  REQUIRE(market.plan.capital.size() == 3);
  for (const CapitalNews& news : market.plan.capital) CHECK(news.day == 1);
  CHECK(market.plan.traces[0].rules_changed == 1);
  CHECK(market.plan.traces[0].first_day == 1);
  CHECK(without_flow_channels(market.plan).capital.empty());
}
