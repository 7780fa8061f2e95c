#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "sim/command/commands.hpp"
#include "sim/command/run_summary.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/study/preview.hpp"
#include "sim/study/run_records.hpp"
#include "sim/study/series_tables.hpp"

namespace chokepoint {
namespace {

using Clock = std::chrono::steady_clock;

/// Replicates that are run again with each channel off: the mean of a paired difference needs few.
constexpr std::size_t most_channel_replicates = 20;

struct Outcome {
  ExperimentResult result;
  std::vector<Effect> effects;
};

/// True when some metric compares an arm with the reference.
bool compares_arms(const Study& study) {
  return study.arms.size() > 1 &&
         std::any_of(study.metrics.begin(), study.metrics.end(), [](const BoundMetric& bound) {
           return bound.metric->expression.form != MetricExpression::Form::level;
         });
}

std::size_t channel_replicates(const Study& study) {
  if (!compares_arms(study)) return 0;
  return std::min(static_cast<std::size_t>(study.scenario.replicates), most_channel_replicates);
}

/// Runs everything and writes the tables over time, which need the spool.
ExperimentResult simulate(const Study& study, int jobs, const std::string& folder, Progress& progress) {
  Experiment experiment = experiment_of(study);
  Spool spool(folder + "/series.spool", experiment.replicates, study.calendar->days().size() + 1,
              study.series.size());
  experiment.jobs = jobs;
  experiment.spool = &spool;
  experiment.run_done = [&] { progress.step(); };
  ExperimentResult result = run_experiment(experiment);
  check_identity(study, result);
  write_region_and_firm_tables(study, spool, folder);
  write_flow_table(study, spool, folder);
  if (!study.observed.empty()) write_observed_table(study, spool, folder);
  return result;
}

/// All files of a run but the manifest.
Outcome fill_folder(const Study& study, const Options& options, const std::string& folder) {
  const std::size_t again = channel_replicates(study);
  const auto replicates = static_cast<std::size_t>(study.scenario.replicates);
  Progress progress(options.progress, study.arms.size() * (replicates + switched_channels.size() * again));
  Outcome outcome;
  outcome.result = simulate(study, options.jobs, folder, progress);
  outcome.effects = effects_of(study, outcome.result);
  if (!study.metrics.empty()) write_metrics(study, outcome.result, folder);
  if (!study.scenario.events.empty()) write_events(study, outcome.result, folder);
  if (again > 0) {
    write_effects(study, outcome.effects, folder);
    const auto step = [&] { progress.step(); };
    write_channels(study, channel_effects(study, outcome.result, again, options.jobs, step), folder);
  }
  write_params(study, folder);
  write_resolved(study, folder);
  write_readme(study, folder);
  return outcome;
}

std::string utc_now() {
  return fmt::format("{:%FT%TZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

void print_size(const Study& study, const Outcome& outcome, double seconds) {
  fmt::print(stderr, "{} arms x {} replicates x {} sessions, {} investors x {} lines: {:.2f} s\n",
             study.arms.size(), study.scenario.replicates, study.calendar->days().size(),
             outcome.result.investors, study.facts.lines.size(), seconds);
}

}  // namespace

int run_scenario(const Options& options) {
  const auto start = Clock::now();
  RunContext context{options.command_line, utc_now(), 0, options.jobs, {}};
  Problems problems;
  const auto study = load_study(options, problems);
  const std::string text = preview(*study, problems);
  context.warnings = problems.warnings();
  if (options.dry_run) {
    fmt::print("{}", text);
    print_warnings(problems);
    return 0;
  }
  const std::string path = options.out.empty() ? "out/" + study->scenario.id : options.out;
  ResultFolder folder(path, options.force);
  print_warnings(problems);
  const Outcome outcome = fill_folder(*study, options, folder.working());
  context.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  write_manifest(*study, outcome.result, context, folder.working());
  folder.publish();
  if (options.progress == ProgressMode::automatic || options.progress == ProgressMode::plain) {
    print_size(*study, outcome, context.seconds);
  }
  fmt::print("{}", options.json
                       ? run_summary_json(*study, outcome.result, outcome.effects, path, context.warnings)
                       : run_summary(*study, outcome.result, outcome.effects, path));
  return 0;
}

}  // namespace chokepoint
