#include "sim/study/backtest/forecasts.hpp"

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr std::size_t sample_size = 600;  // draws of an observation
constexpr std::uint32_t noise_seed = 7;

double median_of(std::vector<double> values) {
  if (values.empty()) return 0.0;
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

/// Draws of an observation around simulated values, one law each.
Forecast draw(const std::vector<double>& simulated, const std::vector<ObservationLaw>& laws,
              double residual_sd, std::size_t window, std::uint32_t subject) {
  Forecast one;
  one.median = median_of(simulated);
  const RandomStream random(noise_seed, static_cast<std::uint32_t>(window));
  for (std::size_t i = 0; i < sample_size; ++i) {
    const std::size_t from = i % simulated.size();
    const double sd = window_sd(laws[from], residual_sd, window);
    one.sample.push_back(
        draw_observation(laws[from], simulated[from], sd, random, subject, static_cast<std::uint32_t>(i)));
  }
  std::sort(one.sample.begin(), one.sample.end());
  return one;
}

/// Values simulated for a row at one draw: [coding][window].
struct RowValues {
  std::vector<std::array<double, window_count>> values;
  std::vector<ObservationLaw> laws;
};

}  // namespace

const std::vector<std::vector<double>>& FittedDraws::of(const std::string& episode) const {
  const auto at = by_episode.find(episode);
  return at == by_episode.end() ? by_episode.at("") : at->second;
}

double Forecast::quantile(double q) const {
  const double at = q * static_cast<double>(sample.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sample.size() - 1);
  return sample[low] + (at - static_cast<double>(low)) * (sample[high] - sample[low]);
}

Forecasts forecast(const Comparison& comparison, const Priors& priors, const FittedDraws& draws,
                   const Parameters& params) {
  std::vector<RowValues> rows(comparison.observed.size());
  const std::size_t codings = comparison.coding_count();
  const std::size_t error_at = prior_index(priors, "model_error");
  const auto simulate_event = [&](const EventRows& event) {
    for (const std::vector<double>& z : draws.of(event.episode)) {
      Parameters point = params;
      apply(priors, z, point);
      const ObservationLaw law{ObservationLaw{}.shared, ObservationLaw{}.later_news,
                               priors[error_at].value(z[error_at])};
      std::vector<std::vector<SimulatedReturn>> of_coding(codings);
      for (std::size_t c = 0; c < codings; ++c) {
        std::map<std::size_t, std::array<double, window_count>> found;
        for (const auto& one : comparison.set.cases) {
          if (one->id != event.id || one->coding != c) continue;
          const auto results = simulate(*one, point);
          for (std::size_t k = 0; k < results.size(); ++k)
            found[one->returns[k].observed] = results[k].abnormal;
        }
        for (const std::size_t row : event.rows()) {
          rows[row].values.push_back(found.contains(row) ? found[row] : std::array<double, window_count>{});
          rows[row].laws.push_back(law);
        }
      }
    }
  };
  oneapi::tbb::parallel_for(std::size_t{0}, comparison.events.size(),
                            [&](std::size_t e) { simulate_event(comparison.events[e]); });
  Forecasts out;
  for (const EventRows& event : comparison.events) {
    for (const std::size_t row : event.rows()) out.rows.push_back(row);
  }
  out.by_row.resize(out.rows.size());
  for (std::size_t i = 0; i < out.rows.size(); ++i) {
    const RowValues& row = rows[out.rows[i]];
    for (std::size_t w = 0; w < window_count; ++w) {
      std::vector<double> simulated;
      for (const auto& values : row.values) simulated.push_back(values[w]);
      out.by_row[i][w] = draw(simulated, row.laws, comparison.observed[out.rows[i]].residual_sd, w,
                              static_cast<std::uint32_t>(out.rows[i]));
    }
  }
  return out;
}

Forecasts forecast_of_values(const Comparison& comparison,
                             const std::vector<std::array<double, window_count>>& values,
                             const ObservationLaw& law) {
  Forecasts out;
  for (const EventRows& event : comparison.events) {
    for (const std::size_t row : event.rows()) out.rows.push_back(row);
  }
  for (std::size_t i = 0; i < out.rows.size(); ++i) {
    auto& one = out.by_row.emplace_back();
    for (std::size_t w = 0; w < window_count; ++w) {
      one[w] = draw({values[i][w]}, {law}, comparison.observed[out.rows[i]].residual_sd, w,
                    static_cast<std::uint32_t>(out.rows[i]));
    }
  }
  return out;
}

double crps(const std::vector<double>& sorted, double observed) {
  const double n = static_cast<double>(sorted.size());
  double distance = 0.0;
  double spread = 0.0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    distance += std::fabs(sorted[i] - observed);
    spread += (2.0 * static_cast<double>(i + 1) - n - 1.0) * sorted[i];
  }
  return distance / n - spread / (n * n);
}

}  // namespace chokepoint
