#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/text.hpp"
#include "sim/input/scenario_sections.hpp"
#include "sim/input/scenario_settings.hpp"

namespace chokepoint {
namespace {

std::optional<double> half_width_in(const toml::node& node) {
  if (const auto* whole = node.as_integer()) return static_cast<double>(whole->get());
  if (const auto* number = node.as_floating_point()) return number->get();
  return std::nullopt;
}

bool check_half_width(const std::string& metric, const std::optional<double>& half_width,
                      const SourcePosition& where, Problems& problems) {
  if (half_width && std::isfinite(*half_width) && *half_width > 0.0) return true;
  problems.add("E081", where,
               fmt::format("the precision of '{}' must be a number above 0 (half the width of the 95 % "
                           "interval of its mean effect, in the metric's unit)",
                           metric));
  return false;
}

/// Metrics that compare with the reference arm.
std::vector<std::string> comparing_metrics(const Scenario& scenario) {
  std::vector<std::string> ids;
  for (const Metric& metric : scenario.metrics) {
    if (metric.expression.form != MetricExpression::Form::level) ids.push_back(metric.id);
  }
  return ids;
}

}  // namespace

void read_precision(TomlTable& run, Scenario& scenario, Problems& problems) {
  long long most = 0;
  if (run.read("max_replicates", most, Presence::optional)) {
    if (most >= 1 && most <= most_replicates) {
      scenario.max_replicates = static_cast<int>(most);
    } else {
      problems.add(
          "E032", run.position("max_replicates"),
          fmt::format("'max_replicates' = {} is out of range (from 1 to {})", most, most_replicates));
    }
  }
  const toml::table* goals = run.table("precision", Presence::optional);
  if (goals == nullptr) return;
  for (const TomlEntry& entry : entries_in_file_order(*goals, scenario.layers)) {
    const auto half_width = half_width_in(*entry.value);
    if (!check_half_width(entry.key, half_width, entry.where, problems)) continue;
    scenario.precision.push_back({entry.key, *half_width, entry.where});
  }
}

std::vector<PrecisionGoal> typed_precision(const std::vector<std::string>& texts, Problems& problems) {
  std::vector<PrecisionGoal> goals;
  const SourcePosition where{"--precision", 0, 0};
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    const std::string metric = trim(text.substr(0, equals));
    if (equals == std::string::npos || metric.empty()) {
      problems.add("E081", where, fmt::format("'{}' asks for nothing (write METRIC=HALF_WIDTH)", text));
      continue;
    }
    const auto half_width = parse_number(trim(text.substr(equals + 1)));
    if (!check_half_width(metric, half_width, where, problems)) continue;
    const bool twice = std::any_of(goals.begin(), goals.end(),
                                   [&](const PrecisionGoal& goal) { return goal.metric == metric; });
    if (twice) problems.add("E036", where, fmt::format("'{}' is given twice on the command line", metric));
    if (!twice) goals.push_back({metric, *half_width, where});
  }
  return goals;
}

void check_precision(const Scenario& scenario, Problems& problems) {
  const SourcePosition run{scenario.path, 0, 0};
  const std::vector<std::string> known = comparing_metrics(scenario);
  for (const PrecisionGoal& goal : scenario.precision) {
    if (scenario.arms.size() > 1 && std::find(known.begin(), known.end(), goal.metric) != known.end())
      continue;
    problems.add("E080", goal.where,
                 fmt::format("a precision is asked of '{}' (no metric of this scenario that compares an arm "
                             "with the reference){}",
                             goal.metric, suggestion(goal.metric, known)));
  }
  if (scenario.max_replicates == 0) return;
  if (scenario.precision.empty()) {
    problems.add("E082", run,
                 "run.max_replicates limits nothing (no precision is asked for) add precision, or drop it");
  } else if (scenario.replicate_limit() < scenario.first_round()) {
    problems.add("E082", run,
                 fmt::format("run.max_replicates = {} is below the {} replicates that come before the first "
                             "look at the precision (run.replicates, at least {}) allow more",
                             scenario.max_replicates, scenario.first_round(), least_for_precision));
  }
}

std::size_t Scenario::first_round() const {
  return static_cast<std::size_t>(precision.empty() ? replicates : std::max(replicates, least_for_precision));
}

std::size_t Scenario::replicate_limit() const {
  if (precision.empty()) return first_round();
  return max_replicates > 0 ? static_cast<std::size_t>(max_replicates) : 10 * first_round();
}

}  // namespace chokepoint
