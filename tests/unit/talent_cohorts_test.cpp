#include "sim/model/talent/cohorts.hpp"

#include <catch2/catch.hpp>

#include "sim/base/error.hpp"
#include "tests/support/model_talent.hpp"

using namespace chokepoint;

namespace {

struct Year {
  Facts facts = talent_facts();
  TalentParams params;
  RandomStream random{21, 0};
  Talent talent;

  explicit Year(double entry_rate, double retirement_rate) {
    params.entry_rate = entry_rate;
    params.retirement_rate = retirement_rate;
    talent = make_talent(facts, params, random);
    for (std::uint16_t month = 0; month < 12; ++month) {
      step_talent_month(talent, params, facts.talent, random, month, static_cast<std::uint16_t>(month * 4));
      check_head_counts(talent);
    }
  }
};

}  // namespace

TEST_CASE("talent: as many enter as the rate says, to within an agent in each cell", "[unit][talent]") {
  const Year year(0.14, 0.03);
  const double entrants = 0.14 * 199307;
  for (std::size_t o = 0; o < nationality_count; ++o) {
    for (std::size_t l = 0; l < region_count; ++l) {
      const double expected =
          entrants * year.facts.talent.entry_share[o] * year.facts.talent.first_place[o][l];
      const auto entered = static_cast<double>(year.talent.entered[o][l]);
      CHECK(entered <= expected + 1e-6);
      CHECK(entered > expected - static_cast<double>(year.talent.unit[l]));
    }
  }
}

TEST_CASE("talent: three in a hundred leave in a year", "[unit][talent]") {
  const Year year(0, 0.03);
  std::int64_t left = 0;
  std::int64_t stock = 0;
  for (std::size_t o = 0; o < nationality_count; ++o) {
    for (std::size_t l = 0; l < region_count; ++l) {
      left += year.talent.left[o][l];
      stock += year.talent.stock[o][l];
    }
  }
  CHECK(stock + left == 199307);
  CHECK(static_cast<double>(left) / 199307 == Approx(0.03).margin(0.004));  // sd .0012
}

TEST_CASE("talent: newcomers join vendors as their share was at T0", "[unit][talent]") {
  const Year year(0.2, 0);
  const Talent start = make_talent(year.facts, year.params, year.random);
  // 39,861 enter, .1752 of them Chinese in the US: 6,985, of whom 1,200 / 38,682 join each US vendor.
  const std::size_t chinese = index(Nationality::cn);
  const auto joined = static_cast<double>(year.talent.staff[0][chinese] - start.staff[0][chinese]);
  CHECK(joined == Approx(0.2 * 199307 * 0.48 * 0.36 * 1200 / 38682).epsilon(0.5));  // some 21 agents
}

TEST_CASE("talent: the audit of heads finds what does not add up", "[unit][talent]") {
  Year year(0.14, 0.03);
  Talent& talent = year.talent;
  CHECK_NOTHROW(check_head_counts(talent));
  const auto breaks = [&](std::int64_t& count) {
    ++count;
    CHECK_THROWS_AS(check_head_counts(talent), Error);
    --count;
    CHECK_NOTHROW(check_head_counts(talent));
  };
  breaks(talent.stock[0][0]);
  breaks(talent.entered[1][1]);
  breaks(talent.left[2][2]);
  breaks(talent.moved[1][0][1]);
  breaks(talent.persons[0]);
  breaks(talent.staff[0][1]);
}
