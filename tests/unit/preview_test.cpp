#include "sim/study/preview.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> one_effect{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

}  // namespace

TEST_CASE("preview: runs and disk space", "[unit][preview]") {
  Problems problems;
  const auto study = model_study(one_effect, 30);
  // 2 arms x 30 replicates x 7 rows x 8 bytes for each series
  CHECK(disk_space(*study, 30) == 2 * 30 * 7 * 8 * study->series.size());
  const std::string text = preview(*study, problems);
  CHECK_THAT(text, Catch::Contains("2 x 30 replicates = 60 runs"));
  CHECK_THAT(text, Catch::Contains("160 more, each with a channel off"));  // 2 arms x 4 channels x 20
  CHECK_THAT(text, Catch::Contains("needs about 1 MB on disk while it runs"));
  CHECK_THAT(preview(*model_study({}, 30), problems), !Catch::Contains("channel off"));
}
