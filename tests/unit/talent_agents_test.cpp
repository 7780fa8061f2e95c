#include <catch2/catch.hpp>
#include <cmath>

#include "sim/model/talent/cohorts.hpp"
#include "tests/support/model_talent.hpp"

using namespace chokepoint;

TEST_CASE("talent: the weights of the agents of a cell add up to its head count", "[unit][talent]") {
  const Facts facts = talent_facts();
  const Talent talent = make_talent(facts, TalentParams{}, RandomStream(7, 0));
  PersonsByOriginAndPlace sums{};
  std::array<int, region_count> agents{};
  std::int64_t world = 0;
  for (std::size_t i = 0; i < talent.size(); ++i) {
    REQUIRE(talent.persons[i] > 0);
    sums[talent.nationality[i]][talent.location[i]] += talent.persons[i];
    ++agents[talent.location[i]];
    world += talent.persons[i];
  }
  CHECK(sums == facts.talent.stock);
  CHECK(world == 199307);  // 115,000 / .577
  CHECK(talent.size() > 19980);
  CHECK(talent.size() < 20020);
  CHECK(agents[index(Region::hk)] >= 398);  // 2,000 persons; 201 agents without the minimum
  CHECK(talent.unit[index(Region::hk)] == 5);
  CHECK_NOTHROW(check_head_counts(talent));
}

TEST_CASE("talent: a world smaller than its number of agents has one agent per person", "[unit][talent]") {
  Facts facts;
  facts.talent.stock[index(Nationality::hk)][index(Region::hk)] = 3;
  facts.talent.stock[index(Nationality::us)][index(Region::us)] = 2;
  const Talent talent = make_talent(facts, TalentParams{}, RandomStream(1, 0));
  REQUIRE(talent.size() == 5);
  CHECK(talent.persons == std::vector<std::int64_t>(5, 1));
  CHECK(make_talent(Facts{}, TalentParams{}, RandomStream(1, 0)).size() == 0);
}

TEST_CASE("talent: vendors' staff is theirs to within an agent, with the stated share of foreigners",
          "[unit][talent]") {
  const Facts facts = talent_facts();
  const Talent talent = make_talent(facts, TalentParams{}, RandomStream(7, 0));
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const auto native = index(home_nationality(facts.vendors[v].home));
    const double all = static_cast<double>(persons_of(talent.staff[v]));
    const double foreign = all - static_cast<double>(talent.staff[v][native]);
    CHECK(all == Approx(2000.0).margin(12));
    CHECK(foreign == Approx(v == cn_vendor ? 0.0 : 1200.0).margin(6));
  }
  // 800 of 24,318 US nationals in the US; 1,200 of the 38,682 others.
  CHECK(hiring_share(talent.employers[0], index(Nationality::us), index(Region::us)) ==
        Approx(800.0 / 24318));
  CHECK(hiring_share(talent.employers[0], index(Nationality::cn), index(Region::us)) ==
        Approx(1200.0 / 38682));
  CHECK(hiring_share(talent.employers[0], index(Nationality::cn), index(Region::cn)) == 0.0);
}

TEST_CASE("talent: an agent in ten is of the top tier, and the hot state is 16 bytes", "[unit][talent]") {
  const Talent talent = make_talent(talent_facts(), TalentParams{}, RandomStream(7, 0));
  double top = 0;
  for (const Standing standing : talent.standing) top += standing == Standing::top;
  CHECK(top / static_cast<double>(talent.size()) == Approx(0.1).margin(0.002));
  CHECK(sizeof(talent.persons[0]) + sizeof(talent.search_week[0]) + sizeof(talent.leaves_month[0]) +
            sizeof(talent.nationality[0]) + sizeof(talent.location[0]) + sizeof(talent.employer[0]) +
            sizeof(talent.standing[0]) ==
        16);
}

TEST_CASE("talent: waiting times are geometric", "[unit][talent]") {
  CHECK(periods_until(0.5, 0.6) == 0);   // ln .6 / ln .5 = 0.74
  CHECK(periods_until(0.5, 0.3) == 1);   // 1.74
  CHECK(periods_until(0.5, 0.01) == 6);  // 6.64
  CHECK(periods_until(0.0, 0.5) == never);
  CHECK(periods_until(1.0, 0.5) == 0);
  CHECK(periods_until(1e-9, 1e-9) == never);
}

TEST_CASE("talent: a vendor is drawn in proportion to what it employs, none that is barred",
          "[unit][talent]") {
  Facts facts = talent_facts();
  facts.vendors[second_us_vendor].research_staff = 6000;
  const Talent talent = make_talent(facts, TalentParams{}, RandomStream(7, 0));
  const std::size_t us = index(Region::us);
  const std::size_t chinese = index(Nationality::cn);
  CHECK(draw_vendor(talent, chinese, us, {}, 0.24) == first_us_vendor);
  CHECK(draw_vendor(talent, chinese, us, {}, 0.26) == second_us_vendor);
  CHECK(draw_vendor(talent, chinese, index(Region::hk), {}, 0.5) == no_vendor);
  ModelConditions conditions;
  conditions.lock_out(second_us_vendor, Nationality::cn);
  CHECK(draw_vendor(talent, chinese, us, conditions.locked_out, 0.99) == first_us_vendor);
  conditions.lock_out(first_us_vendor, Nationality::cn);
  CHECK(draw_vendor(talent, chinese, us, conditions.locked_out, 0.5) == no_vendor);
}
