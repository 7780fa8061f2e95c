#include "sim/study/posterior_draws.hpp"

#include <algorithm>

#include "sim/study/calibration/calibration.hpp"

namespace chokepoint {
namespace {

void set_all(const std::vector<Setting>& settings, Parameters& params) {
  const FieldList fields = fields_of(params);
  for (const Setting& setting : settings) *fields.find(setting.name)->value = setting.value;
}

}  // namespace

void load_draws(Study& study, Problems& problems) {
  const Scenario& scenario = study.scenario;
  if (scenario.calibration_dir.empty() || !scenario.market) return;
  study.priors = read_priors(scenario.calibration_dir + "/priors.csv", problems);
  if (problems.any()) return;
  study.draws = read_posterior(scenario.calibration_dir, study.priors, problems);
}

Parameters drawn_parameters(const Study& study, std::size_t arm, std::size_t replicate) {
  Parameters params = study.scenario.parameters;
  if (!study.draws.empty()) {
    apply(study.priors, study.draws[replicate % study.draws.size()], params);
    set_all(study.scenario.settings, params);
  }
  set_all(study.scenario.arms[arm].set, params);
  return params;
}

ArmPlan drawn_arm(const Study& study, std::size_t arm, std::size_t replicate) {
  const ArmPlan& median = study.arms[arm];
  ArmPlan drawn{median.id, drawn_parameters(study, arm, replicate), {}};
  drawn.plan = plan_again(median.plan, study.facts, drawn.parameters,
                          study.scenario.events_of(study.scenario.arms[arm]));
  return drawn;
}

bool is_drawn(const Study& study, const std::string& parameter) {
  if (study.draws.empty()) return false;
  const auto& settings = study.scenario.settings;
  if (std::any_of(settings.begin(), settings.end(), [&](const Setting& s) { return s.name == parameter; })) {
    return false;
  }
  return std::any_of(study.priors.begin(), study.priors.end(), [&](const FittedParameter& fitted) {
    return std::find(fitted.fields.begin(), fitted.fields.end(), parameter) != fitted.fields.end();
  });
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
  if (study.draws.empty()) return "population, noticing and daily noise; parameters at prior medians";
  return "population, noticing, daily noise and beliefs drawn from their posterior; other parameters at "
         "prior medians";
}

}  // namespace chokepoint
