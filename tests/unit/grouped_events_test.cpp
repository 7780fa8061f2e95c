// Events that are declared together, as a package or a selection of firms, are one item: to parts of an
// effect, to chance and to the table of events.
#include <catch2/catch.hpp>

#include "sim/study/attribution.hpp"
#include "sim/study/attribution_text.hpp"
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
