#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "sim/base/text.hpp"
#include "sim/command/commands.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/output/summary.hpp"
#include "sim/output/text_file.hpp"
#include "sim/study/decision_differences.hpp"
#include "sim/study/run_journal.hpp"
#include "sim/study/stored_results.hpp"

namespace chokepoint {
namespace {

using Json = nlohmann::ordered_json;

constexpr int usual_replicates = 8;

/// The scenario, or that of a folder of results whose inputs are what they were.
std::unique_ptr<Study> study_of(const Options& options, Problems& problems) {
  Options read = options;
  std::error_code error;
  if (std::filesystem::is_directory(options.path, error)) {
    expect_same_inputs(read_results(options.path), CHOKEPOINT_VERSION);
    read.path = options.path + "/scenario.resolved.toml";
  }
  auto study = load_study(read, problems);
  print_warnings(problems);
  if (options.overrides.replicates.empty())
    study->scenario.replicates = std::min(study->scenario.replicates, usual_replicates);
  return study;
}

std::size_t find_arm(const Study& study, const std::string& id) {
  std::vector<std::string> ids;
  for (const ArmPlan& arm : study.arms) ids.push_back(arm.id);
  const auto at = std::find(ids.begin(), ids.end(), id);
  if (at != ids.end()) return static_cast<std::size_t>(at - ids.begin());
  throw Error(ExitCode::command_line,
              fmt::format("unknown arm '{}' (arms: {}){}", id, join(ids, ", "), suggestion(id, ids)));
}

/// The arm that was named; the only other one; else there is a choice to make.
std::size_t arm_of(const Study& study, const Options& options, std::size_t against) {
  if (!options.arm.empty()) return find_arm(study, options.arm);
  if (study.arms.size() == 2) return 1 - against;
  std::vector<std::string> ids;
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    if (a != against) ids.push_back(study.arms[a].id);
  }
  throw Error(ExitCode::command_line, fmt::format("--arm is missing (one of: {})", join(ids, ", ")));
}

const BoundMetric* metric_of(const Study& study, const std::string& id) {
  if (id.empty()) return nullptr;
  std::vector<std::string> ids;
  for (const BoundMetric& metric : study.metrics) {
    if (metric.metric->id == id) return &metric;
    ids.push_back(metric.metric->id);
  }
  throw Error(ExitCode::command_line,
              fmt::format("unknown metric '{}' (metrics: {}){}", id, join(ids, ", "), suggestion(id, ids)));
}

/// What is asked for and what was found.
struct Answer {
  const Study& study;
  DecisionQuestion question;
  const BoundMetric* metric;
  DecisionReport report;

  std::string date(std::size_t day) const { return to_text(study.calendar->days()[day].date); }
  const std::string& arm() const { return study.arms[question.arm].id; }
  const std::string& against() const { return study.arms[question.against].id; }
};

/// Over replicates; quantiles: the least, the median, the most.
Summary metric_summary(const Answer& answer) {
  std::vector<double> values =
      answer.report.metric[static_cast<std::size_t>(answer.metric - answer.study.metrics.data())];
  return summarise(values, {0.0, 0.5, 1.0});
}

std::string metric_line(const Answer& answer) {
  const Metric& metric = *answer.metric->metric;
  const Summary summary = metric_summary(answer);
  return fmt::format("{} in '{}'{}: mean {} {}, from {} to {} over {} replicates\n", metric.id, answer.arm(),
                     metric.expression.form == MetricExpression::Form::level
                         ? ""
                         : fmt::format(" against '{}'", answer.against()),
                     short_number(summary.mean), metric.unit, short_number(summary.quantiles[0]),
                     short_number(summary.quantiles[2]), summary.n);
}

std::string more_text(const DecisionDifference& one) {
  return fmt::format("{} of {} with more", short_number(one.more_at_end_mean), short_number(one.at_end_mean));
}

/// "other enterprises in HK: 31 of 200 (29-34), 30 on the last day; first on 2026-06-17, ..."
std::string sentence(const Answer& answer, const DecisionDifference& one) {
  const auto [low, high] = std::minmax_element(one.ever.begin(), one.ever.end());
  std::string how = one.mostly.empty() ? "" : fmt::format(" (mostly {})", one.mostly);
  if (one.kind.amount) how = fmt::format(" ({} of them with more)", short_number(one.more_at_end_mean));
  return fmt::format("  {}: {} of {} ({}-{}), {} on the last day{}; first on {}, in {} of {} replicates\n",
                     one.type, short_number(one.ever_mean), short_number(one.agents_mean), short_number(*low),
                     short_number(*high), short_number(one.at_end_mean), how, answer.date(one.first_day),
                     one.replicates, answer.report.replicates);
}

std::string text_of(const Answer& answer) {
  std::string text;
  if (answer.metric != nullptr) text += metric_line(answer);
  text += fmt::format(
      "agents that decided otherwise in '{}' than in '{}' on some day, mean over {} replicates (range)\n",
      answer.arm(), answer.against(), answer.report.replicates);
  std::vector<std::string> heads;
  for (const DecisionDifference& one : answer.report.differences) {
    if (std::find(heads.begin(), heads.end(), one.kind.decision) == heads.end())
      heads.push_back(one.kind.decision);
  }
  for (const std::string& head : heads) {
    for (const DecisionDifference& one : answer.report.differences) {
      if (one.kind.decision != head) continue;
      const bool first = text.find("\n" + head + " (") == std::string::npos;
      if (first) text += fmt::format("{} ({})\n", head, one.kind.rule);
      text += sentence(answer, one);
    }
  }
  if (heads.empty() && answer.report.not_compared.empty()) text += "nobody decided otherwise\n";
  for (const std::string& note : answer.report.not_compared) text += note + "\n";
  if (answer.metric == nullptr) {
    text += "investors' positions are compared in the lines of --metric\n";
  } else if (answer.question.lines.empty()) {
    text += fmt::format("{} reads no line of shares: investors' positions are not compared\n",
                        answer.metric->metric->id);
  }
  return text + "These are counts of differences; they do not say that a metric follows from them.\n";
}

Json metric_json(const Answer& answer) {
  const Summary summary = metric_summary(answer);
  return {{"id", answer.metric->metric->id},
          {"unit", answer.metric->metric->unit},
          {"mean", summary.mean},
          {"low", summary.quantiles[0]},
          {"median", summary.quantiles[1]},
          {"high", summary.quantiles[2]},
          {"n", summary.n}};
}

std::string json_of(const Answer& answer) {
  Json list = Json::array();
  for (const DecisionDifference& one : answer.report.differences) {
    list.push_back({{"decision", one.kind.decision},
                    {"rule", one.kind.rule},
                    {"agents", one.type},
                    {"first", answer.date(one.first_day)},
                    {"differed", one.ever_mean},
                    {"differ_at_end", one.at_end_mean},
                    {"more_at_end", one.more_at_end_mean},
                    {"mostly", one.mostly},
                    {"of", one.agents_mean},
                    {"replicates", one.replicates}});
  }
  Json json{{"ok", true},
            {"exit_code", 0},
            {"arm", answer.arm()},
            {"against", answer.against()},
            {"replicates", answer.report.replicates}};
  if (answer.metric != nullptr) json["metric"] = metric_json(answer);
  json["decisions"] = list;
  json["not_compared"] = answer.report.not_compared;
  return json.dump(2);
}

void write_decisions(const Answer& answer, const std::string& folder) {
  CsvWriter csv(
      folder + "/decisions.csv",
      {"scenario", "arm", "against", "decision", "rule", "agents", "first_date", "differed_mean",
       "differed_at_end_mean", "agents_mean", "share_differed", "replicates_with_any", "n", "mostly"});
  for (const DecisionDifference& one : answer.report.differences) {
    csv.text(answer.study.scenario.id).text(answer.arm()).text(answer.against());
    csv.text(one.kind.decision).text(one.kind.rule).text(one.type).text(answer.date(one.first_day));
    csv.number(one.ever_mean).number(one.at_end_mean).number(one.agents_mean);
    csv.number(one.ever_mean / one.agents_mean).integer(static_cast<long long>(one.replicates));
    csv.integer(static_cast<long long>(answer.report.replicates));
    csv.text(one.kind.amount ? more_text(one) : one.mostly);
    csv.end_row();
  }
  csv.close();
}

/// decisions.csv with a manifest, so that the folder is known as this program's own.
void fill_folder(ResultFolder& folder, const Options& options, const Answer& answer) {
  if (!answer.report.differences.empty()) write_decisions(answer, folder.working());
  const Json manifest{{"kind", "decisions"},
                      {"program", "chokepoint " CHOKEPOINT_VERSION},
                      {"command", options.command_line}};
  write_text(folder.working() + "/manifest.json", manifest.dump(2) + "\n");
  folder.publish();
}

}  // namespace

int explain_decisions(const Options& options) {
  if (!options.more.empty()) {
    throw Error(ExitCode::command_line,
                fmt::format("'{}' is a KEY, and keys are explained without --arm and of a scenario",
                            options.more.front()));
  }
  Problems problems;
  const auto study = study_of(options, problems);
  Answer answer{*study, {}, metric_of(*study, options.metric), {}};
  DecisionQuestion& question = answer.question;
  question.against = options.against.empty() ? study->reference : find_arm(*study, options.against);
  question.arm = arm_of(*study, options, question.against);
  if (question.arm == question.against)
    throw Error(ExitCode::command_line, fmt::format("'{}' is compared with itself", answer.arm()));
  if (answer.metric != nullptr) question.lines = lines_of(*study, *answer.metric);
  question.replicates = static_cast<std::size_t>(study->scenario.replicates);
  question.jobs = options.jobs;
  std::optional<ResultFolder> folder;
  if (!options.out.empty()) folder.emplace(options.out, options.force, begin_anew(options.force));
  Progress progress(options.progress, 2 * question.replicates);
  question.run_done = [&] { progress.step(); };
  answer.report = compare_decisions(*study, question);
  if (folder) fill_folder(*folder, options, answer);
  fmt::print("{}", options.json ? json_of(answer) + "\n" : text_of(answer));
  return 0;
}

}  // namespace chokepoint
