/// The backtest from files to record: what `chokepoint backtest` prints and `chokepoint calibrate` ships.
#pragma once

#include <string>

#include "sim/study/backtest/event_forecasts.hpp"
#include "sim/study/backtest/scorecard.hpp"

namespace chokepoint {

struct Backtest {
  Forecasts forecasts;
  Scorecard scorecard;
  std::vector<EventForecast> unobserved;
};

/// Forecasts, scores and ablations where there are observations, distributions where there are none.
Backtest run_backtest(const Comparison& comparison, const Priors& priors, const FittedDraws& draws,
                      const Parameters& params);

/// What was compared, and what could not be and why.
std::string coverage_text(const Comparison& comparison);

}  // namespace chokepoint
