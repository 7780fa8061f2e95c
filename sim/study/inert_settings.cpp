#include "sim/study/inert_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sim/study/arm_variants.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/posterior_draws.hpp"
#include "sim/study/replicate_runs.hpp"

namespace chokepoint {
namespace {

/// A setting that is tried, and the arms in which it stands.
struct Trial {
  InertSetting what;
  std::vector<std::size_t> arms;
};

/// The last of each name is in force.
std::vector<Setting> in_force(const std::vector<Setting>& settings) {
  std::vector<Setting> last;
  for (const Setting& setting : settings) {
    std::erase_if(last, [&](const Setting& one) { return one.name == setting.name; });
    last.push_back(setting);
  }
  return last;
}

double value_of(Parameters parameters, const std::string& name) {
  return *fields_of(parameters).find(name)->value;
}

/// Parameters of replicate 0 if the scenario set nothing.
Parameters unset_parameters(const Study& study) {
  Parameters parameters;
  if (!study.draws.empty()) apply(study.priors, study.draws.front(), parameters);
  apply_structural(study.structural, RandomStream(study.scenario.seed, 0), parameters);
  return parameters;
}

/// What the parameter would be drawn from if nothing set it; "" when it is not drawn.
std::string draw_of(const Study& study, const std::string& name) {
  for (const StructuralPrior& prior : study.structural) {
    if (prior.parameter == name) return "prior";
  }
  if (study.draws.empty()) return "";
  for (const FittedParameter& fitted : study.priors) {
    const auto& fields = fitted.fields;
    if (std::find(fields.begin(), fields.end(), name) != fields.end()) return "posterior";
  }
  return "";
}

std::vector<Trial> trials_of(const Study& study) {
  const Scenario& scenario = study.scenario;
  std::vector<Trial> trials;
  const auto add = [&](const Setting& setting, const std::string& arm, double otherwise,
                       const std::string& drawn, std::vector<std::size_t> arms) {
    if (otherwise != setting.value) trials.push_back({{setting, arm, otherwise, drawn}, std::move(arms)});
  };
  std::vector<std::size_t> all{study.reference};
  for (std::size_t a = 0; a < scenario.arms.size(); ++a) {
    if (a != study.reference) all.push_back(a);
  }
  const std::vector<Setting> settings = in_force(scenario.settings);
  const Parameters unset = unset_parameters(study);
  for (const Setting& setting : settings) {
    add(setting, "", value_of(unset, setting.name), draw_of(study, setting.name), all);
  }
  const Parameters common = drawn_parameters(study, std::vector<Setting>{}, 0);
  for (std::size_t a = 0; a < scenario.arms.size(); ++a) {
    for (const Setting& setting : in_force(scenario.arms[a].set)) {
      add(setting, scenario.arms[a].id, value_of(common, setting.name), drawn_from(study, setting.name), {a});
    }
  }
  return trials;
}

/// The arm with the trial's parameter at its other value, but where the arm itself sets what the scenario
/// sets too.
ArmContent without_setting(const Study& study, const Trial& trial, std::size_t arm) {
  ArmContent content = content_of(study, arm);
  const std::string& name = trial.what.setting.name;
  if (!trial.what.arm.empty()) {
    std::erase_if(content.set, [&](const Setting& one) { return one.name == name; });
    return content;
  }
  Setting other = trial.what.setting;
  other.value = trial.what.otherwise;
  content.set.insert(content.set.begin(), other);  // what the arm sets comes later and stands
  return content;
}

/// True when replicate 0 of the arm is another without the setting.
bool acts_in(const Study& study, const ExperimentResult& result, const Trial& trial, std::size_t arm) {
  std::vector<ArmPlan> plans;
  try {
    plans = arms_of(study, {without_setting(study, trial, arm)}, 0);
  } catch (const Error& error) {
    if (error.code() != ExitCode::scenario) throw;
    return true;  // without it there is no such world
  }
  const RandomStream random(study.scenario.seed, 0);
  const World start = start_of(study.facts, plans.front(), random);
  return digests_of(run_arm(start, plans.front(), random, study.series)) != result.arms[arm].digests.front();
}

}  // namespace

std::size_t inert_setting_runs(const Study& study) {
  std::size_t runs = 0;
  for (const Trial& trial : trials_of(study)) runs += trial.arms.size();
  return runs;
}

std::vector<InertSetting> inert_settings(const Study& study, const ExperimentResult& result, int jobs,
                                         const std::function<void(std::size_t)>& runs_done) {
  const std::vector<Trial> trials = trials_of(study);
  std::vector<char> acts(trials.size(), 0);  // not bool: tasks write next to each other
  run_in_parallel(trials.size(), jobs, [&](std::size_t t) {
    for (const std::size_t arm : trials[t].arms) {
      acts[t] = acts_in(study, result, trials[t], arm) ? 1 : 0;
      if (acts[t] != 0) break;
    }
    runs_done(trials[t].arms.size());
  });
  std::vector<InertSetting> inert;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    if (acts[t] == 0) inert.push_back(trials[t].what);
  }
  return inert;
}

void warn_of_inert_settings(const std::vector<InertSetting>& inert, Problems& problems) {
  for (const InertSetting& one : inert) {
    const std::string where = one.arm.empty() ? "in this scenario" : fmt::format("in arm '{}'", one.arm);
    const std::string other = !one.drawn_from.empty()
                                  ? fmt::format("its draw from the {}, {:.6g}", one.drawn_from, one.otherwise)
                              : one.arm.empty() ? fmt::format("its default {}", one.otherwise)
                                                : fmt::format("the scenario's {}", one.otherwise);
    problems.warn("W137", one.setting.where,
                  fmt::format("'{}' = {} changes nothing {} (r0000, the one replicate looked at, is the same "
                              "to the bit with {}) drop it, or set what it works through",
                              one.setting.name, one.setting.value, where, other));
  }
}

}  // namespace chokepoint
