// What two scenarios mean differently.
#include "sim/input/scenario_difference.hpp"

#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// Differences of a scenario that replaces lines of the small one, from the small one itself: one line each.
Messages changed(const std::map<std::size_t, std::string>& replaced, const std::string& more = "",
                 const std::string& more_before = "") {
  const ScenarioReading first = read_text(small_with({}, more_before));
  const ScenarioReading second = read_text(small_with(replaced, more));
  REQUIRE(first.errors == Messages{});
  REQUIRE(second.errors == Messages{});
  Messages lines;
  for (const Difference& one : differences(first.scenario, second.scenario)) {
    lines.push_back(one.section + " | " + one.item + " | " + one.before + " | " + one.after + " | " +
                    one.unit + (one.words ? " | words" : ""));
  }
  return lines;
}

}  // namespace

TEST_CASE("scenario difference: the way of writing makes none", "[unit][scenario_difference]") {
  CHECK(changed({}).empty());
  CHECK(changed({{16, "announced = 2026-06-12T21:21:00Z"}}).empty());  // the same moment
  CHECK(changed({}, "[set]\n\"enterprise.review_latency\" = \"10 d\"\n",
                "[set]\nenterprise.review_latency = 10\n")
            .empty());
  CHECK(changed({}, "[set]\n\"attention.notice\" = 0.35\n").empty());  // its default
}

TEST_CASE("scenario difference: parameters with their units", "[unit][scenario_difference]") {
  CHECK(changed({}, "[set]\n\"attention.notice\" = \"50 %\"\n") ==
        Messages{"parameters | attention.notice | 0.35 | 0.5 | probability"});
  CHECK(changed({}, "[set]\n\"attention.notice\" = 0.35000000001\n") ==
        Messages{"parameters | attention.notice | 0.35 | 0.35000000001 | probability"});
}

TEST_CASE("scenario difference: money in other currencies", "[unit][scenario_difference]") {
  const auto set = [](const std::string& loss) { return "[set]\n\"vendor.tail_loss\" = \"" + loss + "\"\n"; };
  const std::string stands = short_number(Parameters{}.vendors.tail_loss);
  CHECK(changed({}, set("3 bn HKD")) ==
        Messages{"parameters | vendor.tail_loss | " + stands + " bn USD | 3 bn HKD | "});
  CHECK(changed({}, set("3 bn HKD"), set("3 bn USD")) ==
        Messages{"parameters | vendor.tail_loss | 3 bn USD | 3 bn HKD | "});
  CHECK(changed({}, set("3000 mn HKD"), set("3 bn HKD")).empty());
}

TEST_CASE("scenario difference: drawn in one and set in the other is a difference",
          "[unit][scenario_difference]") {
  const std::map<std::size_t, std::string> drawn{{8, "dir = \"data\"\nstructural = \"priors.csv\""}};
  const ScenarioReading first = read_text(small_with(drawn));
  const ScenarioReading second = read_text(small_with(drawn, "[set]\n\"attention.notice\" = 0.35\n"));
  const auto found = differences(first.scenario, second.scenario);
  REQUIRE(found.size() == 1);
  CHECK(found[0].before == "0.35 (not set: drawn where there is a prior)");
  CHECK(found[0].after == "0.35");
}

TEST_CASE("scenario difference: events key by key, or as a whole", "[unit][scenario_difference]") {
  CHECK(changed({{20, "source = \"a test\"\nlevel = 0.5"}}) == Messages{"event | order.level | 1 | 0.5 | "});
  CHECK(changed({},
                "[[event]]\nid = \"late\"\nannounced = 2026-06-18T10:00:00Z\nactor = \"firm:zhipu\"\n"
                "instrument = \"placement_considered\"\nsource = \"x\"\n") ==
        Messages{"event | late |  | there | "});
}

TEST_CASE("scenario difference: arms, time and run", "[unit][scenario_difference]") {
  CHECK(changed({{6, "end = \"30 sessions\""}, {10, "seed = 2"}}) ==
        Messages{"time | end | 60 sessions | 30 sessions | ", "run | seed | 1 | 2 | "});
  CHECK(changed({{26, "set = { \"attention.notice\" = 0.1 }"}}) ==
        Messages{"arm | all.set.attention.notice |  | 0.1 | ", "arm | all.label | All | all |  | words"});
}

TEST_CASE("scenario difference: words are told apart and change no meaning", "[unit][scenario_difference]") {
  const ScenarioReading first = read_text(small_with({}));
  const ScenarioReading second = read_text(small_with({{3, "title = \"Another\""}}));
  const auto words = differences(first.scenario, second.scenario);
  REQUIRE(words.size() == 1);
  CHECK(words[0].words);
  CHECK_FALSE(differ_in_meaning(words));
  CHECK(difference_text(words) ==
        "words, which change no number\n  title: A small one -> Another\nno difference in meaning\n");
  CHECK(difference_text({}) == "no difference in meaning\n");
}

TEST_CASE("scenario difference: text by section, with signs for what only one has",
          "[unit][scenario_difference]") {
  CHECK(difference_text({{"parameters", "a.b", "1", "2", "days", false},
                         {"event", "late", "", "there", "", false},
                         {"parameters", "c", "1", "2", "-", false},
                         {"event", "early", "there", "", "", false},
                         {"event", "x.level", "", "0.5", "", false}}) ==
        "parameters\n  a.b: 1 -> 2 days\n  c: 1 -> 2\n"
        "event\n  + late\n  - early\n  + x.level = 0.5\n");
}
