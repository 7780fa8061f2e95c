/// A study of the model market: two arms, one of them with an order that changes the value of GAMMA and
/// nothing else, noise on.
#pragma once

#include <memory>

#include "sim/study/study.hpp"
#include "tests/support/model_market.hpp"

namespace chokepoint {

/// GAMMA's firm would take what customers of a barred laboratory bring; nobody notices the order (its
/// attention class is none), so value is the only channel it acts through.
inline Facts value_news_facts() {
  Facts facts = model_facts();
  facts.firms.push_back({"us-lab", "Lab", Region::us, "lab", true, false, 300.0});
  facts.models = {{"fable", "us-lab", make_date(2026, 6, 9), false, false}};
  facts.exposures = {{"us-lab", Channel::target, "fable", 0.5}, {"gamma", Channel::vacated, "us-lab", 0.4}};
  return facts;
}

/// The order is announced on Wednesday 17 June 2026 at 20:00 UTC: Asia hears of it on Thursday, day 3.
inline Event value_order() {
  Event order;
  order.said.id = "order";
  order.said.actor = "regulator:us-bis";
  order.said.announced = to_instant(make_date(2026, 6, 17), 72000, 0);
  order.said.source = "a test";
  order.instrument = ModelAccessOrder{{"fable"}};
  return order;
}

/// A parameter set by the scenario or by an arm.
inline Setting setting(const std::string& name, double value, const SourcePosition& where = {}) {
  Setting one;
  one.name = name;
  one.value = value;
  one.where = where;
  return one;
}

/// Arms `none` (reference) and `order`; metrics in the order of `expressions`.
inline std::unique_ptr<Study> model_study(const std::vector<std::string>& expressions, int replicates = 2,
                                          std::size_t days = 6) {
  auto study = std::make_unique<Study>();
  Scenario& scenario = study->scenario;
  scenario.id = "model";
  scenario.path = "model.toml";
  scenario.seed = 3;
  scenario.replicates = replicates;
  scenario.parameters.population.investors = 300;
  scenario.events = {value_order()};
  scenario.arms.resize(2);
  scenario.arms[0].id = "none";
  scenario.arms[0].exclude = {"order"};
  scenario.arms[0].reference = true;
  scenario.arms[1].id = "order";
  study->facts = value_news_facts();
  scenario.as_of = study->facts.as_of;
  Problems problems;
  for (const std::string& text : expressions) {
    Metric metric;
    metric.id = "m" + std::to_string(scenario.metrics.size() + 1);
    metric.unit = "bn USD";
    metric.expression = parse_metric_expression(text, {}, problems);
    scenario.metrics.push_back(metric);
  }
  study->calendar = std::make_unique<Calendar>(
      make_calendar(study->facts, scenario.parameters.session, days, {}, scenario.events));
  study->series = make_series(study->facts);
  study->metrics = bind_metrics(scenario.metrics, study->series, *study->calendar, scenario.as_of, problems);
  problems.throw_if_any();
  for (const Arm& arm : scenario.arms) {
    study->arms.push_back(
        {arm.id, scenario.parameters,
         make_plan(study->facts, scenario.parameters, *study->calendar, scenario.events_of(arm)),
         scenario.events_of(arm), scenario.rules_of(arm)});
  }
  return study;
}

}  // namespace chokepoint
