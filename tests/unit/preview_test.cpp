#include "sim/study/preview.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> one_effect{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

/// W123 of a study whose second arm has attention and news of value on GAMMA, at the arrivals given.
std::vector<std::string> faint_news(double change, const Arrival& news, const Arrival& notice) {
  const auto study = model_study(one_effect);
  Plan& plan = study->arms[1].plan;
  plan.values = {{news, gamma_line, change}, {notice, beta, 0.5}};
  plan.notices = {{notice, gamma_line, "order", 1.0, 1.0, false}};
  Problems problems;
  preview(*study, problems);
  std::vector<std::string> found;
  for (const auto& warning : problems.warnings()) {
    if (warning.find("W123") != std::string::npos) found.push_back(warning);
  }
  return found;
}

}  // namespace

TEST_CASE("preview: the sign of news near zero is a warning that names line, event and number",
          "[unit][preview]") {
  const Arrival noon{3, Session::a, 2};
  const auto found = faint_news(-0.0009, noon, noon);
  REQUIRE(found.size() == 1);
  CHECK_THAT(found.front(), Catch::Contains("'order'") && Catch::Contains("GAMMA -0.0009"));
  CHECK(faint_news(0.0009, {3, Session::a, 0}, noon).size() == 1);
  CHECK(faint_news(0.001, noon, noon).empty());
  CHECK(faint_news(-0.001, noon, noon).empty());
  CHECK(faint_news(0.0, noon, noon).empty());
  CHECK(faint_news(-0.0009, {3, Session::a, 3}, noon).empty());  // later on the day: not known yet
  CHECK(faint_news(-0.0009, {2, Session::a, 0}, noon).empty());  // of the day before
}

TEST_CASE("preview: runs and disk space", "[unit][preview]") {
  Problems problems;
  const auto study = model_study(one_effect, 30);
  // 2 arms x 30 replicates x 7 rows x 8 bytes for each series
  CHECK(disk_space(*study) == 2 * 30 * 7 * 8 * study->series.size());
  const std::string text = preview(*study, problems);
  CHECK_THAT(text, Catch::Contains("2 x 30 replicates = 60 runs"));
  CHECK_THAT(text, Catch::Contains("160 more, each with a channel off"));  // 2 arms x 4 channels x 20
  CHECK_THAT(text, Catch::Contains("needs about 1 MB on disk while it runs"));
  CHECK_THAT(preview(*model_study({}, 30), problems), !Catch::Contains("channel off"));
}
