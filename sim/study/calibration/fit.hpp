/// The fit: maximum a posteriori on the explicit likelihood, Laplace's approximation, and a short chain.
///
/// MAP: the simulation is emulated around a point, the emulated posterior is maximised within a box (NLopt,
/// BOBYQA: Powell (2009), "The BOBYQA algorithm for bound constrained optimization without derivatives"), and
/// the step is taken when the simulation agrees that it is better; else the box is halved. Near a maximum the
/// posterior has small kinks (attention turns with the sign of news), so the search ends when the box is
/// small. The covariance is the inverse of the Hessian of the emulated log posterior at the MAP. The chain is
/// a random walk with that covariance: adaptation-free Metropolis. Tests: tests/cli/calibrate-reproduces.
#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "sim/study/calibration/emulator.hpp"
#include "sim/study/calibration/likelihood.hpp"
#include "sim/study/calibration/prior.hpp"

namespace chokepoint {

/// Log posterior of a point up to a constant: prior and the events that count.
class LogPosterior {
 public:
  LogPosterior(const Comparison& comparison, const Priors& priors, LikelihoodSettings settings,
               std::vector<char> counts)
      : comparison_(comparison), priors_(priors), settings_(settings), counts_(std::move(counts)) {}

  double operator()(std::span<const double> z, const Predictions& predictions) const;
  /// The law of observations at a point.
  ObservationLaw law(std::span<const double> z) const;
  const Priors& priors() const { return priors_; }

 private:
  const Comparison& comparison_;
  const Priors& priors_;
  LikelihoodSettings settings_;
  std::vector<char> counts_;  ///< by event
};

/// Best point of the emulated posterior within `radius` of the emulator's centre, over the free parameters.
std::vector<double> maximise(const LogPosterior& posterior, const Emulator& emulator,
                             std::vector<double> start, const std::vector<std::size_t>& free, double radius);

/// Inverse of minus the Hessian over the free parameters, by central differences on the emulator.
Eigen::MatrixXd laplace_covariance(const LogPosterior& posterior, const Emulator& emulator,
                                   const std::vector<double>& at, const std::vector<std::size_t>& free);

struct Chain {
  std::vector<std::vector<double>> draws;
  double acceptance = 0;
};

/// Metropolis with the covariance scaled by 2.38^2 / d; draws every `thin` steps after `burn`.
Chain run_chain(const LogPosterior& posterior, const Emulator& emulator, const std::vector<double>& start,
                const std::vector<std::size_t>& free, const Eigen::MatrixXd& covariance, std::size_t draws,
                std::size_t thin, std::uint32_t number);

struct MapFit {
  std::vector<double> mode;
  std::optional<Emulator> emulator;  ///< around the mode
  double log_posterior = 0;          ///< by the simulation itself
  std::size_t rounds = 0;
  bool settled = false;
};

/// Called after each round with its number, the log posterior reached and the size of the box.
using FitProgress = std::function<void(std::size_t, double, double)>;

MapFit fit_map(const LogPosterior& posterior, const SimulatePoints& simulate, std::vector<double> start,
               const std::vector<std::size_t>& free, const FitProgress& progress = {});

}  // namespace chokepoint
