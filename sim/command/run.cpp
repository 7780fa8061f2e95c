#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "sim/command/commands.hpp"
#include "sim/command/run_summary.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/output/stop_request.hpp"
#include "sim/study/attribution.hpp"
#include "sim/study/distinct_arms.hpp"
#include "sim/study/drivers.hpp"
#include "sim/study/economy_tables.hpp"
#include "sim/study/inert_settings.hpp"
#include "sim/study/preview.hpp"
#include "sim/study/run_journal.hpp"
#include "sim/study/run_records.hpp"
#include "sim/study/series_tables.hpp"

namespace chokepoint {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t megabyte = 1000000;

/// The folder in which a run is at work, and what it needs there.
struct Work {
  const std::string folder;
  RunJournal& journal;
  Spool& spool;
  Progress& progress;
  const std::function<void()> run_done;
};

struct Outcome {
  ExperimentResult result;
  std::vector<Precision> precision;
  std::vector<Effect> effects;
  std::vector<CheckOutcome> checks;
  std::vector<EffectSplit> attributions;
  std::vector<ItemRecord> items;
};

/// Refuses replicates whose series would not fit on the disk.
void expect_disk_space(const Study& study, std::size_t replicates, const std::string& folder) {
  const std::size_t needed = disk_space(study, replicates);
  const auto free = std::filesystem::space(folder).available;
  if (needed <= free) return;
  throw Error(ExitCode::run_failed,
              fmt::format("the run needs about {} MB in '{}' while it lasts, and {} MB are free (fewer "
                          "--replicates, or a shorter time.end, need less)",
                          needed / megabyte + 1, folder, free / megabyte));
}

/// Runs everything and writes the tables over time, which need the spool.
ExperimentResult simulate(Study& study, int jobs, const Work& work) {
  Experiment experiment = experiment_of(study);
  experiment.metrics = &study.measured;
  experiment.jobs = jobs;
  experiment.spool = &work.spool;
  experiment.journal = &work.journal;
  experiment.run_done = work.run_done;
  std::size_t earlier = work.journal.kept();
  bool first = true;
  ExperimentResult result = run_rounds(study, experiment, [&](std::size_t more) {
    const std::size_t taken = std::min(earlier, more);
    earlier -= taken;
    expect_disk_space(study, more - taken, work.folder);
    if (!first) work.progress.expect(study.arms.size() * (more - taken));
    first = false;
  });
  if (!study.facts.lines.empty()) {
    write_region_and_firm_tables(study, work.spool, work.folder);
    write_flow_table(study, work.spool, work.folder);
  }
  write_economy_tables(study, work.spool, work.folder);
  write_access_table(study, result, work.folder);
  if (!study.observed.empty()) write_observed_table(study, work.spool, work.folder);
  return result;
}

/// What each event, rule and setting did: events.csv and warnings of what did nothing.
std::vector<ItemRecord> prove(const Study& study, const ExperimentResult& result, int jobs, const Work& work,
                              Problems& found) {
  const auto some = [&](std::size_t runs) {
    for (std::size_t i = 0; i < runs; ++i) work.run_done();
  };
  std::vector<ItemRecord> items = item_records(study, result, prove_effects(study, jobs, work.run_done));
  check_no_early_effect(study, items);
  if (!items.empty()) write_events(study, items, work.folder);
  write_firings(study, items, work.folder);
  warn_of_no_effect(study, items, found);
  warn_of_inert_settings(study, inert_settings(study, result, jobs, some), found);
  return items;
}

/// Runs that explain the results; more when more replicates have been run.
std::size_t runs_that_explain(const Study& study) {
  return study.arms.size() * switched_channels.size() * channel_replicates(study) + attribution_runs(study) +
         probe_runs(study) + inert_setting_runs(study);
}

/// All files of a run but the manifest; `found`: what is to be warned of.
Outcome fill_folder(Study& study, const Options& options, const Work& work, Problems& found) {
  const std::string& folder = work.folder;
  const std::size_t explaining = runs_that_explain(study);
  Outcome outcome;
  write_resolved(study, folder);  // with the replicates that were asked for
  outcome.result = simulate(study, options.jobs, work);
  work.progress.expect(runs_that_explain(study) - explaining);
  check_arms_differ(study, outcome.result, found);
  found.throw_if_any("No results were written.");
  outcome.items = prove(study, outcome.result, options.jobs, work, found);
  outcome.precision = precision_of(study, outcome.result);
  outcome.effects = effects_of(study, outcome.result);
  outcome.checks = evaluate_checks(study, outcome.result);
  if (!outcome.checks.empty()) write_checks(study, outcome.checks, folder);
  if (!study.metrics.empty()) write_metrics(study, outcome.result, folder);
  if (!outcome.effects.empty()) write_effects(study, outcome.effects, folder);
  const std::vector<Driver> drivers = drivers_of(study, outcome.result);
  if (!drivers.empty()) write_drivers(study, drivers, folder);
  outcome.attributions = attributions_of(study, outcome.result, options.jobs, work.run_done);
  if (!outcome.attributions.empty()) write_attribution(study, outcome.attributions, folder);
  if (const std::size_t again = channel_replicates(study); again > 0) {
    write_channels(study, channel_effects(study, outcome.result, again, options.jobs, work.run_done), folder);
  }
  write_params(study, folder);
  write_readme(study, folder);
  return outcome;
}

/// Runs of the first round that are still to do, and those that explain them.
std::size_t runs_to_do(const Study& study, const RunJournal& journal) {
  const std::size_t first = study.scenario.first_round();
  return study.arms.size() * (first - std::min(first, journal.kept())) + runs_that_explain(study);
}

/// "137 of 200 replicates"
std::string kept_text(const Study& study, const RunJournal& journal) {
  return fmt::format("{} of {}{} replicates", journal.kept(),
                     study.scenario.precision.empty() ? "" : "at most ", study.scenario.replicate_limit());
}

/// Fills the folder; a user who asks for a stop is told what is kept, and it is.
Outcome fill_or_keep(Study& study, const Options& options, ResultFolder& folder, const RunIdentity& identity,
                     Problems& found) {
  RunJournal journal(folder.working() + "/" + journal_name, identity);
  Spool spool(folder.working() + "/" + spool_name, study.arms.size(), 0, spooled_rows(study),
              study.series.size());
  journal.expect_series(spool);
  if (journal.kept() > 0) fmt::print(stderr, "resumed: {} were there\n", kept_text(study, journal));
  Progress progress(options.progress, runs_to_do(study, journal));
  const StopRequest stop;
  const auto run_done = [&] {
    progress.step();
    stop.check();
  };
  try {
    return fill_folder(study, options, {folder.working(), journal, spool, progress, run_done}, found);
  } catch (const Error& error) {
    if (error.code() != ExitCode::stopped) throw;
    folder.keep();
    throw Error(ExitCode::stopped,
                fmt::format("stopped: {} are kept; the same command goes on", kept_text(study, journal)));
  }
}

/// What only an unfinished run needs.
void remove_scratch(const std::string& folder) {
  std::error_code error;
  for (const char* name : {spool_name, journal_name}) std::filesystem::remove(folder + "/" + name, error);
}

std::string utc_now() {
  return fmt::format("{:%FT%TZ}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

std::string size_text(const Study& study, const Outcome& outcome, double seconds) {
  return fmt::format("{} arms x {} replicates x {} sessions, {} investors x {} lines: {:.2f} s\n",
                     study.arms.size(), study.scenario.replicates, study.calendar->days().size(),
                     outcome.result.investors, study.facts.lines.size(), seconds);
}

}  // namespace

FinishedRun run_study(const Options& options, Study& study, const std::vector<std::string>& warnings) {
  const auto start = Clock::now();
  RunContext context{identity_of(study.scenario),
                     options.overrides,
                     options.command_line,
                     utc_now(),
                     0,
                     options.jobs,
                     warnings,
                     {}};
  const std::string path = options.out.empty() ? "out/" + study.scenario.id : options.out;
  ResultFolder folder(path, options.force, [&](const std::string& partial) {
    return files_to_go_on_with(partial, context.identity, options.force);
  });
  for (const std::string& warning : warnings) fmt::print(stderr, "{}\n", warning);
  Problems found;
  const Outcome outcome = fill_or_keep(study, options, folder, context.identity, found);
  context.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  context.precision = outcome.precision;
  warn_of_frozen_lines(study, outcome.result, found);
  warn_of_imprecision(study, outcome.precision, found);
  context.warnings.insert(context.warnings.end(), found.warnings().begin(), found.warnings().end());
  write_manifest(study, outcome.result, context, folder.working());
  remove_scratch(folder.working());
  folder.publish();
  const RunReport report{study,          outcome.result,       outcome.effects,
                         outcome.checks, outcome.attributions, outcome.items,
                         path,           context.warnings,     outcome.precision};
  return {exit_code_of(outcome.checks), options.json ? run_summary_json(report) : run_summary(report),
          size_text(study, outcome, context.seconds), found.warnings()};
}

int run_scenario(const Options& options) {
  Problems problems;
  const auto study = load_study(options, problems);
  const std::string text = preview(*study, problems);
  if (options.dry_run && options.json) {
    fmt::print("{}", check_answer(*study, problems));
    return 0;
  }
  if (options.dry_run) {
    fmt::print("{}", text);
    print_warnings(problems);
    return 0;
  }
  const FinishedRun finished = run_study(options, *study, problems.warnings());
  for (const std::string& warning : finished.warnings) fmt::print(stderr, "{}\n", warning);
  if (options.progress == ProgressMode::automatic || options.progress == ProgressMode::plain) {
    fmt::print(stderr, "{}", finished.size);
  }
  fmt::print("{}", finished.summary);
  return static_cast<int>(finished.code);
}

}  // namespace chokepoint
