#include "sim/study/posterior_draws.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/study/arm_variants.hpp"
#include "sim/study/calibration/calibration.hpp"

namespace chokepoint {
namespace {

void set_all(const std::vector<Setting>& settings, Parameters& params) {
  const FieldList fields = fields_of(params);
  for (const Setting& setting : settings) *fields.find(setting.name)->value = setting.value;
}

bool is_fitted(const Priors& priors, const std::string& parameter) {
  return std::any_of(priors.begin(), priors.end(), [&](const FittedParameter& fitted) {
    return std::find(fitted.fields.begin(), fitted.fields.end(), parameter) != fitted.fields.end();
  });
}

void load_posterior(Study& study, Problems& problems) {
  const Scenario& scenario = study.scenario;
  study.priors = read_priors(scenario.calibration_dir + "/priors.csv", problems);
  if (problems.any()) return;
  study.draws = scenario.fit_without.empty()
                    ? read_posterior(scenario.calibration_dir, study.priors, problems)
                    : read_fold(scenario.calibration_dir, scenario.fit_without, study.priors, problems);
  for (const StructuralPrior& prior : study.structural) {
    if (!is_fitted(study.priors, prior.parameter)) continue;
    problems.add("E028", {scenario.structural_path, 0, 0},
                 fmt::format("'{}' is drawn from the fit in '{}' already (take it out of one of the two)",
                             prior.parameter, scenario.calibration_dir));
  }
}

}  // namespace

void load_draws(Study& study, Problems& problems) {
  const Scenario& scenario = study.scenario;
  if (!scenario.structural_path.empty()) {
    study.structural = read_structural_priors(scenario.structural_path, problems);
  }
  if (!scenario.calibration_dir.empty() && scenario.market) load_posterior(study, problems);
}

bool draws_parameters(const Study& study) { return !study.draws.empty() || !study.structural.empty(); }

Parameters drawn_parameters(const Study& study, const std::vector<Setting>& set, std::size_t replicate) {
  Parameters params = study.scenario.parameters;
  if (!study.draws.empty()) apply(study.priors, study.draws[replicate % study.draws.size()], params);
  apply_structural(study.structural, RandomStream(study.scenario.seed, static_cast<std::uint32_t>(replicate)),
                   params);
  if (draws_parameters(study)) set_all(study.scenario.settings, params);
  set_all(set, params);
  return params;
}

Parameters drawn_parameters(const Study& study, std::size_t arm, std::size_t replicate) {
  return drawn_parameters(study, study.scenario.arms[arm].set, replicate);
}

std::vector<ArmPlan> drawn_arms(const Study& study, std::size_t replicate) {
  return arms_of(study, contents_of(study), replicate);
}

bool same_economy(const Parameters& a, Parameters b) {
  b.population = a.population;
  b.demand = a.demand;
  b.session = a.session;
  b.beliefs = a.beliefs;
  b.attention = a.attention;
  b.noise = a.noise;
  b.momentum = a.momentum;
  b.slow_capital = a.slow_capital;
  b.lock_ups = a.lock_ups;
  b.ownership_bans = a.ownership_bans;
  b.quota = a.quota;
  return same_parameters(a, b);
}

std::string drawn_from(const Study& study, const std::string& parameter) {
  const auto& settings = study.scenario.settings;
  if (std::any_of(settings.begin(), settings.end(), [&](const Setting& s) { return s.name == parameter; })) {
    return "";
  }
  if (std::any_of(study.structural.begin(), study.structural.end(),
                  [&](const StructuralPrior& prior) { return prior.parameter == parameter; })) {
    return "prior";
  }
  return !study.draws.empty() && is_fitted(study.priors, parameter) ? "posterior" : "";
}

bool is_drawn(const Study& study, const std::string& parameter) {
  return !drawn_from(study, parameter).empty();
}

std::string backing_of(const Study& study, const BoundMetric& metric) {
  const bool prices = std::any_of(metric.series.begin(), metric.series.end(), [&](std::size_t s) {
    const SeriesFile file = study.series[s].file;
    return file == SeriesFile::regions || file == SeriesFile::firms || file == SeriesFile::flows ||
           file == SeriesFile::sessions;
  });
  return prices && !study.draws.empty() ? "calibrated" : "prior";
}

std::string bands_text(const Study& study) {
  const std::string always = "population, noticing";
  const std::string rest = "; other parameters at prior medians";
  if (!draws_parameters(study)) return always + " and daily noise; parameters at prior medians";
  const std::string& without = study.scenario.fit_without;
  const std::string beliefs =
      "beliefs drawn from " + (without.empty() ? "their posterior" : "the fit without " + without);
  const std::string structural = " and structural parameters drawn from their priors";
  if (study.draws.empty()) return always + ", daily noise" + structural + rest;
  if (study.structural.empty()) return always + ", daily noise and " + beliefs + rest;
  return always + ", daily noise, " + beliefs + structural + rest;
}

}  // namespace chokepoint
