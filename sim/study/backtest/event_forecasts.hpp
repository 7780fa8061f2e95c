/// What the calibrated model expects of events that nobody has observed yet: distributions per ticker.
#pragma once

#include <string>
#include <vector>

#include "sim/study/backtest/forecasts.hpp"

namespace chokepoint {

struct EventForecast {
  std::string event;
  std::string ticker;
  std::string firm;
  Date first_session;
  std::array<Forecast, window_count> effect;    ///< what the event does: parameters and codings, no noise
  std::array<Forecast, window_count> abnormal;  ///< what an event study would measure: with noise
};

/// Returns that were asked for without an observation, at the draws of the whole fit. The noise of a line is
/// that of its class.
std::vector<EventForecast> forecast_events(const Comparison& comparison, const Priors& priors,
                                           const FittedDraws& draws, const Parameters& params);

/// Largest effects first; lines that hardly move are counted, not listed.
std::string event_forecast_text(const std::vector<EventForecast>& forecasts);
void write_event_forecasts(const std::vector<EventForecast>& forecasts, const std::string& path);

}  // namespace chokepoint
