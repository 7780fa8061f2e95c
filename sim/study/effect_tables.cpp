#include "sim/study/effect_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double nothing = 1e-12;  ///< what rounding leaves of an effect that is none

double variance(const std::vector<double>& values) {
  std::vector<double> copy = values;
  const double sd = summarise(copy, {}).sd;
  return sd * sd;
}

/// Variance of the paired difference of levels over the sum of both variances.
double variance_ratio(const std::vector<double>& arm, const std::vector<double>& reference) {
  std::vector<double> difference;
  for (std::size_t r = 0; r < arm.size(); ++r) difference.push_back(arm[r] - reference[r]);
  const double unpaired = variance(arm) + variance(reference);
  return unpaired > 0.0 ? variance(difference) / unpaired : 0.0;
}

std::string replicate_id(std::size_t r) { return fmt::format("r{:04}", r); }

}  // namespace

std::vector<Effect> effects_of(const Study& study, const ExperimentResult& result) {
  std::vector<Effect> effects;
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    if (a == study.reference) continue;
    for (std::size_t m = 0; m < study.metrics.size(); ++m) {
      if (study.metrics[m].metric->expression.form == MetricExpression::Form::level) continue;
      std::vector<double> sample = result.arms[a].values[m];
      Effect effect{a, study.metrics[m].metric, summarise(sample, {0.05, 0.5, 0.95}), 0, 0, 0, 0};
      const auto positive = std::count_if(sample.begin(), sample.end(), [](double x) { return x > 0.0; });
      const auto negative = std::count_if(sample.begin(), sample.end(), [](double x) { return x < 0.0; });
      const auto zero =
          std::count_if(sample.begin(), sample.end(), [](double x) { return std::abs(x) <= nothing; });
      const double n = static_cast<double>(sample.size());
      effect.share_zero = static_cast<double>(zero) / n;
      effect.share_positive = static_cast<double>(positive) / n;
      effect.sign_agreement = static_cast<double>(std::max(positive, negative)) / n;
      effect.variance_ratio =
          variance_ratio(result.arms[a].levels[m], result.arms[study.reference].levels[m]);
      effects.push_back(std::move(effect));
    }
  }
  return effects;
}

void write_metrics(const Study& study, const ExperimentResult& result, const std::string& folder) {
  CsvWriter csv(folder + "/metrics.csv", {"scenario", "arm", "replicate", "metric", "unit", "value"});
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    for (std::size_t r = 0; r < result.arms[a].values.front().size(); ++r) {
      for (std::size_t m = 0; m < study.metrics.size(); ++m) {
        const Metric& metric = *study.metrics[m].metric;
        csv.text(study.scenario.id)
            .text(study.arms[a].id)
            .text(replicate_id(r))
            .text(metric.id)
            .text(metric.unit);
        csv.number(result.arms[a].values[m][r]);
        csv.end_row();
      }
    }
  }
  csv.close();
}

void write_effects(const Study& study, const std::vector<Effect>& effects, const std::string& folder) {
  CsvWriter csv(folder + "/effects.csv",
                {"scenario", "arm", "reference_arm", "metric", "unit", "mean", "median", "q05", "q95",
                 "ci95_low", "ci95_high", "share_positive", "share_zero", "sign_agreement", "n", "paired",
                 "variance_ratio", "label"});
  for (const Effect& effect : effects) {
    const double half = mean_half_width(effect.summary);
    csv.text(study.scenario.id).text(study.arms[effect.arm].id).text(study.arms[study.reference].id);
    csv.text(effect.metric->id).text(effect.metric->unit);
    csv.number(effect.summary.mean);
    csv.number(effect.summary.quantiles[1])
        .number(effect.summary.quantiles[0])
        .number(effect.summary.quantiles[2]);
    csv.number(effect.summary.mean - half).number(effect.summary.mean + half);
    csv.number(effect.share_positive).number(effect.share_zero).number(effect.sign_agreement);
    csv.integer(static_cast<long long>(effect.summary.n)).text("true").number(effect.variance_ratio);
    csv.text(effect.metric->label);
    csv.end_row();
  }
  csv.close();
}

void write_channels(const Study& study, const std::vector<ChannelEffect>& channels,
                    const std::string& folder) {
  CsvWriter csv(folder + "/channels.csv", {"scenario", "arm", "metric", "unit", "channel", "effect_with",
                                           "effect_without", "difference", "ci95_low", "ci95_high", "n"});
  for (const ChannelEffect& effect : channels) {
    csv.text(study.scenario.id)
        .text(study.arms[effect.arm].id)
        .text(effect.metric->id)
        .text(effect.metric->unit);
    csv.text(effect.channel).number(effect.with).number(effect.without).number(effect.difference);
    csv.number(effect.difference - effect.half_width).number(effect.difference + effect.half_width);
    csv.integer(static_cast<long long>(effect.n));
    csv.end_row();
  }
  csv.close();
}

}  // namespace chokepoint
