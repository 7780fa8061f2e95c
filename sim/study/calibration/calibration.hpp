/// The whole fit: omega from thin floats, the rest from events, folds without each episode, and what it says.
///
/// Files of a calibration folder: priors.csv (input), posterior.csv (prior against posterior), draws.csv (of
/// the posterior: runs draw from it), folds.csv (draws without each episode: the backtest uses them), fit.csv
/// (how the fit went). README.md there says how to read them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/study/backtest/forecasts.hpp"
#include "sim/study/calibration/evaluation_store.hpp"
#include "sim/study/calibration/fit.hpp"
#include "sim/study/calibration/thin_floats.hpp"

namespace chokepoint {

struct CalibrationSettings {
  std::size_t draws = 400;      ///< of the posterior
  std::size_t fold_draws = 20;  ///< of each fold
  std::size_t chains = 4;
  std::size_t thin = 25;  ///< steps between draws
  bool correct_selection = true;
};

struct Calibration {
  GridPosterior omega;
  MapFit fit;
  Eigen::MatrixXd covariance;
  std::vector<std::size_t> free;           ///< parameters that events tell
  std::vector<std::vector<double>> draws;  ///< z, all parameters
  double acceptance = 0;
  double emulator_error = 0;          ///< largest error at posterior draws [per cent points]
  double emulator_typical_error = 0;  ///< root of its mean square [per cent points]
  double chain_spread = 0;            ///< largest potential scale reduction over parameters
  std::map<std::string, std::vector<std::vector<double>>> folds;  ///< draws by episode left out
  std::size_t fitted_rows = 0, fitted_events = 0;
};

using Say = std::function<void(const std::string&)>;

Calibration calibrate(const Comparison& comparison, const Priors& priors, const Parameters& params,
                      const CalibrationSettings& settings, EvaluationStore& store, const Say& say);

/// Writes posterior.csv, draws.csv, folds.csv and fit.csv.
void write_calibration(const Priors& priors, const Calibration& calibration, const std::string& folder);

/// Prior against posterior, and what the data do not move.
std::string calibration_text(const Priors& priors, const Calibration& calibration);

/// Draws of the posterior of a calibration folder (draws.csv), as z.
std::vector<std::vector<double>> read_posterior(const std::string& folder, const Priors& priors,
                                                Problems& problems);

/// Draws of the fit that left an episode out (folds.csv), as z: a forecast of that episode.
std::vector<std::vector<double>> read_fold(const std::string& folder, const std::string& episode,
                                           const Priors& priors, Problems& problems);

/// Reads draws.csv and folds.csv of a calibration folder.
FittedDraws read_fitted_draws(const std::string& folder, const Priors& priors, Problems& problems);

}  // namespace chokepoint
