#include "sim/model/talent/lock_out.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/model/talent/cohorts.hpp"
#include "tests/support/model_talent.hpp"

using namespace chokepoint;

namespace {

Talent after(int weeks, const TalentParams& params, const ModelConditions& conditions) {
  const Facts facts = talent_facts();
  const MigrationTastes tastes = talent_tastes(facts, params);
  const RandomStream random(11, 0);
  Talent talent = make_talent(facts, params, random);
  for (int week = 0; week < weeks; ++week) {
    step_talent_week(talent, params, tastes, conditions.now(), random, static_cast<std::uint16_t>(week));
  }
  check_head_counts(talent);
  return talent;
}

}  // namespace

TEST_CASE("lock-out: persons and productive share, by hand", "[unit][talent]") {
  Talent talent;
  talent.staff = {{600, 300, 0, 100, 0}, {50, 0, 0, 0, 0}, {}};
  ModelConditions conditions;
  conditions.lock_out(0, Nationality::cn);
  conditions.lock_out(0, Nationality::in);
  conditions.lock_out(2, Nationality::cn);
  const TalentParams params;  // loss .1
  CHECK(locked_out_persons(talent, conditions.locked_out, 0) == PersonsByNationality{0, 300, 0, 100, 0});
  CHECK(productive_share(talent, params, conditions.locked_out, 0) == Approx(0.96));
  CHECK(productive_share(talent, params, conditions.locked_out, 1) == 1.0);
  CHECK(productive_share(talent, params, conditions.locked_out, 2) == 1.0);  // nobody there
}

TEST_CASE("lock-out: with no quit hazard the world is the same to the last bit", "[unit][talent]") {
  TalentParams params;
  params.lock_out_quit_hazard = 0;
  ModelConditions out;
  for (char& barred : out.locked_out) barred = 1;
  const Talent with = after(26, params, out);
  const Talent without = after(26, params, {});
  CHECK(with.stock == without.stock);
  CHECK(with.moved == without.moved);
  CHECK(with.location == without.location);
  CHECK(with.employer == without.employer);
  CHECK(with.search_week == without.search_week);
  CHECK(with.quits == std::vector<PersonsByNationality>(3));
}

TEST_CASE("lock-out: half of those barred quit in a month and join the vendor that does not bar them",
          "[unit][talent]") {
  TalentParams params;
  params.lock_out_quit_hazard = 0.5;
  ModelConditions conditions;
  conditions.lock_out(first_us_vendor, Nationality::cn);
  const Talent before = after(0, params, conditions);
  const Talent talent = after(4, params, conditions);
  const std::size_t chinese = index(Nationality::cn);
  const auto barred = static_cast<double>(before.staff[first_us_vendor][chinese]);
  const auto quits = static_cast<double>(talent.quits[first_us_vendor][chinese]);
  CHECK(barred > 500);
  // Four weeks: 1 - .5^(4 x 12 / 52.18) = .471 of some 70 agents, sd .06.
  CHECK(quits / barred == Approx(0.471).margin(0.15));
  CHECK(persons_of(talent.quits[first_us_vendor]) == talent.quits[first_us_vendor][chinese]);
  CHECK(persons_of(talent.quits[second_us_vendor]) == 0);
  const auto gained =
      static_cast<double>(talent.staff[second_us_vendor][chinese] - before.staff[second_us_vendor][chinese]);
  CHECK(gained > 0.85 * quits);  // few leave the country
  CHECK(gained < 1.1 * quits);
}

TEST_CASE("lock-out: barred everywhere, those who quit work for no vendor of the place", "[unit][talent]") {
  TalentParams params;
  params.lock_out_quit_hazard = 0.5;
  ModelConditions conditions;
  conditions.lock_out(first_us_vendor, Nationality::cn);
  conditions.lock_out(second_us_vendor, Nationality::cn);
  const Talent before = after(0, params, conditions);
  const Talent talent = after(4, params, conditions);
  const std::size_t chinese = index(Nationality::cn);
  for (const std::size_t v : {first_us_vendor, second_us_vendor}) {
    CHECK(talent.quits[v][chinese] > 0);
    CHECK(talent.staff[v][chinese] <= before.staff[v][chinese] - talent.quits[v][chinese]);
  }
}
