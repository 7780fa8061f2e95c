#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "sim/command/commands.hpp"
#include "sim/command/run_summary.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/study/attribution.hpp"
#include "sim/study/distinct_arms.hpp"
#include "sim/study/drivers.hpp"
#include "sim/study/economy_tables.hpp"
#include "sim/study/inert_settings.hpp"
#include "sim/study/preview.hpp"
#include "sim/study/run_records.hpp"
#include "sim/study/series_tables.hpp"

namespace chokepoint {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t megabyte = 1000000;

struct Outcome {
  ExperimentResult result;
  std::vector<Effect> effects;
  std::vector<CheckOutcome> checks;
  std::vector<EffectSplit> attributions;
  std::vector<ItemRecord> items;
};

/// Refuses a run whose series would not fit on the disk.
void expect_disk_space(const Study& study, const std::string& folder) {
  const std::size_t needed = disk_space(study);
  const auto free = std::filesystem::space(folder).available;
  if (needed <= free) return;
  throw Error(ExitCode::run_failed,
              fmt::format("the run needs about {} MB in '{}' while it lasts, and {} MB are free (fewer "
                          "--replicates, or a shorter time.end, need less)",
                          needed / megabyte + 1, folder, free / megabyte));
}

/// Runs everything and writes the tables over time, which need the spool.
ExperimentResult simulate(const Study& study, int jobs, const std::string& folder, Progress& progress) {
  Experiment experiment = experiment_of(study);
  Spool spool(folder + "/series.spool", experiment.replicates, spooled_rows(study), study.series.size());
  experiment.metrics = &study.measured;
  experiment.jobs = jobs;
  experiment.spool = &spool;
  experiment.run_done = [&] { progress.step(); };
  ExperimentResult result = run_experiment(experiment);
  if (!study.facts.lines.empty()) {
    write_region_and_firm_tables(study, spool, folder);
    write_flow_table(study, spool, folder);
  }
  write_economy_tables(study, spool, folder);
  write_access_table(study, result, folder);
  if (!study.observed.empty()) write_observed_table(study, spool, folder);
  return result;
}

/// What each event, rule and setting did: events.csv and warnings of what did nothing.
std::vector<ItemRecord> prove(const Study& study, const ExperimentResult& result, int jobs,
                              const std::string& folder, Progress& progress, Problems& found) {
  const auto one = [&] { progress.step(); };
  const auto some = [&](std::size_t runs) {
    for (std::size_t i = 0; i < runs; ++i) progress.step();
  };
  std::vector<ItemRecord> items = item_records(study, result, prove_effects(study, jobs, one));
  check_no_early_effect(study, items);
  if (!items.empty()) write_events(study, items, folder);
  write_firings(study, items, folder);
  warn_of_no_effect(study, items, found);
  warn_of_inert_settings(study, inert_settings(study, result, jobs, some), found);
  return items;
}

/// All files of a run but the manifest; `found`: what is to be warned of.
Outcome fill_folder(const Study& study, const Options& options, const std::string& folder, Problems& found) {
  const std::size_t again = channel_replicates(study);
  const auto replicates = static_cast<std::size_t>(study.scenario.replicates);
  Progress progress(options.progress, study.arms.size() * (replicates + switched_channels.size() * again) +
                                          attribution_runs(study) + probe_runs(study) +
                                          inert_setting_runs(study));
  Outcome outcome;
  outcome.result = simulate(study, options.jobs, folder, progress);
  check_arms_differ(study, outcome.result, found);
  found.throw_if_any();
  outcome.items = prove(study, outcome.result, options.jobs, folder, progress, found);
  outcome.effects = effects_of(study, outcome.result);
  outcome.checks = evaluate_checks(study, outcome.result);
  if (!outcome.checks.empty()) write_checks(study, outcome.checks, folder);
  if (!study.metrics.empty()) write_metrics(study, outcome.result, folder);
  if (!outcome.effects.empty()) write_effects(study, outcome.effects, folder);
  const std::vector<Driver> drivers = drivers_of(study, outcome.result);
  if (!drivers.empty()) write_drivers(study, drivers, folder);
  const auto step = [&] { progress.step(); };
  outcome.attributions = attributions_of(study, outcome.result, options.jobs, step);
  if (!outcome.attributions.empty()) write_attribution(study, outcome.attributions, folder);
  if (again > 0) {
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
  expect_disk_space(*study, folder.working());
  Problems found;
  const Outcome outcome = fill_folder(*study, options, folder.working(), found);
  context.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  warn_of_frozen_lines(*study, outcome.result, found);
  print_warnings(found);
  context.warnings.insert(context.warnings.end(), found.warnings().begin(), found.warnings().end());
  write_manifest(*study, outcome.result, context, folder.working());
  folder.publish();
  if (options.progress == ProgressMode::automatic || options.progress == ProgressMode::plain) {
    print_size(*study, outcome, context.seconds);
  }
  const RunReport report{*study,        outcome.result, outcome.effects, outcome.checks, outcome.attributions,
                         outcome.items, path,           context.warnings};
  fmt::print("{}", options.json ? run_summary_json(report) : run_summary(report));
  return static_cast<int>(exit_code_of(outcome.checks));
}

}  // namespace chokepoint
