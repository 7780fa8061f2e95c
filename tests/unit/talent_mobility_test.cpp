#include <catch2/catch.hpp>
#include <cmath>

#include "sim/model/talent/cohorts.hpp"
#include "tests/support/model_talent.hpp"

using namespace chokepoint;

namespace {

void run_weeks(Talent& talent, const TalentParams& params, const MigrationTastes& tastes,
               const ModelConditions& conditions, const RandomStream& random, std::uint16_t weeks) {
  for (std::uint16_t week = 0; week < weeks; ++week) {
    step_talent_week(talent, params, tastes, conditions.now(), random, week);
  }
}

std::int64_t arrivals(const Talent& talent, Region region) {
  std::int64_t sum = 0;
  for (const auto& origin : talent.moved) {
    for (const auto& from : origin) sum += from[index(region)];
  }
  return sum;
}

}  // namespace

TEST_CASE("talent: utility is the pull plus weighted changes since T0", "[unit][talent]") {
  Facts facts;
  facts.talent.stock[index(Nationality::cn)][index(Region::hk)] = 1;
  Talent talent = make_talent(facts, TalentParams{}, RandomStream(1, 0));
  MigrationTastes tastes;
  tastes.pull[index(Nationality::cn)] = {0, 0.5, -1, 0};
  ModelConditions conditions;
  conditions.locked_out.clear();
  const auto utility = [&](Standing standing) {
    return place_utilities(talent, tastes, TalentParams{}, conditions.now(), index(Nationality::cn),
                           standing);
  };
  CHECK(utility(Standing::other) == PlaceShares{0, 0.5, -1, 0});

  const std::size_t hk = index(Region::hk);
  conditions.wage[hk] = 0.1;
  conditions.compute[hk] = 0.5;
  conditions.access[hk * nationality_count + index(Nationality::cn)] = -0.4;
  conditions.access[hk * nationality_count + index(Nationality::us)] = 1;  // of others: no matter
  conditions.frontier[hk] = 1;
  talent.stock[index(Nationality::cn)][hk] = 3;  // 1 + 3 over 1 + 1
  const double others = -1 + 1.1 * 0.1 + 0.2 * 0.5 - 0.5 * 0.4 + 0.3 * std::log(2.0);
  CHECK(utility(Standing::other)[hk] == Approx(others));
  CHECK(utility(Standing::top)[hk] == Approx(others + 0.3));
  CHECK(utility(Standing::other)[index(Region::us)] == 0.0);
}

TEST_CASE("talent: as many search and move in a year as the fitted chances say", "[unit][talent]") {
  const Facts facts = talent_facts();
  TalentParams params;
  params.network_weight = 0;
  const MigrationTastes tastes = talent_tastes(facts, params);
  Talent talent = make_talent(facts, params, RandomStream(3, 0));
  run_weeks(talent, params, tastes, {}, RandomStream(3, 0), 52);
  double expected = 0;
  double found = 0;
  for (std::size_t o = 0; o < nationality_count; ++o) {
    const PlaceTransition week = weekly_transition(tastes.pull[o], tastes.move_cost, params.weekly_search());
    PlaceShares now{};
    for (std::size_t l = 0; l < region_count; ++l) now[l] = static_cast<double>(talent.stock_t0[o][l]);
    for (int w = 0; w < 52; ++w) {
      PlaceShares next{};
      for (std::size_t from = 0; from < region_count; ++from) {
        for (std::size_t to = 0; to < region_count; ++to) {
          next[to] += now[from] * week[from][to];
          if (from != to) expected += now[from] * week[from][to];
        }
      }
      now = next;
    }
    for (const auto& from : talent.moved[o]) {
      for (const std::int64_t persons : from) found += static_cast<double>(persons);
    }
  }
  CHECK(expected > 2000);
  CHECK(found == Approx(expected).epsilon(0.2));  // some 270 agents: sd 6 percent
}

TEST_CASE("talent: pay, access and compute in Hong Kong draw researchers there", "[unit][talent]") {
  const Facts facts = talent_facts();
  const TalentParams params;
  const MigrationTastes tastes = talent_tastes(facts, params);
  const RandomStream random(5, 0);
  Talent plain = make_talent(facts, params, random);
  run_weeks(plain, params, tastes, {}, random, 52);
  const auto with = [&](auto change) {
    ModelConditions conditions;
    change(conditions);
    Talent talent = make_talent(facts, params, random);
    run_weeks(talent, params, tastes, conditions, random, 52);
    return arrivals(talent, Region::hk);
  };
  const std::size_t hk = index(Region::hk);
  const std::int64_t usual = arrivals(plain, Region::hk);
  CHECK(usual > 0);
  CHECK(with([&](ModelConditions& c) { c.wage[hk] = 1; }) > usual);
  CHECK(with([&](ModelConditions& c) { c.compute[hk] = 3; }) > usual);
  CHECK(with([&](ModelConditions& c) { c.frontier[hk] = 1; }) >= usual);
  CHECK(with([&](ModelConditions& c) {
          for (std::size_t o = 0; o < nationality_count; ++o) c.access[hk * nationality_count + o] = -1;
        }) < usual);
}

TEST_CASE("talent: who moves keeps the kind of employer", "[unit][talent]") {
  const Facts facts = talent_facts();
  TalentParams params;
  MigrationTastes tastes;  // equal places, free moves: much moving
  const RandomStream random(5, 0);
  Talent talent = make_talent(facts, params, random);
  std::vector<char> of_vendor;
  for (const std::uint8_t employer : talent.employer) of_vendor.push_back(employer != no_vendor);
  run_weeks(talent, params, tastes, {}, random, 20);
  for (std::size_t i = 0; i < talent.size(); ++i) {
    const std::uint8_t employer = talent.employer[i];
    if (employer == no_vendor) continue;
    REQUIRE(of_vendor[i]);  // nobody came from elsewhere
    REQUIRE(index(facts.vendors[employer].home) == talent.location[i]);
  }
}

TEST_CASE("talent: in any world heads are conserved, week by week and month by month", "[unit][talent]") {
  const Facts facts = talent_facts();
  const RandomStream dice(99, 0);
  for (std::uint32_t world = 0; world < 30; ++world) {
    std::uint32_t draws = 0;
    const auto draw = [&] { return dice.uniform(Decision::synthetic_test, world, draws++); };
    TalentParams params;
    params.agents = 300 + 2000 * draw();
    params.search_rate = 0.2 * draw();
    params.lock_out_quit_hazard = 0.5 * draw();
    MigrationTastes tastes;
    tastes.move_cost = 3 * draw();
    for (auto& origin : tastes.pull) {
      for (double& pull : origin) pull = 4 * draw() - 2;
    }
    const RandomStream random(world, world);
    Talent talent = make_talent(facts, params, random);
    for (std::uint16_t week = 0; week < 30; ++week) {
      ModelConditions conditions;
      for (double& wage : conditions.wage) wage = draw() - 0.5;
      for (double& access : conditions.access) access = draw() - 0.5;
      for (char& out : conditions.locked_out) out = draw() < 0.3;
      step_talent_week(talent, params, tastes, conditions.now(), random, week);
      if (week % 4 == 3) {
        step_talent_month(talent, params, facts.talent, random, static_cast<std::uint16_t>(week / 4), week);
      }
      REQUIRE_NOTHROW(check_head_counts(talent));
      for (const auto& origin : talent.stock) {
        for (const std::int64_t persons : origin) REQUIRE(persons >= 0);
      }
    }
  }
}
