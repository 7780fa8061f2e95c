#include "sim/study/event_table.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <set>

#include "sim/study/arm_variants.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::string header =
    "scenario,arm,item_id,kind,status,replicates_fired,n,first_fired,times,targets,first_divergence,"
    "max_change,max_change_variable,max_change_unit,replicates_changed,probes,nearest_approach,reason,"
    "source\n";

std::unique_ptr<Study> study_of(std::size_t replicates = 3) {
  return model_study({"effect(market_cap[line=GAMMA], at=2026-06-19)"}, static_cast<int>(replicates));
}

ExperimentResult results_of(const Study& study) {
  ExperimentResult result;
  result.arms.resize(study.arms.size());
  for (ArmResult& arm : result.arms) arm.digests.resize(static_cast<std::size_t>(study.scenario.replicates));
  return result;
}

/// The series "market_cap" of line GAMMA.
std::size_t gamma_cap(const Study& study) { return study.metrics[0].series.front(); }

ItemEffect seen(const Study& study) {
  ItemEffect effect{1, "order", 2, 2, 4, gamma_cap(study), 0.1, -0.25};
  return effect;
}

/// The study with its order as it is now, planned again.
void plan_anew(Study& study) {
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    study.arms[a].plan = make_plan(study.facts, study.scenario.parameters, *study.calendar,
                                   study.scenario.events_of(study.scenario.arms[a]));
  }
}

/// The study with rule `watch` in arm `order`.
std::unique_ptr<Study> watched_study(std::size_t replicates) {
  auto study = study_of(replicates);
  Rule rule;
  rule.id = "watch";
  rule.doc = "looks on";
  study->scenario.rules = {rule};
  study->scenario.arms[0].exclude.push_back("watch");
  return study;
}

NearestApproach approach(const std::string& rule, double distance, double left, int day, double held = 0.0) {
  return {rule, distance, make_date(2026, 6, day), "ai_access[region=HK] < 0.60", left, 0.6, held, false};
}

Firing firing(const std::string& rule, std::size_t day, std::size_t announced,
              std::size_t without_target = 0) {
  Firing one;
  one.rule = rule;
  one.day = day;
  one.announced = announced;
  one.without_target = without_target;
  return one;
}

/// Lines of a table, without its header.
std::string rows_of(const Study& study, const std::vector<ItemRecord>& records) {
  const TemporaryFolder folder;
  write_events(study, records, folder.at("."));
  const std::string text = folder.read("events.csv");
  REQUIRE(text.starts_with(header));
  return text.substr(header.size());
}

/// [replicate] days on which the plans of arm `order` bring its event, as runs are given them.
std::vector<std::vector<std::size_t>> planned(const Study& study, std::size_t replicates) {
  std::vector<std::vector<std::size_t>> days(replicates);
  for (std::size_t r = 0; r < replicates; ++r) {
    const ArmPlan arm = arms_of(study, contents_of(study), r)[1];
    for (const EventTrace& trace : arm.plan.traces) {
      if (trace.first_day < study.calendar->days().size()) days[r].push_back(trace.first_day);
    }
  }
  return days;
}

}  // namespace

TEST_CASE("event table: a row for each arm and event", "[unit][event_table]") {
  const auto study = study_of();
  const auto records = item_records(*study, results_of(*study), {seen(*study)});
  REQUIRE(records.size() == 2);
  const TemporaryFolder folder;
  write_events(*study, records, folder.at("."));
  CHECK(folder.read("events.csv") ==
        header + "model,none,order,model_access_order,excluded,0,3,,0,0,,,,,0,0,,,a test\n" +
            "model,order,order,model_access_order,fired,3,3,2026-06-18,1,1,2026-06-18,-0.25,"
            "market_cap[line=GAMMA],bn USD,2,2,,,a test\n");
}

TEST_CASE("event table: an event without effect says so and is warned of", "[unit][event_table]") {
  const auto study = study_of();
  study->scenario.events[0].said.where = {"model.toml", 5, 1};
  ItemEffect none;
  none.arm = 1;
  none.item = "order";
  none.probes = 3;
  const auto records = item_records(*study, results_of(*study), {none});
  CHECK(records[1].status == ItemStatus::fired_no_effect);
  CHECK(records[1].reason == "all that is recorded is the same without it in the 3 replicates looked at");
  Problems problems;
  warn_of_no_effect(*study, records, problems);
  CHECK(
      problems.warnings() ==
      std::vector<std::string>{"warning[W138]: 'order' changes nothing in arm 'order' (all that is recorded "
                               "is the same, to the bit, without it in the 3 replicates looked at) drop it "
                               "there, or see what the arm's other events leave it to do\n"
                               "  --> model.toml:5:1"});
  Problems none_found;
  warn_of_no_effect(*study, item_records(*study, results_of(*study), {seen(*study)}), none_found);
  CHECK(none_found.warnings().empty());
}

TEST_CASE("event table: what differs before it happens is a defect", "[unit][event_table]") {
  const auto study = study_of();
  ItemEffect effect = seen(*study);  // row 4 is Thursday 18 June, when the order is heard of
  CHECK_NOTHROW(check_no_early_effect(*study, item_records(*study, results_of(*study), {effect})));
  effect.first_row = 3;
  CHECK_THROWS_WITH(check_no_early_effect(*study, item_records(*study, results_of(*study), {effect})),
                    "arm 'order' differs from itself without 'order' on 2026-06-17, and that happens on "
                    "2026-06-18");
  study->scenario.events[0].said.announced = to_instant(make_date(2026, 7, 20), 72000, 0);
  plan_anew(*study);
  CHECK_THROWS_WITH(check_no_early_effect(*study, item_records(*study, results_of(*study), {effect})),
                    Catch::EndsWith("and that happens never"));
}

TEST_CASE("event table: after the end nothing fires", "[unit][event_table]") {
  const auto study = study_of();
  study->scenario.events[0].said.announced = to_instant(make_date(2026, 7, 20), 72000, 0);
  plan_anew(*study);
  const auto records = item_records(*study, results_of(*study), {});
  CHECK(records[0].status == ItemStatus::excluded);
  CHECK(records[1].status == ItemStatus::not_fired);
  CHECK(records[1].reason == "comes after the end");
  CHECK(records[1].replicates_fired() == 0);
  CHECK_FALSE(records[1].first_day());
}

TEST_CASE("event table: an event that touches nobody has no target", "[unit][event_table]") {
  const auto study = study_of();
  study->facts.exposures.clear();
  plan_anew(*study);
  const auto records = item_records(*study, results_of(*study), {});
  CHECK(records[1].status == ItemStatus::fired_no_target);
  CHECK(records[1].replicates_fired() == 3);
  CHECK(records[1].targets == 0);
  Problems problems;
  warn_of_no_effect(*study, records, problems);
  CHECK(problems.warnings().empty());  // W120 says it before the run
}

TEST_CASE("event table: a rule that never fired says so", "[unit][event_table]") {
  const auto study = watched_study(3);
  const auto records = item_records(*study, results_of(*study), {});
  REQUIRE(records.size() == 4);
  CHECK(
      rows_of(*study, {records[1], records[3]}) ==
      "model,none,watch,rule,excluded,0,3,,0,0,,,,,0,0,,,looks on\n"
      "model,order,watch,rule,not_fired,0,3,,0,0,,,,,0,0,,its condition did not hold long enough,looks on\n");
}

TEST_CASE("event table: a rule that never fired says how close it came, in the replicate nearest to it",
          "[unit][event_table]") {
  const auto study = watched_study(4);
  ExperimentResult result = results_of(*study);
  NearestApproach triggered = approach("watch", 0.0, 0.5, 15);
  triggered.triggered = true;
  NearestApproach never_near = approach("watch", 0.0, 0.0, 16);
  never_near.comparison.clear();
  result.arms[1].nearest = {{approach("other", 0.01, 0.61, 15), approach("watch", 0.2, 0.8, 16)},
                            {approach("watch", 0.04, 0.64, 17, 2.0)},
                            {triggered},
                            {never_near}};
  const std::string expected =
      "model,order,watch,rule,not_fired,0,4,,0,0,,,,,0,0,"
      "\"closest 0.64 on 2026-06-17, threshold 0.6 (ai_access[region=HK] < 0.60){}\","
      "its condition did not hold long enough,looks on\n";
  CHECK(rows_of(*study, {item_records(*study, result, {})[3]}) ==
        fmt::format(fmt::runtime(expected), "; held for 2 days at most"));
  result.arms[1].nearest[1][0].longest_hold_days = 0.0;
  CHECK(rows_of(*study, {item_records(*study, result, {})[3]}) == fmt::format(fmt::runtime(expected), ""));
}

TEST_CASE("event table: a rule that fired: when, how often, how many measures, to what effect",
          "[unit][event_table]") {
  const auto study = watched_study(4);
  ExperimentResult result = results_of(*study);
  Firing end = firing("watch", 3, 9);
  end.ends = true;
  result.arms[1].firings = {{firing("other", 0, 7), firing("watch", 2, 3, 1), end, firing("watch", 4, 1)},
                            {},
                            {firing("watch", 3, 1)},
                            {firing("other", 1, 7)}};
  ItemEffect effect = seen(*study);
  effect.item = "watch";
  const auto records = item_records(*study, result, {seen(*study), effect});
  CHECK(records[3].occurrences.days == std::vector<std::vector<std::size_t>>{{2, 4}, {}, {3}, {}});
  CHECK(rows_of(*study, {records[3]}) ==
        "model,order,watch,rule,fired,2,4,2026-06-17,0.75,2,2026-06-18,-0.25,market_cap[line=GAMMA],bn USD,"
        "2,2,,,looks on\n");
  const TemporaryFolder folder;
  write_firings(*study, records, folder.at("."));
  CHECK(folder.read("firings.csv") ==
        "scenario,arm,item_id,replicate,date\n"
        "model,order,watch,r0000,2026-06-17\n"
        "model,order,watch,r0000,2026-06-19\n"
        "model,order,watch,r0002,2026-06-18\n");
}

TEST_CASE("event table: a rule whose measures had nothing to act on has no target", "[unit][event_table]") {
  const auto study = watched_study(1);
  ExperimentResult result = results_of(*study);
  result.arms[1].firings = {{firing("watch", 2, 1, 1)}};
  CHECK(rows_of(*study, {item_records(*study, result, {})[3]}) ==
        "model,order,watch,rule,fired_no_target,1,1,2026-06-17,1,0,,,,,0,0,,"
        "\"touches no line and changes no law, list or model before the end\",looks on\n");
}

TEST_CASE("event table: an event that is left to chance happens where runs are told of it",
          "[unit][event_table]") {
  const auto study = study_of(20);
  Chance& chance = study->scenario.events[0].said.chance;
  SECTION("on its date or not at all") {
    chance.probability = 0.5;
    const auto days = planned(*study, 20);
    const auto happens = std::count(days.begin(), days.end(), std::vector<std::size_t>{3});
    CHECK(happens > 4);
    CHECK(happens < 16);
    const ItemRecord record = item_records(*study, results_of(*study), {seen(*study)})[1];
    CHECK(record.occurrences.days == days);
    CHECK(rows_of(*study, {record}) ==
          fmt::format("model,order,order,model_access_order,fired,{},20,2026-06-18,{},1,2026-06-18,-0.25,"
                      "market_cap[line=GAMMA],bn USD,2,2,,,a test\n",
                      happens, static_cast<double>(happens) / 20));
  }
  SECTION("on a day that is open") {
    chance.hazard_per_day = 0.5;
    const auto days = planned(*study, 20);
    CHECK(std::set(days.begin(), days.end()).size() == 3);  // Thursday, Friday, or after the end
    const ItemRecord record = item_records(*study, results_of(*study), {seen(*study)})[1];
    CHECK(record.occurrences.days == days);
  }
  SECTION("in no replicate") {
    chance.probability = 0.0;
    CHECK(rows_of(*study, {item_records(*study, results_of(*study), {})[1]}) ==
          "model,order,order,model_access_order,not_fired,0,20,,0,1,,,,,0,0,,was drawn in no replicate,a "
          "test\n");
  }
}

TEST_CASE("event table: firings of what is left to chance, by replicate", "[unit][event_table]") {
  const auto study = study_of();
  ItemRecord record;
  record.arm = 1;
  record.item = "watch";
  record.left_to_chance = true;
  record.occurrences.days = {{}, {2, 4}, {1}, {}};
  CHECK(record.replicates_fired() == 2);
  CHECK(record.first_day() == 1U);
  CHECK(record.mean_times() == 0.75);
  const TemporaryFolder folder;
  write_firings(*study, {record}, folder.at("."));
  CHECK(folder.read("firings.csv") ==
        "scenario,arm,item_id,replicate,date\n"
        "model,order,watch,r0001,2026-06-17\n"
        "model,order,watch,r0001,2026-06-19\n"
        "model,order,watch,r0002,2026-06-16\n");
}

TEST_CASE("event table: without chance or without firings there is no file of firings",
          "[unit][event_table]") {
  const auto study = study_of();
  ItemRecord dated;
  dated.occurrences.days = {{1}};
  ItemRecord unfired;
  unfired.left_to_chance = true;
  unfired.occurrences.days = {{}};
  const TemporaryFolder folder;
  write_firings(*study, {dated, unfired}, folder.at("."));
  CHECK_FALSE(std::filesystem::exists(folder.at("firings.csv")));
}

TEST_CASE("event table: a series is named by as few keys as select it alone", "[unit][event_table]") {
  const auto series = [](const char* variable, const std::vector<std::pair<std::string, std::string>>& keys) {
    Series one;
    one.variable = variable;
    one.selectors = keys;
    return one;
  };
  const std::vector<Series> list{series("cap", {{"firm", "a"}, {"region", "US"}}),
                                 series("cap", {{"firm", "b"}, {"region", "US"}}),
                                 series("flow", {{"from", "US"}, {"to", "CN"}}),
                                 series("flow", {{"from", "US"}, {"to", "HK"}}), series("index", {})};
  CHECK(name_of_series(list, 0) == "cap[firm=a]");
  CHECK(name_of_series(list, 3) == "flow[from=US, to=HK]");
  CHECK(name_of_series(list, 4) == "index");
}
