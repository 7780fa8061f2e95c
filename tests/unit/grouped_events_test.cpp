// Events that are declared together, as a package or a selection of firms, are one item: to parts of an
// effect, to chance and to the table of events.
#include <catch2/catch.hpp>

#include "sim/study/attribution.hpp"
#include "sim/study/attribution_text.hpp"
#include "sim/study/chance_events.hpp"
#include "sim/study/distinct_arms.hpp"
#include "sim/study/event_table.hpp"
#include "sim/study/preview.hpp"
#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

Event order_of(const std::string& id, const std::string& group, const std::string& actor, int day) {
  Event order = value_order();
  order.said.id = id;
  order.said.group = group;
  order.said.actor = actor;
  order.said.announced = to_instant(make_date(2026, 6, day), 72000, 0);
  return order;
}

/// Arms `none` and `order`, which has these events.
std::unique_ptr<Study> study_with(const std::vector<Event>& events, int replicates = 3) {
  auto study = model_study({"effect(market_cap[line=GAMMA], at=2026-06-22)"}, replicates);
  Scenario& scenario = study->scenario;
  scenario.events = events;
  scenario.arms[0].exclude.clear();
  for (const Event& event : events) scenario.arms[0].exclude.push_back(event.said.declared());
  for (std::size_t a = 0; a < study->arms.size(); ++a) {
    ArmPlan& arm = study->arms[a];
    arm.events = scenario.events_of(scenario.arms[a]);
    arm.plan = make_plan(study->facts, scenario.parameters, *study->calendar, arm.events);
  }
  return study;
}

std::vector<EffectSplit> splits_of(const Study& study) {
  return attributions_of(study, run_experiment(experiment_of(study)), 1, [] {});
}

}  // namespace

TEST_CASE("grouped events: a part takes its package and its selection with all members",
          "[unit][attribution][grouped]") {
  const auto study = study_with({order_of("pack.1", "pack", "regulator:us-bis", 16),
                                 order_of("pack.2", "pack", "regulator:us-bis", 17),
                                 order_of("banks.us-lab", "banks", "firm:us-lab", 18)});
  study->scenario.decomposition = Decomposition{"order", {{"pack", {"pack"}}, {"banks", {"banks"}}}, {}};
  CHECK(coalition_content(*study, 0).events.empty());
  CHECK(coalition_content(*study, 1).events.size() == 2);
  CHECK(coalition_content(*study, 2).events.size() == 1);
  const std::vector<EffectSplit> splits = splits_of(*study);
  REQUIRE(splits.size() == 1);
  CHECK_FALSE(splits[0].has_rest);
  CHECK(splits[0].rest.mean == 0.0);
  CHECK(splits[0].total.mean > 0.0);
  CHECK(splits[0].parts[0].shapley.mean != 0.0);
  const std::vector<std::string> caveats = shared_session_caveats(*study);
  CHECK(caveats.empty());
}

TEST_CASE("grouped events: parts without effect leave what is in no part to be told",
          "[unit][attribution][grouped]") {
  const auto study = study_with({order_of("early", "", "regulator:us-bis", 17)});
  Event late = order_of("late", "", "regulator:us-bis", 30);  // after the end
  study->scenario.events.push_back(late);
  study->scenario.arms[0].exclude.push_back("late");
  study->scenario.decomposition = Decomposition{"order", {{"late", {"late"}}}, {}};
  const std::vector<EffectSplit> splits = splits_of(*study);
  REQUIRE(splits[0].has_rest);
  const std::string sentence = attribution_sentence(*study, splits[0]);
  CHECK_THAT(sentence, Catch::Contains("no part of 'order' has any effect; a further +") &&
                           Catch::EndsWith("comes from what is in no part."));
}

TEST_CASE("grouped events: rules that differ in a measure alone are two", "[unit][attribution][grouped]") {
  Rule rule;
  rule.id = "watch";
  rule.measures = {value_order()};
  Rule other = rule;
  CHECK(same_rule(rule, other));
  other.measures[0].instrument = Reversal{"order"};
  CHECK_FALSE(same_rule(rule, other));
  other = rule;
  other.id = "other";
  CHECK_FALSE(same_rule(rule, other));
}

namespace {

/// Two firms of a selection that each act with this chance from 16 June on.
std::vector<Event> banks(const Chance& chance) {
  std::vector<Event> events{order_of("banks.alpha", "banks", "firm:alpha", 16),
                            order_of("banks.beta", "banks", "firm:beta", 16)};
  for (Event& event : events) event.said.chance = chance;
  return events;
}

/// An order that happens in two of five replicates, and its dated end.
std::vector<Event> order_and_end() {
  Event order = order_of("order", "", "regulator:us-bis", 16);
  order.said.chance.probability = 0.4;
  Event end = order_of("end", "", "regulator:us-bis", 18);
  end.instrument = Reversal{"order"};
  return {order, end};
}

std::vector<ItemRecord> records_of(const Study& study, const ExperimentResult& result) {
  return item_records(study, result, prove_effects(study, 1, [] {}));
}

const ItemRecord& record_of(const std::vector<ItemRecord>& records, const std::string& item) {
  for (const ItemRecord& record : records) {
    if (record.arm == 1 && record.item == item) return record;
  }
  FAIL("no record of " + item);
  return records.front();
}

}  // namespace

TEST_CASE("grouped events: a selection happens when the first of its firms acts",
          "[unit][event_table][grouped]") {
  for (const Chance& chance : {Chance{0.3, {}}, Chance{1, 0.2}}) {
    const auto study = study_with(banks(chance), 40);
    study->scenario.probes = 40;
    const ExperimentResult result = run_experiment(experiment_of(*study));
    const auto records = records_of(*study, result);
    const ItemRecord& record = record_of(records, "banks");
    CHECK_NOTHROW(check_no_early_effect(*study, records));
    std::size_t fired = 0, single = 0;
    for (std::size_t r = 0; r < 40; ++r) {
      const auto events = experiment_of(*study).draw(r)[1].events;
      fired += events.empty() ? 0 : 1;
      single += events.size() == 1 ? 1 : 0;
      CHECK(record.occurrences.days[r].size() == (events.empty() ? 0 : 1));
    }
    CHECK(single > 0);
    CHECK(record.replicates_fired() == fired);
    CHECK(record.effect.changed == fired);  // each of them changes prices
  }
}

TEST_CASE("grouped events: the chance of a selection is that any of its firms acts",
          "[unit][preview][grouped]") {
  const Date last = make_date(2026, 6, 22);
  CHECK(chance_of_item(banks({0.3, {}}), "banks", last) == Approx(1.0 - 0.7 * 0.7));
  std::vector<Event> package = banks({0.3, {}});
  for (Event& event : package) event.said.actor = "regulator:us-bis";
  CHECK(chance_of_item(package, "banks", last) == 0.3);
  CHECK(chance_of_item(package, "none", last) == 0.0);
  const auto study = study_with(banks({0.3, {}}), 9);  // of which 4.6 have one, 2.7 a certain firm's
  Problems problems;
  CHECK_THAT(preview(*study, problems), Catch::Contains("51 % of replicates"));
  for (const std::string& warning : problems.warnings()) CHECK_THAT(warning, !Catch::Contains("W127"));
}

TEST_CASE("grouped events: what ends a measure that is left to chance is left to chance",
          "[unit][event_table][grouped]") {
  const auto study = study_with(order_and_end(), 12);
  CHECK_FALSE(left_to_chance(study->scenario.events[1], {}));
  const ExperimentResult result = run_experiment(experiment_of(*study));
  const auto records = records_of(*study, result);
  const ItemRecord& end = record_of(records, "end");
  CHECK(end.left_to_chance);
  CHECK(end.replicates_fired() == record_of(records, "order").replicates_fired());
  CHECK(end.replicates_fired() > 0);
  CHECK(end.replicates_fired() < 12);
}

TEST_CASE("grouped events: what did not happen where it was looked at is not said to change nothing",
          "[unit][event_table][grouped]") {
  const auto study = study_with(order_and_end(), 12);
  study->scenario.probes = 1;
  while (!experiment_of(*study).draw(0)[1].events.empty()) ++study->scenario.seed;
  const ExperimentResult result = run_experiment(experiment_of(*study));
  const auto records = records_of(*study, result);
  REQUIRE(record_of(records, "end").replicates_fired() > 0);
  CHECK(record_of(records, "end").effect.changed == 0);
  CHECK(record_of(records, "end").reason == "did not happen in the one replicate looked at");
  Problems problems;
  warn_of_no_effect(*study, records, problems);
  CHECK(problems.warnings().empty());
}

TEST_CASE("grouped events: arms that a reversal of what may not happen tells apart are no fault",
          "[unit][distinct_arms][grouped]") {
  const auto study = study_with(order_and_end());
  study->scenario.arms[0].exclude = {"end"};
  ExperimentResult result;
  result.arms.resize(2);
  for (ArmResult& arm : result.arms) arm.digests = {{1, 0}};
  Problems problems;
  check_arms_differ(*study, result, problems);
  CHECK_FALSE(problems.any());
  REQUIRE(problems.warnings().size() == 1);
  CHECK_THAT(problems.warnings()[0], Catch::Contains("W139") && Catch::Contains("'end'"));
}
