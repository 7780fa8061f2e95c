#include "sim/study/preview.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> one_effect{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

std::vector<std::string> warnings(const Study& study) {
  Problems problems;
  preview(study, problems);
  return problems.warnings();
}

using Messages = std::vector<std::string>;

/// The model study with a second event after the first, and both planned.
std::unique_ptr<Study> study_with(Event second, int replicates = 30) {
  auto study = model_study(one_effect, replicates);
  second.said.where = {"model.toml", 9, 3};
  study->scenario.events.push_back(std::move(second));
  for (std::size_t a = 0; a < study->arms.size(); ++a) {
    study->arms[a].plan = make_plan(study->facts, study->scenario.parameters, *study->calendar,
                                    study->scenario.events_of(study->scenario.arms[a]));
  }
  return study;
}

/// The order once more, under another id and announced at 20:00 UTC of a day of June 2026.
Event another(int day) {
  Event second = value_order();
  second.said.id = "second";
  second.said.announced = to_instant(make_date(2026, 6, day), 72000, 0);
  return second;
}

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

TEST_CASE("preview: a study in order is not warned of", "[unit][preview]") {
  CHECK(warnings(*model_study(one_effect, 30)) == Messages{});
  CHECK(warnings(*study_with(another(16))) == Messages{});
}

TEST_CASE("preview: events that share a reaction day", "[unit][preview]") {
  const std::string shared =
      "warning[W107]: 'order' and 'second' share a reaction day in US, CN, HK, ROW (a before/after "
      "comparison of prices cannot separate them); {}\n  --> model.toml:9:3";
  const auto study = study_with(another(17));
  CHECK(warnings(*study) ==
        Messages{fmt::format(fmt::runtime(shared), "arms with only one of them: 'none'")});
  study->scenario.arms[0].exclude.push_back("second");
  CHECK(warnings(*study) == Messages{fmt::format(fmt::runtime(shared), "no arm has only one of them")});
}

TEST_CASE("preview: law that never holds within the run", "[unit][preview]") {
  Event late = another(16);
  late.said.effective = make_date(2026, 6, 22);  // the last day is Monday 22 June
  CHECK(warnings(*study_with(late)) == Messages{});
  late.said.effective = make_date(2026, 6, 23);
  CHECK(warnings(*study_with(late)) ==
        Messages{"warning[W126]: event 'second' takes hold on 2026-06-23, after the end of the run on "
                 "2026-06-22 (only what is said of it acts) set time.end later\n  --> model.toml:9:3"});
}

TEST_CASE("preview: an event that hardly any replicate has", "[unit][preview]") {
  Event rare = another(16);
  rare.said.chance.probability = 0.1;
  CHECK(warnings(*study_with(rare, 50)) == Messages{});  // in five
  CHECK(
      warnings(*study_with(rare, 49)) ==
      Messages{"warning[W127]: event 'second' happens in about 4.9 of 49 replicates (too few to say what it "
               "does) run more replicates\n  --> model.toml:9:3"});
  rare.said.chance.probability = 0.5;
  auto study = study_with(rare, 4);
  CHECK(warnings(*study) == Messages{});  // in every second one
  rare.said.chance.probability = 0.01;    // in one arm only
  study->scenario.arms.back().replaced_events.push_back(rare);
  const Messages found = warnings(*study);
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0],
             Catch::StartsWith("warning[W127]: event 'second in '" + study->scenario.arms.back().id +
                               "'' happens in about 0.04 of 4 replicates"));
}

TEST_CASE("preview: a rule that is in no arm", "[unit][preview]") {
  const auto study = model_study(one_effect, 30);
  Rule rule;
  rule.id = "watch";
  rule.where = {"model.toml", 12, 1};
  study->scenario.rules = {rule};
  study->scenario.arms[0].exclude.push_back("watch");
  CHECK(warnings(*study) == Messages{});
  study->scenario.arms[1].exclude.push_back("watch");
  CHECK(warnings(*study) ==
        Messages{"warning[W130]: rule 'watch' is excluded from every arm\n  --> model.toml:12:1"});
}

TEST_CASE("preview: an event that is in no arm", "[unit][preview]") {
  const auto study = model_study(one_effect, 30);
  study->scenario.events.push_back(another(16));  // planned in neither
  study->scenario.events[1].said.where = {"model.toml", 9, 3};
  for (Arm& arm : study->scenario.arms) arm.exclude.push_back("second");
  CHECK(warnings(*study) ==
        Messages{"warning[W121]: event 'second' is excluded from every arm\n  --> model.toml:9:3"});
}

TEST_CASE("preview: a start long before the first event", "[unit][preview]") {
  const auto study = model_study(one_effect, 30);
  study->scenario.events[0].said.announced = to_instant(make_date(2026, 6, 18), 72000, 0);
  CHECK(warnings(*study) == Messages{"warning[W110]: 4 sessions lie between time.as_of and the first event "
                                     "(set as_of to the last close before it)\n  --> model.toml"});
}
