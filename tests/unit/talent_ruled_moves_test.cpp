// Researchers who move, or may not, under rules on entry, exit and stay.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/error.hpp"
#include "sim/model/talent/cohorts.hpp"
#include "tests/support/model_talent.hpp"
#include "tests/support/talent_rules.hpp"

using namespace chokepoint;

namespace {

/// Researchers under a policy; `conditions` as at T0 but for it.
struct RuledWorld {
  Facts facts = talent_facts();
  TalentParams params;
  MigrationTastes tastes;
  RandomStream random{17, 0};
  TalentPolicy policy;
  Talent talent;

  void begin() { talent = make_talent(facts, params, random); }
  void run(std::uint16_t weeks, std::uint16_t first = 0) {
    const std::array<MoveBarriers, 2> barriers{move_barriers(params, policy, Standing::other),
                                               move_barriers(params, policy, Standing::top)};
    const ModelConditions unchanged;
    TalentConditions now = unchanged.now();
    now.barriers = barriers;
    for (const Region place : {Region::us, Region::cn, Region::hk, Region::row}) {
      now.lapse[index(place)] = lapse_rate(params, policy, place);
    }
    for (std::uint16_t week = first; week < first + weeks; ++week) {
      step_talent_week(talent, params, tastes, now, random, week);
      check_head_counts(talent);
    }
  }
};

/// Everybody searches in one week, and all places are as good.
Talent one_search(const TalentPolicy& policy, double move_cost = 0) {
  RuledWorld world;
  world.params.network_weight = 0;
  world.tastes.move_cost = move_cost;
  world.policy = policy;
  world.begin();
  for (std::uint16_t& week : world.talent.search_week) week = 0;
  world.run(1);
  return world.talent;
}

double share_moved(const Talent& talent, std::size_t from, std::size_t to) {
  return static_cast<double>(talent.moved[chinese][from][to]) /
         static_cast<double>(talent.stock_t0[chinese][from]);
}

double share_left(const Talent& talent, std::size_t from) {
  double sum = 0;
  for (std::size_t to = 0; to < region_count; ++to) sum += share_moved(talent, from, to);
  return sum;
}

std::int64_t count(const std::array<std::array<PersonsByPlace, region_count>, nationality_count>& moved,
                   std::size_t from) {
  std::int64_t sum = 0;
  for (const auto& origin : moved) {
    for (const std::int64_t persons : origin[from]) sum += persons;
  }
  return sum;
}

}  // namespace

TEST_CASE("talent rules: a policy that asks for what T0 asked for changes no bit", "[unit][talent]") {
  const auto after = [](const TalentPolicy& policy, bool ruled) {
    RuledWorld world;
    world.tastes = talent_tastes(world.facts, world.params);
    world.policy = policy;
    world.begin();
    if (ruled) {
      world.run(26);
    } else {
      const ModelConditions unchanged;
      for (std::uint16_t week = 0; week < 26; ++week) {
        step_talent_week(world.talent, world.params, world.tastes, unchanged.now(), world.random, week);
      }
    }
    return world.talent;
  };
  std::array<bool, nationality_count> all{};
  all.fill(true);
  const Talent plain = after({}, false);
  const Talent ruled = after({{{"rule", Region::us, all, 1, 0}},
                              {{"exit", Region::cn, all, 0, false}},
                              {{"scheme", Region::hk, 1, 0.53}}},
                             true);
  CHECK(count(plain.moved, us) > 0);
  CHECK(ruled.stock == plain.stock);
  CHECK(ruled.moved == plain.moved);
  CHECK(ruled.moved_top == plain.moved_top);
  CHECK(ruled.location == plain.location);
  CHECK(ruled.employer == plain.employer);
  CHECK(ruled.search_week == plain.search_week);
  CHECK(ruled.lapsed == PersonsByPlace{});
}

TEST_CASE("talent rules: fewer admitted, fewer come and more go elsewhere; more admitted, the reverse",
          "[unit][talent]") {
  // Chinese in China who search among four equal places: a quarter to each. With odds of the US halved
  // .5 / 3.5 = .143 go there and 1 / 3.5 = .286 to each other place; doubled, 2 / 5 = .4 and .2.
  const Talent usual = one_search({});
  const Talent halved = one_search({{rule_for_chinese_in_us(0.5)}, {}, {}});
  const Talent doubled = one_search({{rule_for_chinese_in_us(2)}, {}, {}});
  const Talent barred = one_search({{rule_for_chinese_in_us(0)}, {}, {}});
  CHECK(share_moved(usual, cn, us) == Approx(0.25).margin(0.02));  // some 5,000 agents: sd .006
  CHECK(share_moved(halved, cn, us) == Approx(0.5 / 3.5).margin(0.02));
  CHECK(share_moved(doubled, cn, us) == Approx(0.4).margin(0.02));
  CHECK(share_moved(halved, cn, row) == Approx(1 / 3.5).margin(0.02));
  CHECK(share_moved(doubled, cn, row) == Approx(0.2).margin(0.02));
  CHECK(barred.moved[chinese][cn][us] == 0);
  CHECK(barred.moved[chinese][row][us] == 0);
  CHECK(share_left(barred, us) == share_left(usual, us));  // who is in the US is not refused
  CHECK(halved.moved[indian] == usual.moved[indian]);
  CHECK(halved.stock[chinese][cn] > usual.stock[chinese][cn]);
  CHECK(doubled.stock[chinese][cn] < usual.stock[chinese][cn]);
}

TEST_CASE("talent rules: with fitted tastes a year of halved admission leaves fewer Chinese in the US",
          "[unit][talent]") {
  const auto year = [](double admitted) {
    RuledWorld world;
    world.params.search_rate = 0.1;  // more moves, less chance
    world.tastes = talent_tastes(world.facts, world.params);
    if (admitted < 1 || admitted > 1) world.policy.entry.push_back(rule_for_chinese_in_us(admitted));
    world.begin();
    world.run(52);
    return world.talent;
  };
  const Talent usual = year(1), halved = year(0.5), doubled = year(2);
  const auto elsewhere = [](const Talent& talent) {
    return talent.stock[chinese][cn] + talent.stock[chinese][hk] + talent.stock[chinese][row];
  };
  CHECK(halved.stock[chinese][us] < usual.stock[chinese][us]);
  CHECK(elsewhere(halved) > elsewhere(usual));
  CHECK(doubled.stock[chinese][us] > usual.stock[chinese][us]);
  CHECK(elsewhere(doubled) < elsewhere(usual));
}

TEST_CASE("talent rules: an exit control stops the share that it bars", "[unit][talent]") {
  const auto controlled = [](double barred, bool top_tier_only) {
    return one_search({{}, {{"exit", Region::cn, only(Nationality::cn), barred, top_tier_only}}, {}}, 4);
  };
  const Talent usual = one_search({}, 4);
  // 3 exp(-4) / (1 + 3 exp(-4)) = .0521 leave; with odds of .4, .0220 / 1.0220 = .0215.
  const double leave = 3 * std::exp(-4.0);
  CHECK(share_left(usual, cn) == Approx(leave / (1 + leave)).margin(0.01));
  CHECK(share_left(controlled(0.6, false), cn) == Approx(0.4 * leave / (1 + 0.4 * leave)).margin(0.007));
  CHECK(share_left(controlled(1, false), cn) == 0.0);
  CHECK(share_left(controlled(1, false), us) == share_left(usual, us));

  const Talent top = controlled(1, true);
  CHECK(count(usual.moved_top, cn) > 0);
  CHECK(top.moved_top[chinese][cn] == PersonsByPlace{});
  for (std::size_t to = 0; to < region_count; ++to) {
    CHECK(top.moved[chinese][cn][to] ==
          usual.moved[chinese][cn][to] - usual.moved_top[chinese][cn][to]);  // others leave as they did
  }
  CHECK(top.moved[indian] == usual.moved[indian]);
}

TEST_CASE("talent rules: moves of the top tier are a tenth of all", "[unit][talent]") {
  const Talent talent = one_search({});
  for (std::size_t from = 0; from < region_count; ++from) {
    const auto all = static_cast<double>(count(talent.moved, from));
    CHECK(static_cast<double>(count(talent.moved_top, from)) / all == Approx(0.1).margin(0.05));
  }
}

TEST_CASE("talent rules: without renewals the schemes empty as fast as first stays expire",
          "[unit][talent]") {
  const auto after = [](double renewal, std::uint16_t weeks) {
    RuledWorld world;
    world.params.search_rate = 0;  // nobody moves but who must
    world.params.hong_kong_agents = 2000;
    world.policy.schemes.push_back({"scheme", Region::hk, 1, renewal});
    world.begin();
    world.run(weeks);
    return world.talent;
  };
  // 1,360 of 2,000 are not at home: in 104 weeks 1 - (1 - .5 x .53 / 104)^104 = .233 of them, 317; sd 15.6.
  const Talent without = after(0, 104);
  const double expected = 1360 * (1 - std::pow(1 - 0.5 * 0.53 / 104, 104));
  CHECK(expected == Approx(317).margin(1));
  CHECK(static_cast<double>(without.lapsed[hk]) == Approx(expected).margin(50));
  CHECK(count(without.moved, hk) == without.lapsed[hk]);  // all of them left, and nobody else
  CHECK(without.moved[index(Nationality::hk)][hk] == PersonsByPlace{});
  CHECK(without.lapsed[us] == 0);
  CHECK(persons_in(without, Region::hk) == 2000 - without.lapsed[hk]);
  CHECK(after(0, 52).lapsed[hk] < without.lapsed[hk]);
  const Talent usual = after(0.53, 104);
  CHECK(usual.lapsed == PersonsByPlace{});
  CHECK(usual.stock == usual.stock_t0);
}

TEST_CASE("talent rules: whose stay ends goes where others who leave go, or stays if nobody opens",
          "[unit][talent]") {
  RuledWorld world;
  world.params.search_rate = 0;
  world.params.hong_kong_agents = 2000;
  world.params.scheme_share = 1;
  world.params.scheme_renewal = 1;
  world.params.network_weight = 0;
  world.policy.schemes.push_back({"scheme", Region::hk, 1, 0});
  for (auto& pull : world.tastes.pull) pull = {0, std::log(2.0), 50, -50};  // whatever Hong Kong offers
  world.begin();
  world.run(104);
  // China has two thirds of the odds, the rest of the world none: .632 of 1,040 go, 438 of them to China.
  const auto& chinese_from_hk = world.talent.moved[chinese][hk];
  CHECK(chinese_from_hk[row] == 0);
  const auto gone = static_cast<double>(chinese_from_hk[us] + chinese_from_hk[cn]);
  CHECK(gone == Approx(1040 * (1 - std::exp(-1.0))).margin(60));
  CHECK(static_cast<double>(chinese_from_hk[cn]) / gone == Approx(2.0 / 3).margin(0.08));

  const PersonsByPlace before = world.talent.lapsed;
  world.policy.exit.push_back({"exit", Region::hk, {true, true, true, true, true}, 1, false});
  world.run(20, 104);
  CHECK(world.talent.lapsed == before);
}

TEST_CASE("talent rules: in any world under any rules heads are conserved", "[unit][talent]") {
  const RandomStream dice(7, 0);
  std::int64_t lapsed = 0;
  for (std::uint32_t trial = 0; trial < 20; ++trial) {
    std::uint32_t draws = 0;
    const auto draw = [&] { return dice.uniform(Decision::synthetic_test, trial, draws++); };
    const auto any = [&](std::size_t many) {
      return static_cast<std::size_t>(draw() * static_cast<double>(many));
    };
    RuledWorld world;
    world.params.agents = 300 + 2000 * draw();
    world.params.search_rate = 0.2 * draw();
    world.params.scheme_share = draw();
    world.random = RandomStream(trial, trial);
    for (auto& origin : world.tastes.pull) {
      for (double& pull : origin) pull = 4 * draw() - 2;
    }
    world.begin();
    for (std::uint16_t month = 0; month < 6; ++month) {
      std::array<bool, nationality_count> some{};
      for (bool& flag : some) flag = draw() < 0.5;
      const auto place = [&] { return static_cast<Region>(any(region_count)); };
      put_rule(world.policy, EntryRule{"a", place(), some, draw() < 0.3 ? 0 : 5 * draw(), 1e6 * draw()});
      put_rule(world.policy, ExitControl{"b", place(), some, draw() < 0.3 ? 1 : draw(), draw() < 0.5});
      put_rule(world.policy, TalentScheme{"c", place(), 5 * draw(), draw() - 0.2});
      if (draw() < 0.3) end_rules(world.policy, "b");
      world.run(4, static_cast<std::uint16_t>(4 * month));
      step_talent_month(world.talent, world.params, world.facts.talent, world.random, month,
                        static_cast<std::uint16_t>(4 * month + 4));
      REQUIRE_NOTHROW(check_head_counts(world.talent));
    }
    for (const std::int64_t persons : world.talent.lapsed) lapsed += persons;
    for (std::size_t i = 0; i < world.talent.size(); ++i) {
      if (world.talent.standing[i] == Standing::left) REQUIRE(world.talent.search_week[i] == never);
    }
  }
  CHECK(lapsed > 0);
}

TEST_CASE("talent rules: the audit finds parts of moves that are more than all", "[unit][talent]") {
  Talent talent = one_search({});
  CHECK_NOTHROW(check_head_counts(talent));
  talent.moved_top[chinese][cn][cn] = 1;
  CHECK_THROWS_AS(check_head_counts(talent), Error);
  talent.moved_top[chinese][cn][cn] = 0;
  talent.lapsed[hk] = count(talent.moved, hk);
  CHECK_NOTHROW(check_head_counts(talent));
  ++talent.lapsed[hk];
  CHECK_THROWS_AS(check_head_counts(talent), Error);
}
