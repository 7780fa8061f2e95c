#include "sim/study/calibration/calibration.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace chokepoint {
namespace {

constexpr std::size_t checked_draws = 16;  // at which the emulator is held against the simulation

/// Simulates the points that are not in the store yet.
SimulatePoints stored_simulation(const Comparison& comparison, const Priors& priors, const Parameters& params,
                                 EvaluationStore& store) {
  return [&](const std::vector<std::vector<double>>& points) {
    std::vector<Predictions> out(points.size());
    oneapi::tbb::parallel_for(std::size_t{0}, points.size(), [&](std::size_t i) {
      if (const Predictions* known = store.find(points[i])) {
        out[i] = *known;
        return;
      }
      Parameters point = params;
      apply(priors, points[i], point);
      out[i] = predict(comparison, point);
    });
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (store.find(points[i]) == nullptr) store.add(points[i], out[i]);
    }
    return out;
  };
}

std::vector<char> all_but(const Comparison& comparison, const std::string& episode) {
  std::vector<char> counts;
  for (const EventRows& event : comparison.events) counts.push_back(event.episode == episode ? 0 : 1);
  return counts;
}

std::vector<std::string> episodes_of(const Comparison& comparison) {
  std::set<std::string> episodes;
  for (const EventRows& event : comparison.events) {
    for (const std::size_t row : event.rows()) {
      if (is_fitted(comparison.observed[row])) episodes.insert(event.episode);
    }
  }
  return {episodes.begin(), episodes.end()};
}

/// Draws from the normal approximation around a mode; the parameters that are not free come from `omega`.
std::vector<std::vector<double>> normal_draws(const std::vector<double>& mode,
                                              const Eigen::MatrixXd& covariance,
                                              const std::vector<std::size_t>& free, std::size_t count,
                                              std::uint32_t stream) {
  const RandomStream random(2, stream);
  const Eigen::MatrixXd root = covariance.llt().matrixL();
  std::vector<std::vector<double>> draws;
  for (std::size_t n = 0; n < count; ++n) {
    Eigen::VectorXd normal(static_cast<Eigen::Index>(free.size()));
    for (Eigen::Index a = 0; a < normal.size(); ++a) {
      normal(a) = random.normal(Decision::posterior_draw, static_cast<std::uint32_t>(a),
                                static_cast<std::uint32_t>(n));
    }
    const Eigen::VectorXd move = root * normal;
    draws.push_back(mode);
    for (std::size_t a = 0; a < free.size(); ++a) draws.back()[free[a]] += move(static_cast<Eigen::Index>(a));
  }
  return draws;
}

/// Gives each draw an omega of its own, by the grid's quantiles in a keyed order.
void draw_omega(const GridPosterior& omega, std::size_t at, std::uint32_t stream,
                std::vector<std::vector<double>>& draws) {
  const RandomStream random(3, stream);
  for (std::size_t n = 0; n < draws.size(); ++n) {
    draws[n][at] = omega.quantile(random.uniform(Decision::posterior_draw, 0, static_cast<std::uint32_t>(n)));
  }
}

/// Largest potential scale reduction of the chains over the free parameters, Gelman and Rubin (1992).
double scale_reduction(const std::vector<Chain>& chains, const std::vector<std::size_t>& free) {
  double largest = 1.0;
  const double n = static_cast<double>(chains.front().draws.size());
  for (const std::size_t i : free) {
    std::vector<double> means;
    double within = 0.0;
    for (const Chain& chain : chains) {
      double mean = 0.0;
      for (const auto& z : chain.draws) mean += z[i] / n;
      for (const auto& z : chain.draws) within += (z[i] - mean) * (z[i] - mean) / (n - 1.0);
      means.push_back(mean);
    }
    within /= static_cast<double>(chains.size());
    double all = 0.0;
    for (const double mean : means) all += mean / static_cast<double>(means.size());
    double between = 0.0;
    for (const double mean : means)
      between += (mean - all) * (mean - all) / static_cast<double>(means.size() - 1);
    largest = std::max(largest, std::sqrt(((n - 1.0) / n * within + between) / within));
  }
  return largest;
}

class Calibrator {
 public:
  Calibrator(const Comparison& comparison, const Priors& priors, const Parameters& params,
             const CalibrationSettings& settings, EvaluationStore& store, const Say& say)
      : comparison_(comparison),
        priors_(priors),
        params_(params),
        settings_(settings),
        say_(say),
        simulate_(stored_simulation(comparison, priors, params, store)) {}

  Calibration run() {
    Calibration out;
    fit_thin_floats(out);
    fit_events(out);
    run_chains(out);
    check_emulator(out);
    fit_folds(out);
    return out;
  }

 private:
  LogPosterior posterior_without(const std::string& episode) const {
    LikelihoodSettings likelihood;
    likelihood.correct_selection = settings_.correct_selection;
    return {comparison_, priors_, likelihood, all_but(comparison_, episode)};
  }

  void fit_thin_floats(Calibration& out) const {
    out.omega = fit_omega(comparison_, priors_, params_);
    const FittedParameter& omega = priors_[omega_at()];
    say_(fmt::format("omega from first days of listings: {:.2g} [{:.2g}, {:.2g}]",
                     omega.value(out.omega.quantile(0.5)), omega.value(out.omega.quantile(0.05)),
                     omega.value(out.omega.quantile(0.95))));
  }

  std::size_t omega_at() const { return prior_index(priors_, "omega"); }

  void fit_events(Calibration& out) const {
    std::vector<double> start(priors_.size(), 0.0);
    start[omega_at()] = out.omega.quantile(0.5);
    for (std::size_t i = 0; i < priors_.size(); ++i) {
      if (!priors_[i].thin) out.free.push_back(i);
    }
    const LogPosterior posterior = posterior_without("");
    out.fit =
        fit_map(posterior, simulate_, start, out.free, [&](std::size_t round, double value, double box) {
          say_(fmt::format("round {:>2}: log posterior {:.2f}, box {:.2f}", round, value, box));
        });
    out.covariance = laplace_covariance(posterior, *out.fit.emulator, out.fit.mode, out.free);
    for (const EventRows& event : comparison_.events) {
      const auto rows = event.rows();
      const auto fitted = std::count_if(
          rows.begin(), rows.end(), [&](std::size_t row) { return is_fitted(comparison_.observed[row]); });
      out.fitted_rows += static_cast<std::size_t>(fitted);
      out.fitted_events += fitted > 0 ? 1 : 0;
    }
  }

  void run_chains(Calibration& out) const {
    const LogPosterior posterior = posterior_without("");
    std::vector<Chain> chains(settings_.chains);
    const std::size_t each = settings_.draws / settings_.chains;
    oneapi::tbb::parallel_for(std::size_t{0}, chains.size(), [&](std::size_t c) {
      chains[c] = run_chain(posterior, *out.fit.emulator, out.fit.mode, out.free, out.covariance, each,
                            settings_.thin, static_cast<std::uint32_t>(c));
    });
    for (const Chain& chain : chains) {
      out.draws.insert(out.draws.end(), chain.draws.begin(), chain.draws.end());
      out.acceptance += chain.acceptance / static_cast<double>(chains.size());
    }
    out.chain_spread = scale_reduction(chains, out.free);
    draw_omega(out.omega, omega_at(), 0, out.draws);
    say_(fmt::format("{} chains: acceptance {:.2f}, potential scale reduction {:.3f}", chains.size(),
                     out.acceptance, out.chain_spread));
  }

  void check_emulator(Calibration& out) const {
    std::vector<std::vector<double>> points;
    for (std::size_t n = 0; n < checked_draws; ++n) {
      points.push_back(out.draws[n * out.draws.size() / checked_draws]);
      points.back()[omega_at()] = out.fit.mode[omega_at()];  // the emulator holds it
    }
    const std::vector<Predictions> exact = simulate_(points);
    double squares = 0.0;
    double count = 0.0;
    for (std::size_t n = 0; n < points.size(); ++n) {
      const Predictions near = out.fit.emulator->predict(points[n]);
      for (std::size_t i = 0; i < near.size(); ++i) {
        const double error = 100.0 * (near[i][0] - exact[n][i][0]);
        out.emulator_error = std::max(out.emulator_error, std::fabs(error));
        squares += error * error;
        count += 1.0;
      }
    }
    out.emulator_typical_error = std::sqrt(squares / count);
    say_(fmt::format(
        "emulator against simulation at {} posterior draws: typical error {:.2f}, largest {:.1f} per "
        "cent points",
        points.size(), out.emulator_typical_error, out.emulator_error));
  }

  void fit_folds(Calibration& out) const {
    const std::vector<std::string> episodes = episodes_of(comparison_);
    std::vector<std::vector<std::vector<double>>> draws(episodes.size());
    oneapi::tbb::parallel_for(std::size_t{0}, episodes.size(), [&](std::size_t e) {
      const LogPosterior posterior = posterior_without(episodes[e]);
      const std::vector<double> mode =
          maximise(posterior, *out.fit.emulator, out.fit.mode, out.free, fold_box);
      const Eigen::MatrixXd covariance = laplace_covariance(posterior, *out.fit.emulator, mode, out.free);
      draws[e] =
          normal_draws(mode, covariance, out.free, settings_.fold_draws, static_cast<std::uint32_t>(e));
      draw_omega(out.omega, omega_at(), static_cast<std::uint32_t>(e + 1), draws[e]);
    });
    for (std::size_t e = 0; e < episodes.size(); ++e) out.folds[episodes[e]] = std::move(draws[e]);
    say_(fmt::format("{} folds, each without one episode", episodes.size()));
  }

  static constexpr double fold_box = 1.5;

  const Comparison& comparison_;
  const Priors& priors_;
  const Parameters& params_;
  const CalibrationSettings& settings_;
  const Say& say_;
  SimulatePoints simulate_;
};

}  // namespace

Calibration calibrate(const Comparison& comparison, const Priors& priors, const Parameters& params,
                      const CalibrationSettings& settings, EvaluationStore& store, const Say& say) {
  return Calibrator(comparison, priors, params, settings, store, say).run();
}

}  // namespace chokepoint
