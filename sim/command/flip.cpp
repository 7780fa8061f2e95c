#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/base/text.hpp"
#include "sim/command/commands.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/output/text_file.hpp"
#include "sim/study/flip_text.hpp"
#include "sim/study/run_journal.hpp"
#include "sim/study/run_records.hpp"

namespace chokepoint {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t default_replicates = 32;

/// Place of a name among those of the scenario; complains of none and of an unknown one.
std::size_t named(const std::string& option, const std::string& name, const std::vector<std::string>& known,
                  Problems& problems) {
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i] == name) return i;
  }
  if (name.empty()) {
    problems.add(
        "E088", {option, 0, 0},
        fmt::format("{} is missing (flip needs to know which) one of: {}", option, join(known, ", ")));
  } else {
    problems.add("E088", {option, 0, 0},
                 fmt::format("'{}' is not in the scenario (which has {}){}", name, join(known, ", "),
                             suggestion(name, known)));
  }
  return 0;
}

/// Complains of a comparison of an arm with itself, and of a level that is compared with nothing.
void check_comparison(const Study& study, const FlipQuestion& question, Problems& problems) {
  const std::string& arm = study.arms[question.arm].id;
  const Metric& metric = *study.metrics[question.metric].metric;
  if (question.against) {
    if (*question.against == question.arm) {
      problems.add("E089", {"--against", 0, 0},
                   fmt::format("'{}' is compared with itself (it has no rank) name another arm", arm));
    }
    return;
  }
  if (question.arm == study.reference) {
    problems.add("E089", {"--arm", 0, 0},
                 fmt::format("'{}' is the reference arm (its effect is zero) name another arm", arm));
  }
  if (metric.expression.form == MetricExpression::Form::level) {
    problems.add(
        "E089", {"--metric", 0, 0},
        fmt::format("'{}' is a level (which compares arms with nothing) name a second arm with --against",
                    metric.id));
  }
}

FlipQuestion question_of(const Study& study, const Options& options) {
  std::vector<std::string> metrics, arms;
  for (const BoundMetric& bound : study.metrics) metrics.push_back(bound.metric->id);
  for (const ArmPlan& arm : study.arms) arms.push_back(arm.id);
  Problems problems;
  FlipQuestion question;
  question.metric = named("--metric", options.metric, metrics, problems);
  question.arm = named("--arm", options.arm, arms, problems);
  if (!options.against.empty()) question.against = named("--against", options.against, arms, problems);
  if (!problems.any()) check_comparison(study, question, problems);
  if (problems.any()) throw Error(ExitCode::command_line, join(problems.errors(), "\n"));
  const auto asked = static_cast<std::size_t>(study.scenario.replicates);
  question.replicates = options.overrides.replicates.empty() ? std::min(asked, default_replicates) : asked;
  question.jobs = options.jobs;
  return question;
}

std::vector<FlipParameter> parameters_to_move(const Study& study, const FlipQuestion& question) {
  std::vector<std::size_t> arms{study.reference, question.arm};
  if (question.against) arms.push_back(*question.against);
  Problems problems;
  std::vector<FlipParameter> parameters = flip_parameters(study, arms, problems);
  problems.throw_if_any();
  if (std::any_of(parameters.begin(), parameters.end(),
                  [](const FlipParameter& parameter) { return parameter.not_moved.empty(); })) {
    return parameters;
  }
  problems.add("E090", {study.scenario.path, 0, 0},
               "no parameter has a prior (flip moves what has one) name [data] calibration or structural");
  problems.throw_if_any();
  return parameters;
}

/// Nothing can be reversed where nothing is; a sign that is noise can, and that is said.
void check_headline(const Study& study, const FlipQuestion& question, const Flip& flip) {
  const std::string& metric = study.metrics[question.metric].metric->id;
  Problems problems;
  if (flip.headline.mean == 0.0) {
    problems.add(
        "E089", {study.scenario.path, 0, 0},
        fmt::format("the effect on '{}' in arm '{}' is zero (it has no sign to reverse) ask for another "
                    "metric or arm",
                    metric, study.arms[question.arm].id));
  } else if (flip.headline.is_noise()) {
    problems.warn(
        "W140", {study.scenario.path, 0, 0},
        fmt::format("the sign of '{}' is not told from noise over {} {} ({}) a change that reverses it says "
                    "little: use more --replicates",
                    metric, flip.n, flip.n == 1 ? "replicate" : "replicates",
                    flip.headline.has_interval() ? "the interval of its mean holds zero"
                                                 : "its mean has no interval"));
  }
  print_warnings(problems);
  problems.throw_if_any("No results were written.");
}

Json answer_of(const Study& study, const FlipQuestion& question, const Flip& flip) {
  Json answer{{"ok", true},
              {"exit_code", 0},
              {"scenario", study.scenario.id},
              {"metric", study.metrics[question.metric].metric->id},
              {"arm", study.arms[question.arm].id},
              {"against", study.arms[question.against.value_or(study.reference)].id},
              {"n", flip.n},
              {"mean", flip.headline.mean},
              {"ci95_low", flip.headline.mean - flip.headline.half_width},
              {"ci95_high", flip.headline.mean + flip.headline.half_width},
              {"smallest", smallest_change(flip)},
              {"jointly", joint_change(flip)}};
  answer["reverses"] = Json::array();
  for (const FlipRow& row : flip.rows) {
    if (!row.reverses) continue;
    const FlipParameter& parameter = flip.parameters[row.farthest.parameter];
    answer["reverses"].push_back({{"parameter", parameter.name},
                                  {"unit", parameter.unit},
                                  {"here", parameter.here},
                                  {"threshold", row.threshold},
                                  {"threshold_sd", row.threshold_sd}});
  }
  return answer;
}

Json manifest_of(const Study& study, const FlipQuestion& question, const Options& options, const Flip& flip) {
  return {{"kind", "flip"},
          {"program", "chokepoint " CHOKEPOINT_VERSION},
          {"command", options.command_line},
          {"scenario", study.scenario.id},
          {"metric", study.metrics[question.metric].metric->id},
          {"arm", study.arms[question.arm].id},
          {"against", study.arms[question.against.value_or(study.reference)].id},
          {"seed", fmt::format("s{}", study.scenario.seed)},
          {"replicates", flip.n}};
}

/// Says what is under way, and how far it is.
void show_progress(const Options& options, FlipQuestion& question, std::unique_ptr<Progress>& progress) {
  question.step_begins = [&](const std::string& what, std::size_t runs) {
    progress.reset();  // ends its line
    if (options.progress == ProgressMode::automatic || options.progress == ProgressMode::plain) {
      fmt::print(stderr, "{}: {} runs\n", what, runs);
    }
    progress = std::make_unique<Progress>(options.progress, runs);
  };
  question.run_done = [&] { progress->step(); };
}

}  // namespace

int run_flip(const Options& options) {
  Problems problems;
  const auto study = load_study(options, problems);
  print_warnings(problems);
  FlipQuestion question = question_of(*study, options);
  std::vector<FlipParameter> parameters = parameters_to_move(*study, question);
  const std::string path = options.out.empty() ? "out/flip-" + study->scenario.id : options.out;
  ResultFolder folder(path, options.force, begin_anew(options.force));
  std::unique_ptr<Progress> progress;
  show_progress(options, question, progress);
  const Flip result = flip(*study, question, std::move(parameters));
  progress.reset();
  check_headline(*study, question, result);
  const std::string text = flip_text(*study, question, result);
  write_flip(result, folder.working());
  write_text(folder.working() + "/flip.txt", text);
  write_resolved(*study, folder.working());
  write_text(folder.working() + "/manifest.json",
             manifest_of(*study, question, options, result).dump(2) + "\n");
  folder.publish();
  if (options.json) {
    Json answer = answer_of(*study, question, result);
    answer["results"] = path;
    fmt::print("{}\n", answer.dump(2));
  } else {
    fmt::print("{}results    {}\n", text, path);
  }
  return 0;
}

}  // namespace chokepoint
