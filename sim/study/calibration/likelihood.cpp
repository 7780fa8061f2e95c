#include "sim/study/calibration/likelihood.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

constexpr double loud = 2.0;  // noise sd

/// Noise sd of CAR[0,4] - AR[0] in terms of the daily one.
double later_sd(const ObservationLaw& law, double residual_sd) {
  const double whole = window_sd(law, residual_sd, window_count - 1);
  return std::sqrt(whole * whole - residual_sd * residual_sd);
}

struct GroupRows {
  std::vector<LawRow> first;
  std::vector<LawRow> later;
};

GroupRows group_rows(const Comparison& comparison, const Predictions& predictions,
                     const std::vector<std::size_t>& group, std::size_t coding, const ObservationLaw& law) {
  GroupRows rows;
  for (const std::size_t row : group) {
    const ObservedRow& observed = comparison.observed[row];
    if (!is_fitted(observed)) continue;
    const auto& simulated = predictions[row * comparison.coding_count() + coding];
    const double sd = observed.residual_sd;
    rows.first.push_back({*observed.abnormal[0], simulated[0], sd});
    if (!observed.abnormal[2]) continue;
    rows.later.push_back(
        {*observed.abnormal[2] - *observed.abnormal[0], simulated[2] - simulated[0], later_sd(law, sd)});
  }
  return rows;
}

double event_log_likelihood(const Comparison& comparison, const Predictions& predictions,
                            const EventRows& event, const LikelihoodSettings& settings) {
  const std::size_t codings = comparison.coding_count();
  std::vector<double> log_density_of(codings, 0.0);
  double quiet = 0.0;
  bool any = false;
  for (std::size_t c = 0; c < codings; ++c) {
    double within = 1.0;
    for (const auto& group : event.groups) {
      const GroupRows rows = group_rows(comparison, predictions, group, c, settings.law);
      any = any || !rows.first.empty();
      log_density_of[c] += log_density(settings.law, rows.first) + log_density(settings.law, rows.later);
      if (settings.correct_selection && event.selection == Selection::reaction) {
        within *= all_within(settings.law, rows.first, loud);
      }
    }
    quiet += within / static_cast<double>(codings);
  }
  if (!any) return 0.0;
  const double highest = *std::max_element(log_density_of.begin(), log_density_of.end());
  double sum = 0.0;
  for (const double one : log_density_of) sum += exponential(one - highest) / static_cast<double>(codings);
  const double density = highest + logarithm(sum);
  if (!settings.correct_selection || event.selection == Selection::content) return density;
  return density - logarithm(settings.stray + (1.0 - settings.stray) * (1.0 - quiet));
}

}  // namespace

bool is_fitted(const ObservedRow& row) {
  return row.has_abnormal() && row.attribution != Attribution::confounded && row.date < fit_ends;
}

std::vector<double> event_log_likelihoods(const Comparison& comparison, const Predictions& predictions,
                                          const LikelihoodSettings& settings) {
  std::vector<double> result;
  for (const EventRows& event : comparison.events) {
    result.push_back(event_log_likelihood(comparison, predictions, event, settings));
  }
  return result;
}

}  // namespace chokepoint
