#include <catch2/catch.hpp>

#include "sim/study/study.hpp"
#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

/// Complaints about a scenario that ends on a day.
std::vector<std::string> complaints(const std::string& scenario, const std::string& end,
                                    std::unique_ptr<Study>* kept = nullptr) {
  Problems problems;
  Scenario read = read_scenario(CHOKEPOINT_SOURCE_DIR "/scenarios/" + scenario,
                                {{"time.end=" + end, "run.replicates=1"}, "", ""}, problems);
  REQUIRE_FALSE(problems.any());
  read.data_dir = CHOKEPOINT_SOURCE_DIR "/data";
  read.calibration_dir.clear();
  read.observed_path.clear();  // tests run from any folder
  auto study = prepare_study(std::move(read), problems);
  if (kept != nullptr) *kept = std::move(study);
  return problems.errors();
}

}  // namespace

TEST_CASE("horizon: without a market a run may go past the days whose closures are known",
          "[unit][horizon]") {
  std::unique_ptr<Study> study;
  CHECK(complaints("hk-enterprise-ban.toml", "2036-04-28", &study).empty());
  const auto& days = study->calendar->days();
  CHECK(days.back().date == make_date(2036, 4, 28));
  // From the first day that no venue knows to be closed, all weekdays count, Christmas too.
  REQUIRE(study->facts.calendar_until < make_date(2030, 1, 1));
  std::size_t at = study->calendar->first_day_from(make_date(2030, 1, 1));
  for (Date date = make_date(2030, 1, 1); date < make_date(2035, 1, 1); date = date + 1) {
    if (weekday(date) >= 5) continue;
    REQUIRE(days[at].date == date);
    ++at;
  }
}

TEST_CASE("horizon: known closures hold without a market too", "[unit][horizon]") {
  std::unique_ptr<Study> study;
  CHECK(complaints("hk-enterprise-ban.toml", "2027-04-16", &study).empty());
  for (const TradingDay& day : study->calendar->days()) CHECK(day.date != make_date(2027, 1, 1));
}

TEST_CASE("horizon: fifteen years are the longest run", "[unit][horizon]") {
  CHECK(complaints("hk-enterprise-ban.toml", "2041-04-25").empty());
  const auto errors = complaints("hk-enterprise-ban.toml", "2041-05-02");
  REQUIRE_FALSE(errors.empty());
  CHECK_THAT(errors[0], Catch::Contains("E055") && Catch::Contains("15 years"));
}

TEST_CASE("horizon: with a market closures must be known", "[unit][horizon]") {
  CHECK(complaints("glm52-access-ban.toml", "2027-06-30").empty());
  const auto errors = complaints("glm52-access-ban.toml", "2027-07-08");
  REQUIRE_FALSE(errors.empty());
  CHECK_THAT(errors[0], Catch::Contains("E055") && Catch::Contains("known only to 2027-06-30"));
}
