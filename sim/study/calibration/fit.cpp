#include "sim/study/calibration/fit.hpp"

#include <algorithm>
#include <cmath>
#include <nlopt.hpp>

namespace chokepoint {
namespace {

constexpr double emulation_step = 0.4;  // prior standard deviations
constexpr double first_box = 1.2;       // of one round, prior standard deviations
constexpr double last_box = 0.2;
constexpr double worth_a_round = 0.3;  // of log posterior
constexpr std::size_t most_rounds = 14;

struct Goal {
  const LogPosterior& posterior;
  const Emulator& emulator;
  const std::vector<std::size_t>& free;
  std::vector<double> z;
};

double evaluate(const std::vector<double>& x, std::vector<double>&, void* data) {
  Goal& goal = *static_cast<Goal*>(data);
  for (std::size_t a = 0; a < x.size(); ++a) goal.z[goal.free[a]] = x[a];
  return goal.posterior(goal.z, goal.emulator.predict(goal.z));
}

}  // namespace

double LogPosterior::operator()(std::span<const double> z, const Predictions& predictions) const {
  LikelihoodSettings settings = settings_;
  settings.law = law(z);
  const std::vector<double> events = event_log_likelihoods(comparison_, predictions, settings);
  double sum = log_prior(z);
  for (std::size_t e = 0; e < events.size(); ++e) sum += counts_[e] != 0 ? events[e] : 0.0;
  return sum;
}

ObservationLaw LogPosterior::law(std::span<const double> z) const {
  ObservationLaw law = settings_.law;
  const std::size_t at = prior_index(priors_, "model_error");
  law.model_error = priors_[at].value(z[at]);
  return law;
}

std::vector<double> maximise(const LogPosterior& posterior, const Emulator& emulator,
                             std::vector<double> start, const std::vector<std::size_t>& free, double radius) {
  Goal goal{posterior, emulator, free, std::move(start)};
  std::vector<double> x, low, high;
  for (const std::size_t i : free) {
    low.push_back(emulator.centre()[i] - radius);
    high.push_back(emulator.centre()[i] + radius);
    x.push_back(std::clamp(goal.z[i], low.back(), high.back()));
  }
  nlopt::opt search(nlopt::LN_BOBYQA, static_cast<unsigned>(free.size()));
  search.set_max_objective(evaluate, &goal);
  search.set_lower_bounds(low);
  search.set_upper_bounds(high);
  search.set_initial_step(0.3 * radius);
  search.set_xtol_abs(1e-3);
  search.set_maxeval(1500);
  double best = 0.0;
  search.optimize(x, best);
  for (std::size_t a = 0; a < free.size(); ++a) goal.z[free[a]] = x[a];
  return goal.z;
}

Eigen::MatrixXd laplace_covariance(const LogPosterior& posterior, const Emulator& emulator,
                                   const std::vector<double>& at, const std::vector<std::size_t>& free) {
  constexpr double h = 0.1;
  const auto d = static_cast<Eigen::Index>(free.size());
  const auto value = [&](Eigen::Index a, double da, Eigen::Index b, double db) {
    std::vector<double> z = at;
    z[free[static_cast<std::size_t>(a)]] += da;
    z[free[static_cast<std::size_t>(b)]] += db;
    return posterior(z, emulator.predict(z));
  };
  const double middle = value(0, 0.0, 0, 0.0);
  Eigen::MatrixXd precision(d, d);
  for (Eigen::Index a = 0; a < d; ++a) {
    precision(a, a) = -(value(a, h, a, 0.0) - 2.0 * middle + value(a, -h, a, 0.0)) / (h * h);
    for (Eigen::Index b = 0; b < a; ++b) {
      const double mixed = value(a, h, b, h) - value(a, h, b, -h) - value(a, -h, b, h) + value(a, -h, b, -h);
      precision(a, b) = precision(b, a) = -mixed / (4.0 * h * h);
    }
  }
  // A direction in which the posterior is flatter than the prior, by the emulator's error, gets the prior's
  // width.
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(precision);
  const Eigen::VectorXd width = eigen.eigenvalues().cwiseMax(1.0).cwiseInverse();
  return eigen.eigenvectors() * width.asDiagonal() * eigen.eigenvectors().transpose();
}

Chain run_chain(const LogPosterior& posterior, const Emulator& emulator, const std::vector<double>& start,
                const std::vector<std::size_t>& free, const Eigen::MatrixXd& covariance, std::size_t draws,
                std::size_t thin, std::uint32_t number) {
  const RandomStream random(1, number);
  const Eigen::MatrixXd step = covariance.llt().matrixL();
  const double scale = 2.38 / std::sqrt(static_cast<double>(free.size()));
  Chain chain;
  std::vector<double> z = start;
  double here = posterior(z, emulator.predict(z));
  std::size_t accepted = 0;
  const std::size_t burn = draws * thin / 5;
  const std::size_t steps = burn + draws * thin;
  for (std::size_t t = 0; t < steps; ++t) {
    Eigen::VectorXd normal(static_cast<Eigen::Index>(free.size()));
    for (Eigen::Index a = 0; a < normal.size(); ++a) {
      normal(a) =
          random.normal(Decision::chain_step, static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(t));
    }
    const Eigen::VectorXd move = scale * (step * normal);
    std::vector<double> proposal = z;
    for (std::size_t a = 0; a < free.size(); ++a) proposal[free[a]] += move(static_cast<Eigen::Index>(a));
    const double there = posterior(proposal, emulator.predict(proposal));
    const double u = random.uniform(Decision::chain_accept, 0, static_cast<std::uint32_t>(t));
    if (logarithm(u) < there - here) {
      z = std::move(proposal);
      here = there;
      ++accepted;
    }
    if (t >= burn && (t - burn) % thin == thin - 1) chain.draws.push_back(z);
  }
  chain.acceptance = static_cast<double>(accepted) / static_cast<double>(steps);
  return chain;
}

MapFit fit_map(const LogPosterior& posterior, const SimulatePoints& simulate, std::vector<double> start,
               const std::vector<std::size_t>& free, const FitProgress& progress) {
  MapFit fit;
  fit.mode = std::move(start);
  const auto exact = [&](const std::vector<double>& z) { return posterior(z, simulate({z}).front()); };
  fit.log_posterior = exact(fit.mode);
  double box = first_box;
  bool moved = true;
  while (fit.rounds < most_rounds && box >= last_box) {
    if (moved) fit.emulator.emplace(simulate, posterior.priors(), fit.mode, free, emulation_step);
    const std::vector<double> next = maximise(posterior, *fit.emulator, fit.mode, free, box);
    const double there = exact(next);
    moved = there > fit.log_posterior;
    if (there < fit.log_posterior + worth_a_round) box *= 0.5;
    if (moved) {
      fit.mode = next;
      fit.log_posterior = there;
    }
    ++fit.rounds;
    if (progress) progress(fit.rounds, fit.log_posterior, box);
  }
  fit.settled = box < last_box;
  if (moved) fit.emulator.emplace(simulate, posterior.priors(), fit.mode, free, emulation_step);
  return fit;
}

}  // namespace chokepoint
