/// Forecasts of observed abnormal returns: draws of parameters, of codings and of the law of observations.
///
/// An event of a fitted episode is forecast with parameters fitted without that episode; any other with those
/// of the whole fit. Every draw takes one parameter point and one coding and adds noise and the model's
/// error.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/study/backtest/comparison.hpp"
#include "sim/study/backtest/observation_law.hpp"
#include "sim/study/calibration/prior.hpp"

namespace chokepoint {

/// Parameter points by episode left out; "" holds those of the whole fit. [draw][parameter], natural values
/// as z.
struct FittedDraws {
  std::map<std::string, std::vector<std::vector<double>>> by_episode;

  const std::vector<std::vector<double>>& of(const std::string& episode) const;
};

/// What is said of one observed row and window.
struct Forecast {
  double median = 0;           ///< of the simulated values: what MAE and sign are about [share]
  std::vector<double> sample;  ///< sorted draws of the observation [share]

  double quantile(double q) const;
};

struct Forecasts {
  std::vector<std::size_t> rows;                           ///< compared rows
  std::vector<std::array<Forecast, window_count>> by_row;  ///< in the order of `rows`
};

/// Simulates every event at the draws of its episode and draws observations.
Forecasts forecast(const Comparison& comparison, const Priors& priors, const FittedDraws& draws,
                   const Parameters& params);

/// Forecasts that say a number for each compared row, with the law's noise around it; the model's error is
/// that of `law`.
Forecasts forecast_of_values(const Comparison& comparison,
                             const std::vector<std::array<double, window_count>>& values,
                             const ObservationLaw& law);

/// Continuous ranked probability score of a sorted sample, as in Gneiting and Raftery (2007), "Strictly
/// proper scoring rules, prediction, and estimation", Journal of the American Statistical Association 102
/// [share].
double crps(const std::vector<double>& sorted, double observed);

}  // namespace chokepoint
