#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/csv.hpp"
#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/model/talent/migration_predictions.hpp"
#include "tests/support/model_talent.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = index(Region::us);
constexpr std::size_t cn = index(Region::cn);

struct Observed {
  double value = 0;
  double low = 0;
  double high = 0;
};

Observed observed(const std::string& measure) {
  Problems problems;
  const CsvTable table = read_csv(CHOKEPOINT_SOURCE_DIR "/data/observed/talent.csv", problems);
  REQUIRE_FALSE(problems.any());
  for (const CsvRow& row : table.rows) {
    if (row.cells[table.column("measure")] != measure) continue;
    const auto number = [&](const char* column) {
      return parse_number(row.cells[table.column(column)]).value_or(0);
    };
    return {number("value"), number("low"), number("high")};
  }
  FAIL("no observation " << measure);
  return {};
}

}  // namespace

TEST_CASE("talent: a move that costs ln 3 between equal places is chosen by half of those who search",
          "[unit][talent]") {
  const PlaceShares chance = choice_shares({0, 0, 0, 0}, us, std::log(3.0));
  CHECK(chance[us] == Approx(0.5));  // 1 / (1 + 3 x 1/3)
  CHECK(chance[cn] == Approx(1.0 / 6.0));
}

TEST_CASE("talent: one wage elasticity gives both published ones", "[unit][talent]") {
  const TalentParams params;
  const auto elasticity = [&](double share) {
    PlaceShares utility{std::log(share), 0, 0, 0};
    for (std::size_t l = 1; l < region_count; ++l) utility[l] = std::log((1 - share) / 3);
    const double before = choice_shares(utility, us, 0)[us];
    CHECK(before == Approx(share));
    utility[us] += params.wage_elasticity * 1e-4;
    return (std::log(choice_shares(utility, us, 0)[us]) - std::log(before)) / 1e-4;
  };
  CHECK(elasticity(0.97) == Approx(0.033).epsilon(1e-3));  // 1.1 x .03
  CHECK(elasticity(0.05) == Approx(1.045).epsilon(1e-3));  // 1.1 x .95
  CHECK(elasticity(0.97) == Approx(observed("wage_elasticity_domestic").value).margin(0.005));
  CHECK(elasticity(0.05) == Approx(observed("wage_elasticity_foreign").value).margin(0.05));
}

TEST_CASE("talent: among equal places without cost, staying falls to a quarter at the pace of searching",
          "[unit][talent]") {
  const PlaceTransition week = weekly_transition({0, 0, 0, 0}, 0, 0.01);
  const double stay = whereabouts(week, us, 5)[us];
  CHECK(stay == Approx(0.25 + 0.75 * std::pow(0.99, 261)));  // 5 x 365.25 / 7 = 260.9 weeks
}

TEST_CASE("talent: the steady distribution renews itself", "[unit][talent]") {
  const PlaceShares first{0.1, 0.6, 0.1, 0.2};
  const double renewal = 0.003;
  CHECK(steady_shares(weekly_transition({0, 0, 0, 0}, 1, 0), first, renewal)[1] == Approx(0.6));
  const PlaceTransition week = weekly_transition({0.5, 0, -1, 0.2}, 1.5, 0.02);
  const PlaceShares steady = steady_shares(week, first, renewal);
  double sum = 0;
  for (std::size_t to = 0; to < region_count; ++to) {
    double next = renewal * first[to];
    for (std::size_t from = 0; from < region_count; ++from)
      next += (1 - renewal) * steady[from] * week[from][to];
    CHECK(next == Approx(steady[to]).epsilon(1e-12));
    sum += steady[to];
  }
  CHECK(sum == Approx(1.0).epsilon(1e-12));
}

TEST_CASE("talent: the fit gives back the matrix of 2019 and the stay rate of 2007", "[unit][talent]") {
  const Facts facts = talent_facts();
  const TalentParams params;
  const MigrationTastes tastes = talent_tastes(facts, params);
  for (std::size_t o = 0; o < nationality_count; ++o) {
    const PlaceTransition week = weekly_transition(tastes.pull[o], tastes.move_cost, params.weekly_search());
    const PlaceShares steady = steady_shares(week, facts.talent.first_place_2019[o], params.weekly_renewal());
    double origin = 0;
    for (const double share : facts.talent.share_2019[o]) origin += share;
    for (std::size_t l = 0; l < region_count; ++l) {
      CHECK(steady[l] * origin == Approx(facts.talent.share_2019[o][l]).epsilon(1e-8));
    }
  }
  CHECK(predicted_stay(params, tastes, 5) == Approx(observed("stay_five_years_cn_us").value).epsilon(1e-6));
  CHECK(tastes.move_cost > 1);
}

TEST_CASE("talent: what was seen after 2019 does not enter the fit", "[unit][talent]") {
  Facts facts = talent_facts();
  const MigrationTastes before = talent_tastes(facts, TalentParams{});
  facts.talent.first_place[index(Nationality::cn)] = {0.9, 0.05, 0.02, 0.03};
  facts.talent.origin_share_2022 = {0.2, 0.2, 0.2, 0.2, 0.2};
  facts.talent.stock = {};
  const MigrationTastes after = talent_tastes(facts, TalentParams{});
  CHECK(after.pull == before.pull);
  CHECK(after.move_cost == before.move_cost);
}

TEST_CASE("talent: every corner of the ranges of search, entry and retirement can be fitted",
          "[unit][talent]") {
  const Facts facts = talent_facts();
  TalentParams params;
  FieldList list;
  TalentParams::fields(list, params);
  const Field& search = *list.find("talent.search_rate");
  const Field& entry = *list.find("talent.entry_rate");
  const Field& retirement = *list.find("talent.retirement_rate");
  for (int corner = 0; corner < 8; ++corner) {
    *search.value = corner & 1 ? search.high : search.low;
    *entry.value = corner & 2 ? entry.high : entry.low;
    *retirement.value = corner & 4 ? retirement.high : retirement.low;
    CHECK(predicted_stay(params, talent_tastes(facts, params), 5) == Approx(0.92).epsilon(1e-6));
  }
}

TEST_CASE("talent: with too few searches no cost of moving explains the stay rate", "[unit][talent]") {
  TalentParams params;
  params.search_rate = 0.001;
  params.entry_rate = 0.001;
  REQUIRE_THROWS_AS(talent_tastes(talent_facts(), params), Error);
}

// The numbers of data/README.md. They are what comes out; a change of them is news, not an error to tune
// away.
TEST_CASE("talent: predictions of 2022 and 2025 beside what was observed", "[unit][talent]") {
  const Facts facts = talent_facts();
  const TalentParams params;
  const MigrationTastes tastes = talent_tastes(facts, params);
  const PlaceShares as_of_2019 =
      predicted_work_shares_2022(facts.talent, facts.talent.first_place_2019, params, tastes);
  const PlaceShares known_places =
      predicted_work_shares_2022(facts.talent, facts.talent.first_place, params, tastes);
  double sum = 0;
  for (const double share : as_of_2019) sum += share;
  CHECK(sum == Approx(1.0).epsilon(1e-12));

  const Observed in_us = observed("work_share_2022_us");
  const Observed in_cn = observed("work_share_2022_cn");
  CHECK(as_of_2019[us] - in_us.value == Approx(0.180).margin(0.001));
  CHECK(as_of_2019[cn] - in_cn.value == Approx(-0.117).margin(0.001));
  CHECK(known_places[us] - in_us.value == Approx(0.115).margin(0.001));
  CHECK(known_places[cn] - in_cn.value == Approx(-0.060).margin(0.001));

  const Observed six_years = observed("stay_six_years_cn_us");
  const double stay = predicted_stay(params, tastes, 6);
  CHECK(stay == Approx(0.905).margin(0.001));
  CHECK(stay > six_years.low);
  CHECK(stay < six_years.high);
}
