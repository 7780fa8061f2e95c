#include <catch2/catch.hpp>

#include "sim/model/enterprises/desk_output.hpp"
#include "sim/model/enterprises/desk_relocation.hpp"
#include "tests/support/enterprise_market.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = 0, cn = 1, hk = 2, row = 3;
using ByRegion = std::array<double, region_count>;

/// The two desks of the model economy, 3,000 and 2,000 persons in Hong Kong; half of a log point a month.
struct World {
  World() {
    params.relocation_sensitivity = 6.0;
    params.moving_cost = 0.125;
    params.capital_per_staff = 10.0;
    desks = initial_desks(params, facts);
    output.resize(facts.bank_desks.size());
  }
  void step(double months = 1.0) { relocate_desks(params, facts, output, policy, months, desks); }
  void advantage(std::size_t region, double log_points) {
    for (ByRegion& of_desk : output) of_desk[region] = log_points;
  }

  Facts facts = economy_facts();
  RelocationParams params;
  Desks desks;
  std::vector<ByRegion> output;
  ByRegion policy{};
};

std::int64_t sum(const std::array<std::int64_t, region_count>& row_of) {
  return row_of[us] + row_of[cn] + row_of[hk] + row_of[row];
}

}  // namespace

TEST_CASE("Desks start where they are, with their capital", "[unit]") {
  const World world;
  CHECK(world.desks.staff[0] == std::array<std::int64_t, region_count>{0, 0, 3000, 0});
  CHECK(world.desks.staff[1] == std::array<std::int64_t, region_count>{0, 0, 2000, 0});
  CHECK(world.desks.capital[0][hk] == 30'000'000'000);  // 3,000 x 10 mn
  CHECK(sum(world.desks.capital[1]) == 20'000'000'000);
}

TEST_CASE("Desks: one month's staff and capital by hand", "[unit]") {
  World world;
  world.advantage(us, 0.25);
  world.step();
  // 6 / 12 x (.25 - .125) = .0625: 187.5 of 3,000, 125 of 2,000; half of that share of capital
  CHECK(world.desks.staff[0][us] == 187);
  CHECK(world.desks.due_staff[0][us] == 0.5);
  CHECK(world.desks.staff[1][us] == 125);
  CHECK(world.desks.staff[1][hk] == 1875);
  CHECK(world.desks.capital[0][us] == 937'500'000);
  CHECK(world.desks.moved_staff[hk][us] == 312);
  CHECK(world.desks.moved_capital[hk][us] == 1'562'500'000);
  world.step();
  CHECK(world.desks.staff[0][us] == 363);  // 2,813 x .0625 + .5 = 176.3125
  CHECK(world.desks.due_staff[0][us] == 0.3125);
}

TEST_CASE("Desks: parts of a person wait until they are one", "[unit]") {
  World world;
  world.facts.bank_desks[1].staff = 1024;
  world.params.relocation_sensitivity = 12.0;
  world.params.moving_cost = 0.0;
  world.desks = initial_desks(world.params, world.facts);
  world.output[1][row] = 0x1.0p-12;  // 1,024 / 4,096: a quarter of a person a month
  for (int month = 0; month < 3; ++month) world.step();
  CHECK(world.desks.staff[1][row] == 0);
  CHECK(world.desks.due_staff[1][row] == 0.75);
  world.step();
  CHECK(world.desks.staff[1][row] == 1);
  CHECK(world.desks.staff[1][hk] == 1023);
  CHECK(world.desks.due_staff[1][row] == 0.0);
}

TEST_CASE("Desks stay, exactly, at T0, with sensitivity 0 and below the cost of moving", "[unit]") {
  World at_start, off, below;
  at_start.params.moving_cost = 0.0;
  at_start.step(12.0);
  off.params.relocation_sensitivity = 0.0;
  off.advantage(us, 5.0);
  off.policy[row] = 3.0;
  off.step(12.0);
  below.advantage(us, 0.125);
  below.step(12.0);
  for (const World* world : {&at_start, &off, &below}) {
    CHECK(world->desks.staff[0] == std::array<std::int64_t, region_count>{0, 0, 3000, 0});
    CHECK(world->desks.capital[0][hk] == 30'000'000'000);
    CHECK(world->desks.due_staff[0] == ByRegion{});
    CHECK(world->desks.due_capital[0] == ByRegion{});
    CHECK(sum(world->desks.moved_staff[hk]) == 0);
  }
}

TEST_CASE("Desks: what Hong Kong gains draws staff back, a policy counts like output", "[unit]") {
  World world, by_policy;
  world.advantage(us, 0.5);
  by_policy.policy[us] = 0.5;
  world.step();
  by_policy.step();
  CHECK(world.desks.staff[0][us] > 0);
  CHECK(world.desks.staff == by_policy.desks.staff);
  const std::int64_t away = world.desks.staff[0][us];
  world.policy[hk] = 1.0;  // the bridge outweighs what was lost
  world.step();
  CHECK(world.desks.staff[0][us] < away);
  CHECK(world.desks.moved_staff[us][hk] > 0);
  CHECK(sum(world.desks.staff[0]) == 3000);
}

TEST_CASE("Desks: an origin sends at most all it has, in proportion to advantages", "[unit]") {
  World world;
  world.params.moving_cost = 0.0;
  world.params.capital_follows = 1.0;
  world.advantage(us, 30.0);
  world.advantage(row, 10.0);
  world.step();
  CHECK(world.desks.staff[0] == std::array<std::int64_t, region_count>{2250, 0, 0, 750});
  CHECK(world.desks.capital[1] ==
        std::array<std::int64_t, region_count>{15'000'000'000, 0, 0, 5'000'000'000});
}

TEST_CASE("Desks: capital that does not follow stays where it is booked", "[unit]") {
  World world;
  world.params.capital_follows = 0.0;
  world.advantage(row, 1.0);
  world.step();
  CHECK(world.desks.staff[0][row] > 0);
  CHECK(world.desks.capital[0][hk] == 30'000'000'000);
}

TEST_CASE("Desks: over a hundred months of changing advantages nobody is made or lost", "[unit]") {
  World world;
  world.params.moving_cost = 0.01;
  for (int month = 0; month < 100; ++month) {
    for (std::size_t d = 0; d < 2; ++d) {
      for (std::size_t r = 0; r < region_count; ++r) {
        world.output[d][r] = 0.03 * static_cast<double>((month * 7 + static_cast<int>(d * 3 + r * 5)) % 11);
      }
    }
    world.step();
  }
  CHECK(sum(world.desks.staff[0]) == 3000);
  CHECK(sum(world.desks.staff[1]) == 2000);
  CHECK(sum(world.desks.capital[0]) + sum(world.desks.capital[1]) == 50'000'000'000);
  for (std::size_t r = 0; r < region_count; ++r) {
    std::int64_t net = r == hk ? 5000 : 0;
    for (std::size_t other = 0; other < region_count; ++other) {
      net += world.desks.moved_staff[other][r] - world.desks.moved_staff[r][other];
    }
    CHECK(world.desks.staff[0][r] + world.desks.staff[1][r] == net);
    CHECK(world.desks.moved_staff[r][r] == 0);
    for (std::size_t d = 0; d < 2; ++d) {
      CHECK(world.desks.staff[d][r] >= 0);
      CHECK(world.desks.due_staff[d][r] >= 0.0);
      CHECK(world.desks.due_staff[d][r] < 1.0);
    }
  }
}

namespace {

std::vector<ByRegion> log_output(const EnterpriseMarket& market) {
  return log_desk_output(market.facts, market.params, market.setup, market.demand, market.hazard, market.all);
}

}  // namespace

TEST_CASE("Desks: output where they could be follows what models do there", "[unit]") {
  EnterpriseMarket market;
  market.set_up();
  market.start();
  const auto start = log_output(market);
  REQUIRE(start.size() == 2);
  market.rebuild();
  CHECK(log_output(market) == start);
  market.all.removed[market.desk(jpmorgan_desk)] |=
      products_of_vendor(market.setup.products, anthropic);  // its best model, in Hong Kong
  const auto removed = log_output(market);
  CHECK(removed[jpmorgan_desk][hk] < start[jpmorgan_desk][hk]);
  CHECK(removed[jpmorgan_desk][us] == start[jpmorgan_desk][us]);
  CHECK(removed[goldman_desk] == start[goldman_desk]);
  market.all.removed[market.desk(jpmorgan_desk)] = 0;
  market.orders = {nationals_only(fable)};  // few in Hong Kong, four of five in the US may go on
  market.rebuild();
  const auto ordered = log_output(market);
  const auto lost = [&](std::size_t region) {
    return start[jpmorgan_desk][region] - ordered[jpmorgan_desk][region];
  };
  CHECK(lost(hk) > lost(us));
  CHECK(lost(us) > 0.0);
}

TEST_CASE("Desks: output by hand where all choose one product", "[unit]") {
  EnterpriseMarket market;
  for (UsageShare& row_of : market.facts.usage) {
    if (row_of.region == Region::us) row_of.share = row_of.vendor == "openai" ? 1.0 : 0.0;
  }
  market.set_up();
  market.start();
  // gpt, 162 at 15 USD: tokens 3^-.5, in use their power .3, worth e^-.1 of fable-5 at 163. Only openai is on
  // the menu by law and tastes, but the best that may be used is fable-5: access 1. ln(1 + .1 x .848067 x
  // .904837)
  CHECK(log_output(market)[jpmorgan_desk][us] == Approx(0.073934769).margin(1e-8));
  market.params.use.productivity = 0.0;
  CHECK(log_output(market)[jpmorgan_desk][us] == 0.0);
}
