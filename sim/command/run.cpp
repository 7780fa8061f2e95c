#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <optional>

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

Outcome simulate(const Study& study, const Options& options, const std::string& folder) {
  const auto replicates = static_cast<std::size_t>(study.scenario.replicates);
  const std::size_t again = std::min(replicates, most_channel_replicates);
  const std::size_t runs = study.arms.size() * (replicates + switched_channels.size() * again);
  Progress progress(options.progress, runs);
  Spool spool(folder + "/series.spool", replicates, study.calendar->days().size() + 1, study.series.size());
  Experiment experiment = experiment_of(study);
  experiment.jobs = options.jobs;
  experiment.spool = &spool;
  experiment.run_done = [&] { progress.step(); };
  Outcome outcome;
  outcome.result = run_experiment(experiment);
  check_identity(study, outcome.result);
  outcome.effects = effects_of(study, outcome.result);
  write_region_and_firm_tables(study, spool, folder);
  write_flow_table(study, spool, folder);
  if (!study.observed.empty()) write_observed_table(study, spool, folder);
  write_metrics(study, outcome.result, folder);
  write_effects(study, outcome.effects, folder);
  write_events(study, outcome.result, folder);
  const auto channels = channel_effects(study, outcome.result, again, options.jobs, [&] { progress.step(); });
  write_channels(study, channels, folder);
  return outcome;
}

std::string utc_now() {
  return fmt::format("{:%FT%TZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

}  // namespace

int run_scenario(const Options& options) {
  const auto start = Clock::now();
  RunContext context;
  context.command_line = options.command_line;
  context.started = utc_now();
  context.jobs = options.jobs;
  Problems problems;
  const auto study = load_study(options, problems);
  const std::string text = preview(*study, problems);
  if (options.dry_run) {
    fmt::print("{}", text);
    print_warnings(problems);
    return 0;
  }
  const std::string path = options.out.empty() ? "out/" + study->scenario.id : options.out;
  ResultFolder folder(path, options.force);
  print_warnings(problems);
  const Outcome outcome = simulate(*study, options, folder.working());
  write_params(*study, folder.working());
  write_resolved(*study, folder.working());
  write_readme(*study, folder.working());
  context.warnings = problems.warnings();
  context.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  write_manifest(*study, outcome.result, context, folder.working());
  folder.publish();
  fmt::print("{}", options.json
                       ? run_summary_json(*study, outcome.result, outcome.effects, path, problems.warnings())
                       : run_summary(*study, outcome.result, outcome.effects, path));
  return 0;
}

}  // namespace chokepoint
