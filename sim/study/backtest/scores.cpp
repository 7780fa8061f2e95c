#include "sim/study/backtest/scores.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace chokepoint {
namespace {

constexpr std::size_t bootstraps = 1000;

double mean_of(const std::vector<double>& values) {
  if (values.empty()) return 0.0;
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double middle_of(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  return 0.5 * (values[(values.size() - 1) / 2] + values[values.size() / 2]);
}

/// Ranks with ties at their mean.
std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<double> ranks;
  for (const double one : values) {
    double below = 0.0;
    double equal = 0.0;
    for (const double other : values) {
      below += other < one ? 1.0 : 0.0;
      equal += other == one ? 1.0 : 0.0;
    }
    ranks.push_back(below + 0.5 * (equal + 1.0));
  }
  return ranks;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double ma = mean_of(a);
  const double mb = mean_of(b);
  double ab = 0.0;
  double aa = 0.0;
  double bb = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
  }
  return aa > 0.0 && bb > 0.0 ? ab / std::sqrt(aa * bb) : 0.0;
}

struct EventSums {
  std::vector<double> errors, observed, forecast;
};

}  // namespace

Scores score(const Comparison& comparison, const Forecasts& forecasts, std::size_t window,
             const RowFilter& keep) {
  std::map<std::string, EventSums> events;
  std::vector<double> errors, ranked, fifty, ninety, widths, signs;
  double xy = 0.0;
  double xx = 0.0;
  for (std::size_t i = 0; i < forecasts.rows.size(); ++i) {
    const ObservedRow& row = comparison.observed[forecasts.rows[i]];
    if (!keep(row) || !row.abnormal[window]) continue;
    const Forecast& said = forecasts.by_row[i][window];
    const double observed = *row.abnormal[window];
    errors.push_back(100.0 * std::fabs(observed - said.median));
    ranked.push_back(100.0 * crps(said.sample, observed));
    const auto inside = [&](double q) {
      return said.quantile(0.5 - 0.5 * q) <= observed && observed <= said.quantile(0.5 + 0.5 * q) ? 1.0 : 0.0;
    };
    fifty.push_back(inside(0.5));
    ninety.push_back(inside(0.9));
    widths.push_back(100.0 * (said.quantile(0.95) - said.quantile(0.05)));
    if (std::fabs(row.t_value()) >= 2.0) signs.push_back(observed * said.median > 0.0 ? 1.0 : 0.0);
    EventSums& event = events[row.event];
    event.errors.push_back(errors.back());
    event.observed.push_back(observed);
    event.forecast.push_back(said.median);
    xy += observed * said.median;
    xx += said.median * said.median;
  }
  std::vector<double> by_event, ranks;
  for (const auto& [id, event] : events) {
    by_event.push_back(mean_of(event.errors));
    if (event.errors.size() >= 3)
      ranks.push_back(correlation(ranks_of(event.observed), ranks_of(event.forecast)));
  }
  return {errors.size(),   mean_of(errors), middle_of(errors), mean_of(by_event),
          mean_of(ranked), mean_of(signs),  signs.size(),      mean_of(ranks),
          mean_of(fifty),  mean_of(ninety), mean_of(widths),   xx > 0.0 ? xy / xx : 0.0};
}

Ratio mae_ratio(const Comparison& comparison, const Forecasts& a, const Forecasts& b, std::size_t window,
                const RowFilter& keep) {
  std::map<std::string, std::array<double, 2>> episodes;
  std::array<double, 2> all{};
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    const ObservedRow& row = comparison.observed[a.rows[i]];
    if (!keep(row) || !row.abnormal[window]) continue;
    auto& sums = episodes[row.episode];
    const std::array<double, 2> errors{std::fabs(*row.abnormal[window] - a.by_row[i][window].median),
                                       std::fabs(*row.abnormal[window] - b.by_row[i][window].median)};
    for (std::size_t s = 0; s < 2; ++s) {
      sums[s] += errors[s];
      all[s] += errors[s];
    }
  }
  std::vector<std::array<double, 2>> sums;
  for (const auto& [id, one] : episodes) sums.push_back(one);
  const RandomStream random(11, 0);
  std::vector<double> ratios;
  for (std::size_t t = 0; t < bootstraps && !sums.empty(); ++t) {
    std::array<double, 2> drawn{};
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const double u = random.uniform(Decision::bootstrap_episode, static_cast<std::uint32_t>(i),
                                      static_cast<std::uint32_t>(t));
      const auto& one = sums[static_cast<std::size_t>(u * static_cast<double>(sums.size()))];
      for (std::size_t s = 0; s < 2; ++s) drawn[s] += one[s];
    }
    ratios.push_back(drawn[0] / drawn[1]);
  }
  if (ratios.empty()) return {};
  std::sort(ratios.begin(), ratios.end());
  return {all[0] / all[1], ratios[bootstraps / 20], ratios[bootstraps - 1 - bootstraps / 20]};
}

}  // namespace chokepoint
