#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>

#include <chrono>
#include <filesystem>

#include "sim/base/digest.hpp"
#include "sim/command/commands.hpp"
#include "sim/output/file_hash.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/study/backtest/backtest.hpp"
#include "sim/study/calibration/calibration.hpp"
#include "sim/study/run_journal.hpp"

namespace chokepoint {
namespace {

/// Digest of everything that a simulated point depends on beside the point.
std::uint64_t digest_of_inputs(const BeliefFiles& files) {
  Digest digest;
  digest.add(std::string_view(CHOKEPOINT_VERSION));
  for (const std::string& path : belief_inputs(files)) digest.add(std::string_view(sha256_of_file(path)));
  digest.add(std::string_view(sha256_of_file("/proc/self/exe")));
  return digest.value();
}

}  // namespace

int run_calibration(const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  const BeliefFiles files = belief_files(options);
  const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                          threads_of(options));
  Problems problems;
  const Parameters params;
  const Priors priors = read_priors(files.calibration + "/priors.csv", problems);
  const auto comparison = prepare_comparison(files.data, files.events, files.observed, params, problems);
  problems.throw_if_any();
  if (comparison->events.empty()) {
    throw Error(ExitCode::command_line,
                "nothing to fit (no observation belongs to a descriptor) give --observed");
  }
  const std::string out = options.out.empty() ? "out/calibration" : options.out;
  ResultFolder folder(out, options.force, begin_anew(options.force));
  const std::string kept = out + ".evaluations";
  EvaluationStore store(kept, digest_of_inputs(files));
  const Say say = [&](const std::string& line) {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (options.progress != ProgressMode::none) fmt::print(stderr, "{:>6.0f} s  {}\n", seconds, line);
  };
  if (store.found_on_disk() > 0) {
    say(fmt::format("{} simulated points found in {}: going on from there", store.found_on_disk(), kept));
  }
  CalibrationSettings settings;
  settings.correct_selection = !options.ignore_selection;
  const Calibration calibration = calibrate(*comparison, priors, params, settings, store, say);
  write_calibration(priors, calibration, folder.working());
  const FittedDraws draws = read_fitted_draws(folder.working(), priors, problems);
  problems.throw_if_any("No results were written.");
  const Backtest backtest = run_backtest(*comparison, priors, draws, params);
  write_scorecard(backtest.scorecard, folder.working() + "/scorecard.csv");
  write_belief_manifest(options, files, "calibration", folder.working());
  folder.publish();
  std::filesystem::remove(kept);
  fmt::print("{}\n{}\n", calibration_text(priors, calibration), backtest.scorecard.sentence);
  say("results in " + out);
  return 0;
}

}  // namespace chokepoint
