/// Scores of forecasts against observations, in per cent points where they are returns.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/study/backtest/forecasts.hpp"

namespace chokepoint {

struct Scores {
  std::size_t rows = 0;
  double mae = 0;
  double median_ae = 0;
  double event_mae = 0;  ///< every event counts once
  double crps = 0;
  double sign = 0;  ///< share of right signs among rows with |t| >= 2; no sign said counts as wrong
  std::size_t sign_rows = 0;
  double rank = 0;  ///< mean rank correlation inside events of three rows and more
  double cover50 = 0, cover90 = 0;
  double width90 = 0;
  double slope = 0;  ///< of observed on forecast, through the origin
};

/// Picks rows of the observations.
using RowFilter = std::function<bool(const ObservedRow&)>;

Scores score(const Comparison& comparison, const Forecasts& forecasts, std::size_t window,
             const RowFilter& keep);

/// Ratio of two forecasts' mean absolute errors, and its 5 and 95 % points over episodes drawn anew.
struct Ratio {
  double value = 0, low = 0, high = 0;
};
Ratio mae_ratio(const Comparison& comparison, const Forecasts& a, const Forecasts& b, std::size_t window,
                const RowFilter& keep);

}  // namespace chokepoint
