#include "sim/study/backtest/event_forecasts.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/csv.hpp"
#include "sim/output/text_table.hpp"

namespace chokepoint {
namespace {

constexpr double faint = 5e-4;           // effects that the table leaves out
constexpr std::size_t most_draws = 100;  // parameter points per coding

using Key = std::pair<std::string, std::string>;  // event, ticker

struct Drawn {
  std::string firm;
  Date first_session;
  std::array<std::vector<double>, window_count> effect, abnormal;
};

void sort_all(Forecast& one) {
  std::sort(one.sample.begin(), one.sample.end());
  one.median = one.quantile(0.5);
}

/// Simulated returns of a case at every draw: [draw][return].
std::vector<std::vector<SimulatedReturn>> at_draws(const EventCase& one, const Priors& priors,
                                                   const std::vector<std::vector<double>>& draws,
                                                   const Parameters& params) {
  std::vector<std::vector<SimulatedReturn>> results(draws.size());
  oneapi::tbb::parallel_for(std::size_t{0}, draws.size(), [&](std::size_t n) {
    Parameters point = params;
    apply(priors, draws[n], point);
    results[n] = simulate(one, point);
  });
  return results;
}

double class_sd(const EventCase& one, const ComparedReturn& asked, const Parameters& params) {
  return target_sd(params.noise, one.facts.lines[asked.basket.front().line]);
}

}  // namespace

std::vector<EventForecast> forecast_events(const Comparison& comparison, const Priors& priors,
                                           const FittedDraws& draws, const Parameters& params) {
  const auto& all = draws.of("");
  std::vector<std::vector<double>> used;
  const std::size_t step = std::max<std::size_t>(1, all.size() / most_draws);
  for (std::size_t n = 0; n < all.size(); n += step) used.push_back(all[n]);
  const std::size_t error_at = prior_index(priors, "model_error");
  std::map<Key, Drawn> drawn;
  const RandomStream random(9, 0);
  for (const auto& one : comparison.set.cases) {
    const auto results = at_draws(*one, priors, used, params);
    for (std::size_t k = 0; k < one->returns.size(); ++k) {
      const ComparedReturn& asked = one->returns[k];
      if (asked.observed != Facts::npos) continue;
      Drawn& into = drawn[{one->id, asked.ticker}];
      into.firm = one->facts.firms[one->facts.lines[asked.basket.front().line].firm].name;
      into.first_session = one->calendar->days()[asked.first_day].date;
      const double sd = class_sd(*one, asked, params);
      for (std::size_t n = 0; n < used.size(); ++n) {
        ObservationLaw law;
        law.model_error = priors[error_at].value(used[n][error_at]);
        for (std::size_t w = 0; w < window_count; ++w) {
          into.effect[w].push_back(results[n][k].effect[w]);
          const auto step_of = static_cast<std::uint32_t>(into.abnormal[w].size() * window_count + w);
          into.abnormal[w].push_back(draw_observation(law, results[n][k].abnormal[w], window_sd(law, sd, w),
                                                      random, identity_of(one->id + asked.ticker), step_of));
        }
      }
    }
  }
  std::vector<EventForecast> forecasts;
  for (auto& [key, sample] : drawn) {
    EventForecast& one = forecasts.emplace_back();
    one.event = key.first;
    one.ticker = key.second;
    one.firm = sample.firm;
    one.first_session = sample.first_session;
    for (std::size_t w = 0; w < window_count; ++w) {
      one.effect[w].sample = std::move(sample.effect[w]);
      one.abnormal[w].sample = std::move(sample.abnormal[w]);
      sort_all(one.effect[w]);
      sort_all(one.abnormal[w]);
    }
  }
  return forecasts;
}

std::string event_forecast_text(const std::vector<EventForecast>& forecasts) {
  std::vector<const EventForecast*> order;
  std::size_t still = 0;
  for (const EventForecast& one : forecasts) {
    const double size = std::max(std::fabs(one.effect[0].median), std::fabs(one.effect[2].median));
    if (size < faint) {
      ++still;
    } else {
      order.push_back(&one);
    }
  }
  std::stable_sort(order.begin(), order.end(), [](const EventForecast* a, const EventForecast* b) {
    if (a->event != b->event) return a->event < b->event;
    return std::fabs(a->effect[0].median) > std::fabs(b->effect[0].median);
  });
  TextTable table({"event", "firm", "ticker", "first session", "effect", "5 to 95 %", "with noise, 5 to 95 %",
                   "5 sessions", "5 to 95 %"});
  const auto range = [](const Forecast& one) {
    return fmt::format("{:+.1f} to {:+.1f}", 100.0 * one.quantile(.05), 100.0 * one.quantile(.95));
  };
  for (const EventForecast* one : order) {
    table.add({one->event, one->firm, one->ticker, to_text(one->first_session),
               signed_number(100.0 * one->effect[0].median, 1), range(one->effect[0]),
               range(one->abnormal[0]), signed_number(100.0 * one->effect[2].median, 1),
               range(one->effect[2])});
  }
  return fmt::format(
      "Per cent. effect: what the event does to the price on the first session and over five, by the draws "
      "of the fit "
      "and the\ncodings; with noise: the abnormal return of the first session that an event study would "
      "measure. "
      "Daily price limits hold.\n{}{} more tickers that the event touches move by less than {:g} %.\n",
      table.text(4), still, 100.0 * faint);
}

void write_event_forecasts(const std::vector<EventForecast>& forecasts, const std::string& path) {
  CsvWriter file(path,
                 {"event", "firm", "ticker", "first_session", "window", "effect_median_pct", "effect_q05_pct",
                  "effect_q95_pct", "abnormal_median_pct", "abnormal_q05_pct", "abnormal_q95_pct"});
  for (const EventForecast& one : forecasts) {
    for (std::size_t w = 0; w < window_count; ++w) {
      file.text(one.event)
          .text(one.firm)
          .text(one.ticker)
          .text(to_text(one.first_session))
          .text(window_names[w]);
      for (const Forecast* what : {&one.effect[w], &one.abnormal[w]}) {
        file.number(100.0 * what->median)
            .number(100.0 * what->quantile(.05))
            .number(100.0 * what->quantile(.95));
      }
      file.end_row();
    }
  }
  file.close();
}

}  // namespace chokepoint
