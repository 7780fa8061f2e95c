#include "sim/study/backtest/backtest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

Backtest run_backtest(const Comparison& comparison, const Priors& priors, const FittedDraws& draws,
                      const Parameters& params) {
  Backtest result;
  if (!comparison.events.empty()) {
    result.forecasts = forecast(comparison, priors, draws, params);
    ObservationLaw law;
    law.model_error = priors[prior_index(priors, "model_error")].median;
    result.scorecard = make_scorecard(comparison, result.forecasts, baselines(comparison, params, law),
                                      ablations(comparison, priors, draws, params));
  }
  result.unobserved = forecast_events(comparison, priors, draws, params);
  return result;
}

std::string coverage_text(const Comparison& comparison) {
  std::size_t compared = 0;
  std::size_t confounded = 0;
  for (const EventRows& event : comparison.events) {
    for (const std::size_t row : event.rows()) {
      ++compared;
      confounded += comparison.observed[row].attribution == Attribution::confounded ? 1 : 0;
    }
  }
  std::string text = fmt::format(
      "{} codings, {} events with {} observed rows; {} of them have a known other cause and are in no "
      "score\n",
      comparison.coding_count(), comparison.events.size(), compared, confounded);
  for (const LeftOut& one : comparison.set.left_out) {
    const ObservedRow& row = comparison.observed[one.observed];
    text += fmt::format("not compared: {} {} {} ({})\n", row.event, row.ticker, to_text(row.date), one.why);
  }
  return text;
}

}  // namespace chokepoint
