#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/base/text.hpp"
#include "sim/command/commands.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/comparison_of_results.hpp"

namespace chokepoint {
namespace {

using Json = nlohmann::ordered_json;

std::string with_interval(const Summary& summary) {
  const double half = mean_half_width(summary);
  if (summary.n < 2) return short_number(summary.mean);
  return fmt::format("{} [{}, {}]", short_number(summary.mean), short_number(summary.mean - half),
                     short_number(summary.mean + half));
}

Json numbers_of(const Summary& summary) {
  const double half = mean_half_width(summary);
  return {{"mean", summary.mean},
          {"ci95_low", summary.mean - half},
          {"ci95_high", summary.mean + half},
          {"median", summary.quantiles.front()}};
}

std::string answer_of(const ComparisonOfResults& comparison, const Problems& problems) {
  Json metrics = Json::array();
  for (const ComparedMetric& one : comparison.metrics) {
    metrics.push_back({{"arm", one.arm},
                       {"metric", one.metric->id},
                       {"unit", one.metric->unit},
                       {"first", numbers_of(one.first)},
                       {"second", numbers_of(one.second)},
                       {"difference", numbers_of(one.difference)},
                       {"share_positive", one.share_positive}});
  }
  return Json{{"ok", true},
              {"exit_code", 0},
              {"same_meaning", !differ_in_meaning(comparison.differences)},
              {"replicates", comparison.replicates},
              {"only_in_one", comparison.only_in_one},
              {"metrics", metrics},
              {"warnings", problems.warnings()}}
      .dump(2);
}

}  // namespace

int compare_folders(const Options& options) {
  const StoredResults first = read_results(options.path);
  const StoredResults second = read_results(options.more.front());
  const ComparisonOfResults comparison = compare_results(first, second);
  Problems problems;
  warn_of_programs(first, second, problems);
  print_warnings(problems);
  if (options.json) {
    fmt::print("{}\n", answer_of(comparison, problems));
    return 0;
  }
  fmt::print("{} -> {}\n{}", first.folder, second.folder, difference_text(comparison.differences));
  for (const std::string& note : comparison.only_in_one) fmt::print("left out: {}\n", note);
  if (comparison.metrics.empty()) {
    fmt::print("no metric of an arm is in both\n");
    return 0;
  }
  fmt::print("\nmean and 95 % interval of the mean; the difference is paired over {} replicates\n",
             comparison.replicates);
  TextTable table({"arm", "metric", "unit", "first", "second", "difference", "up in"});
  for (const ComparedMetric& one : comparison.metrics) {
    table.add({one.arm, one.metric->id, one.metric->unit, with_interval(one.first), with_interval(one.second),
               with_interval(one.difference), fmt::format("{:.0f} %", 100.0 * one.share_positive)});
  }
  fmt::print("{}", table.text(3));
  return 0;
}

}  // namespace chokepoint
