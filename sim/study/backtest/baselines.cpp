#include "sim/study/backtest/baselines.hpp"

#include <Eigen/Dense>
#include <map>

#include "sim/study/calibration/likelihood.hpp"

namespace chokepoint {
namespace {

using Values = std::vector<std::array<double, window_count>>;

constexpr double prior_rows = 4.0;  // rows of zero that the mechanical forecast starts from
constexpr double ridge = 1e-3;

struct Sums {
  std::array<double, window_count> total{};
  double rows = 0;
};

class BaselineMaker {
 public:
  BaselineMaker(const Comparison& comparison, const Parameters& params) : comparison_(comparison) {
    for (const EventRows& event : comparison.events) {
      for (const std::size_t row : event.rows()) rows_.push_back(row);
    }
    read_regressors(params);
  }

  Values zero() const { return Values(rows_.size()); }

  /// Mean over rows of other episodes with the same key; `start` rows of zero are counted in.
  template <class Key>
  Values mean_by(const Key& key, double start) const {
    Values values(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      Sums sums;
      sums.rows = start;
      for (std::size_t j = 0; j < rows_.size(); ++j) {
        const ObservedRow& other = at(j);
        if (other.episode == at(i).episode || !is_fitted(other) || key(j) != key(i)) continue;
        for (std::size_t w = 0; w < window_count; ++w) sums.total[w] += other.abnormal[w].value_or(0.0);
        sums.rows += 1.0;
      }
      for (std::size_t w = 0; w < window_count && sums.rows > 0.0; ++w)
        values[i][w] = sums.total[w] / sums.rows;
    }
    return values;
  }

  std::string type_and_group(std::size_t i) const { return at(i).type + "|" + at(i).group; }

  /// Direction and kind of firm (whose name says the region).
  std::string mechanics(std::size_t i) const { return direction_.at(at(i).event) + "|" + at(i).group; }

  Values regression() const {
    Values values(rows_.size());
    std::map<std::string, std::array<Eigen::VectorXd, window_count>> coefficients;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::string& episode = at(i).episode;
      if (!coefficients.contains(episode)) coefficients[episode] = fit_without(episode);
      for (std::size_t w = 0; w < window_count; ++w)
        values[i][w] = regressors_[i].dot(coefficients[episode][w]);
    }
    return values;
  }

 private:
  const ObservedRow& at(std::size_t i) const { return comparison_.observed[rows_[i]]; }

  /// Exposure x surprise by channel with its sign, at prior forces, mean over codings and lines of a basket.
  void read_regressors(Parameters params) {
    params.beliefs.beta.fill(1.0);
    params.beliefs.volatility_scaling = 0.0;
    regressors_.assign(rows_.size(), Eigen::VectorXd::Zero(channel_count));
    std::map<std::size_t, std::size_t> place;
    for (std::size_t i = 0; i < rows_.size(); ++i) place[rows_[i]] = i;
    for (const auto& one : comparison_.set.cases) {
      const Descriptor& first = *one->descriptors.front();
      direction_[one->id] = first.direction + (first.event->said.before ? "|eases" : "");
      const Plan plan = make_plan(one->facts, params, *one->calendar, one->events, one->history);
      for (const ComparedReturn& asked : one->returns) {
        if (asked.observed == Facts::npos) continue;
        for (const BasketLine& part : asked.basket) {
          add_channels(*one, plan, part, regressors_[place.at(asked.observed)]);
        }
      }
    }
  }

  void add_channels(const EventCase& one, const Plan& plan, const BasketLine& part,
                    Eigen::VectorXd& sums) const {
    const Line& line = one.facts.lines[part.line];
    const double weight = part.weight / static_cast<double>(comparison_.coding_count());
    for (const EventTrace& trace : plan.traces) {
      for (const ValueChange& change : trace.changes) {
        if (change.entity != one.facts.firms[line.firm].id) continue;
        for (std::size_t c = 0; c < channel_count; ++c) {
          sums(static_cast<Eigen::Index>(c)) += weight * change.by_channel[c];
        }
      }
    }
  }

  std::array<Eigen::VectorXd, window_count> fit_without(const std::string& episode) const {
    std::array<Eigen::VectorXd, window_count> result;
    for (std::size_t w = 0; w < window_count; ++w) {
      Eigen::MatrixXd normal = ridge * Eigen::MatrixXd::Identity(channel_count, channel_count);
      Eigen::VectorXd moment = Eigen::VectorXd::Zero(channel_count);
      for (std::size_t j = 0; j < rows_.size(); ++j) {
        if (at(j).episode == episode || !is_fitted(at(j)) || !at(j).abnormal[w]) continue;
        normal += regressors_[j] * regressors_[j].transpose();
        moment += *at(j).abnormal[w] * regressors_[j];
      }
      result[w] = normal.ldlt().solve(moment);
    }
    return result;
  }

  const Comparison& comparison_;
  std::vector<std::size_t> rows_;
  std::vector<Eigen::VectorXd> regressors_;  ///< [row][channel]
  std::map<std::string, std::string> direction_;
};

}  // namespace

std::vector<Baseline> baselines(const Comparison& comparison, const Parameters& params,
                                const ObservationLaw& law) {
  const BaselineMaker maker(comparison, params);
  const auto said = [&](const Values& values) { return forecast_of_values(comparison, values, law); };
  return {
      {"zero", said(maker.zero())},
      {"group mean", said(maker.mean_by([&](std::size_t i) { return maker.type_and_group(i); }, 0.0))},
      {"mechanical", said(maker.mean_by([&](std::size_t i) { return maker.mechanics(i); }, prior_rows))},
      {"exposures", said(maker.regression())},
  };
}

}  // namespace chokepoint
