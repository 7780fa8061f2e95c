#include "sim/model/talent/equity_pay.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "tests/support/model_talent.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = index(Region::us), cn = index(Region::cn);

/// Two vendors in the US and one in China.
Facts three_vendors() {
  Facts facts;
  facts.vendors.assign(3, Vendor{});
  for (std::size_t v = 0; v < 3; ++v) facts.vendors[v].home = v == cn_vendor ? Region::cn : Region::us;
  return facts;
}

/// Arrivals in the US within a year when its vendors' value has changed by so much.
std::int64_t arrivals(const Facts& facts, const TalentParams& params, const MigrationTastes& tastes,
                      double value) {
  const RandomStream random(9, 0);
  Talent talent = make_talent(facts, params, random);
  const std::vector<double> values{value, value, 0};
  for (std::uint16_t week = 0; week < 52; ++week) {
    ModelConditions conditions;
    conditions.wage = equity_pay(params, facts, talent, values);
    step_talent_week(talent, params, tastes, conditions.now(), random, week);
  }
  std::int64_t sum = 0;
  for (const auto& origin : talent.moved) {
    for (const auto& from : origin) sum += from[us];
  }
  return sum;
}

}  // namespace

TEST_CASE("talent equity: pay moves with the staff-weighted value of a region's vendors, by hand",
          "[unit][talent]") {
  const Facts facts = three_vendors();
  Talent talent;
  talent.staff = {{600, 300, 0, 100, 0}, {1000, 2000, 0, 0, 0}, {0, 500, 0, 0, 0}};
  const TalentParams params;
  // (1,000 x .4 - 3,000 x .2) / 4,000 = -.05, half of it in shares; China .5 x .3.
  const std::vector<double> pay = equity_pay(params, facts, talent, std::vector<double>{0.4, -0.2, 0.3});
  REQUIRE(pay.size() == region_count);
  CHECK(pay[us] == Approx(-0.025));
  CHECK(pay[cn] == Approx(0.15));
  CHECK(pay[index(Region::hk)] == 0.0);
  CHECK(pay[index(Region::row)] == 0.0);

  const std::vector<double> zero(region_count, 0.0);
  CHECK(equity_pay(params, facts, talent, std::vector<double>(3, 0.0)) == zero);
  talent.staff[cn_vendor] = {};
  CHECK(equity_pay(params, facts, talent, std::vector<double>{0, 0, 5}) == zero);
  CHECK(equity_pay(params, Facts{}, Talent{}, {}) == zero);
}

TEST_CASE("talent equity: without shares in pay the value of firms is nothing to it", "[unit][talent]") {
  const Facts facts = three_vendors();
  Talent talent;
  talent.staff = {{600, 300, 0, 100, 0}, {1000, 2000, 0, 0, 0}, {0, 500, 0, 0, 0}};
  TalentParams params;
  params.equity_share = 0;
  const double worthless = -std::numeric_limits<double>::infinity();
  CHECK(equity_pay(params, facts, talent, std::vector<double>{0.4, worthless, 0.3}) ==
        std::vector<double>(region_count, 0.0));
}

TEST_CASE("talent equity: firms that are worth more draw researchers, and less, fewer", "[unit][talent]") {
  const Facts facts = talent_facts();
  TalentParams params;
  const MigrationTastes tastes = talent_tastes(facts, params);
  const std::int64_t usual = arrivals(facts, params, tastes, 0);
  CHECK(arrivals(facts, params, tastes, 1) > usual);
  CHECK(arrivals(facts, params, tastes, -1) < usual);
  params.equity_share = 0;
  CHECK(arrivals(facts, params, tastes, 1) == usual);
}
