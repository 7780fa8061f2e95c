#include "sim/study/checks.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/check.hpp"
#include "sim/output/summary.hpp"

namespace chokepoint {
namespace {

std::size_t metric_of(const Study& study, const Check& check) {
  const auto at = std::find_if(study.measured.begin(), study.measured.end(), [&](const BoundMetric& bound) {
    return check.written_out ? bound.metric == &*check.written_out
                             : bound.metric->id == check.expected.metric;
  });
  CHOKEPOINT_EXPECT(at != study.measured.end());
  return static_cast<std::size_t>(at - study.measured.begin());
}

std::size_t arm_of(const Study& study, const Check& check) {
  const auto at = std::find_if(study.arms.begin(), study.arms.end(),
                               [&](const ArmPlan& arm) { return arm.id == check.expected.arm; });
  CHOKEPOINT_EXPECT(at != study.arms.end());
  return static_cast<std::size_t>(at - study.arms.begin());
}

double reduced(std::vector<double> values, CheckExpression::Reduce reduce) {
  using Reduce = CheckExpression::Reduce;
  switch (reduce) {
    case Reduce::maximum:
      return *std::max_element(values.begin(), values.end());
    case Reduce::minimum:
      return *std::min_element(values.begin(), values.end());
    case Reduce::mean:
      return summarise(values, {}).mean;
    case Reduce::median:
      return summarise(values, {0.5}).quantiles[0];
  }
  return 0.0;
}

}  // namespace

std::vector<CheckOutcome> evaluate_checks(const Study& study, const ExperimentResult& result) {
  std::vector<CheckOutcome> outcomes;
  for (const Check& check : study.scenario.checks) {
    const ArmResult& arm = result.arms[arm_of(study, check)];
    std::vector<double> values = arm.values[metric_of(study, check)];
    if (check.expected.of_size) {
      for (double& one : values) one = std::fabs(one);
    }
    const double value = reduced(std::move(values), check.expected.reduce);
    outcomes.push_back({&check, value, holds(check.expected, value)});
  }
  return outcomes;
}

bool any_failed(const std::vector<CheckOutcome>& outcomes) {
  return std::any_of(outcomes.begin(), outcomes.end(), [](const CheckOutcome& outcome) {
    return !outcome.passed && outcome.check->level == CheckLevel::error;
  });
}

void write_checks(const Study& study, const std::vector<CheckOutcome>& outcomes, const std::string& folder) {
  CsvWriter csv(folder + "/checks.csv", {"scenario", "check", "level", "expect", "value", "passed"});
  for (const CheckOutcome& outcome : outcomes) {
    const Check& check = *outcome.check;
    csv.text(study.scenario.id).text(check.id).text(name_of(check.level, check_level_names));
    csv.text(check.text).number(outcome.value).text(outcome.passed ? "true" : "false");
    csv.end_row();
  }
  csv.close();
}

}  // namespace chokepoint
