#include "sim/study/comparison_of_results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

const Metric* metric_of(const Scenario& scenario, const std::string& id) {
  for (const Metric& metric : scenario.metrics) {
    if (metric.id == id) return &metric;
  }
  return nullptr;
}

bool has_arm(const Scenario& scenario, const std::string& id) {
  return std::any_of(scenario.arms.begin(), scenario.arms.end(),
                     [&](const Arm& arm) { return arm.id == id; });
}

/// Collects what makes two folders incomparable.
class Refusals {
 public:
  Refusals(const StoredResults& first, const StoredResults& second) : first_(first), second_(second) {}

  void expect_equal(const std::string& what, const std::string& a, const std::string& b) {
    if (a == b) return;
    problems_.add("E095", {first_.folder + " and " + second_.folder, 0, 0},
                  fmt::format("{}: {} and {} (the difference would not be that of the scenarios) run one "
                              "of them again as the other",
                              what, a, b));
  }

  void expect_same_data() {
    std::map<std::string, std::string> all = first_.data;
    all.insert(second_.data.begin(), second_.data.end());
    for (const auto& [path, ignored] : all) {
      const auto a = first_.data.find(path);
      const auto b = second_.data.find(path);
      const auto hash = [](auto at, const auto& map) {
        return at == map.end() ? std::string("not used") : at->second.substr(0, 12);
      };
      expect_equal(fmt::format("data '{}'", path), hash(a, first_.data), hash(b, second_.data));
    }
  }

  /// What the scenarios say of `sections`, as they are resolved.
  void expect_same_sections(const std::vector<Difference>& found, const std::vector<std::string>& sections) {
    const auto shown = [](const std::string& text) { return text.empty() ? std::string("not set") : text; };
    for (const Difference& one : found) {
      if (std::find(sections.begin(), sections.end(), one.section) == sections.end()) continue;
      expect_equal(fmt::format("{}.{}", one.section, one.item), shown(one.before), shown(one.after));
    }
  }

  void expect_same_metrics() {
    for (const Metric& metric : first_.scenario.metrics) {
      const Metric* other = metric_of(second_.scenario, metric.id);
      if (other == nullptr) continue;
      expect_equal(fmt::format("metric '{}'", metric.id), metric.text + " [" + metric.unit + "]",
                   other->text + " [" + other->unit + "]");
    }
  }

  void throw_if_any() const {
    if (problems_.any()) throw Error(ExitCode::command_line, join(problems_.errors(), "\n"));
  }

 private:
  const StoredResults& first_;
  const StoredResults& second_;
  Problems problems_;
};

void check_comparable(const StoredResults& first, const StoredResults& second,
                      const std::vector<Difference>& found) {
  Refusals refusals(first, second);
  const auto reference = [](const StoredResults& one) {
    return one.scenario.arms[one.scenario.reference_arm()].id;
  };
  refusals.expect_equal("version of the program", first.version, second.version);
  refusals.expect_equal("seed", std::to_string(first.scenario.seed), std::to_string(second.scenario.seed));
  refusals.expect_same_sections(found, {"time", "data"});
  refusals.expect_equal("reference arm", reference(first), reference(second));
  refusals.expect_same_data();
  refusals.expect_same_metrics();
  refusals.throw_if_any();
}

ComparedMetric compared(const std::string& arm, const Metric& metric, std::vector<double> first,
                        std::vector<double> second) {
  const std::size_t n = std::min(first.size(), second.size());
  first.resize(n);
  second.resize(n);
  std::vector<double> difference(n);
  for (std::size_t r = 0; r < n; ++r) difference[r] = second[r] - first[r];
  const auto positive = std::count_if(difference.begin(), difference.end(), [](double x) { return x > 0.0; });
  ComparedMetric result{arm, &metric, {}, {}, {}, static_cast<double>(positive) / static_cast<double>(n)};
  result.first = summarise(first, {0.5});
  result.second = summarise(second, {0.5});
  result.difference = summarise(difference, {0.5});
  return result;
}

void note_what_one_lacks(const StoredResults& has, const StoredResults& lacks,
                         std::vector<std::string>& notes) {
  for (const Arm& arm : has.scenario.arms) {
    if (!has_arm(lacks.scenario, arm.id))
      notes.push_back(fmt::format("arm '{}' (only in {})", arm.id, has.folder));
  }
  for (const Metric& metric : has.scenario.metrics) {
    if (metric_of(lacks.scenario, metric.id) == nullptr)
      notes.push_back(fmt::format("metric '{}' (only in {})", metric.id, has.folder));
  }
}

}  // namespace

void warn_of_programs(const StoredResults& first, const StoredResults& second, Problems& problems) {
  if (first.program == second.program) return;
  problems.warn(
      "W135", {fmt::format("{} and {}", first.folder, second.folder), 0, 0},
      fmt::format("the two runs were made by different builds of version {} (part of the difference "
                  "may be the code's)",
                  first.version));
}

ComparisonOfResults compare_results(const StoredResults& first, const StoredResults& second) {
  ComparisonOfResults result;
  result.differences = differences(first.scenario, second.scenario);
  check_comparable(first, second, result.differences);
  note_what_one_lacks(first, second, result.only_in_one);
  note_what_one_lacks(second, first, result.only_in_one);
  for (const Arm& arm : first.scenario.arms) {
    for (const Metric& metric : first.scenario.metrics) {
      const bool is_effect = metric.expression.form != MetricExpression::Form::level;
      if (arm.reference && is_effect) continue;  // nothing but zeros
      const auto a = first.metrics.find({arm.id, metric.id});
      const auto b = second.metrics.find({arm.id, metric.id});
      if (a == first.metrics.end() || b == second.metrics.end()) continue;
      result.metrics.push_back(compared(arm.id, metric, a->second, b->second));
      result.replicates = result.metrics.back().difference.n;
    }
  }
  return result;
}

}  // namespace chokepoint
