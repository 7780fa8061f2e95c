#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>

#include "sim/command/commands.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/study/backtest/backtest.hpp"
#include "sim/study/calibration/calibration.hpp"
#include "sim/study/run_journal.hpp"

namespace chokepoint {

int run_backtest(const Options& options) {
  const BeliefFiles files = belief_files(options);
  const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                          threads_of(options));
  Problems problems;
  const Parameters params;
  const Priors priors = read_priors(files.calibration + "/priors.csv", problems);
  problems.throw_if_any();
  const FittedDraws draws = read_fitted_draws(files.calibration, priors, problems);
  const auto comparison = prepare_comparison(files.data, files.events, files.observed, params, problems);
  problems.throw_if_any();
  ResultFolder folder(options.out.empty() ? "out/backtest" : options.out, options.force,
                      begin_anew(options.force));
  const Backtest backtest = run_backtest(*comparison, priors, draws, params);
  if (!comparison->events.empty()) {
    write_backtest(*comparison, backtest.forecasts, folder.working() + "/backtest.csv");
    write_scorecard(backtest.scorecard, folder.working() + "/scorecard.csv");
    fmt::print("{}\n{}{}", coverage_text(*comparison), supply_text(*comparison, priors, draws.of(""), params),
               backtest.scorecard.text);
  }
  if (!backtest.unobserved.empty()) {
    write_event_forecasts(backtest.unobserved, folder.working() + "/forecasts.csv");
    if (comparison->events.empty()) {
      fmt::print("{}\n{}\n", event_forecast_text(backtest.unobserved), stamp_of(files.calibration));
    }
  }
  for (const std::string& id : comparison->set.idle) {
    if (options.events.empty()) break;
    fmt::print(stderr,
               "warning[W125]: descriptor '{}' reaches no line of the data (no firm that it names or touches "
               "on its eve "
               "has one)\n",
               id);
  }
  write_belief_manifest(options, files, "backtest", folder.working());
  folder.publish();
  fmt::print(stderr, "results in {}\n", options.out.empty() ? "out/backtest" : options.out);
  return 0;
}

}  // namespace chokepoint
