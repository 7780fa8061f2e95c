#include "sim/study/inert_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sim/study/arm_variants.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/posterior_draws.hpp"
#include "sim/study/proof_of_effect.hpp"
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

/// Parameters of a replicate if the scenario set nothing.
Parameters unset_parameters(const Study& study, std::size_t replicate) {
  Parameters parameters;
  if (!study.draws.empty()) apply(study.priors, study.draws[replicate % study.draws.size()], parameters);
  apply_structural(study.structural, RandomStream(study.scenario.seed, static_cast<std::uint32_t>(replicate)),
                   parameters);
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
  const Parameters unset = unset_parameters(study, 0);
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
ArmContent without_setting(const Study& study, const Trial& trial, std::size_t arm, std::size_t replicate) {
  ArmContent content = content_of(study, arm);
  const std::string& name = trial.what.setting.name;
  if (!trial.what.arm.empty()) {
    std::erase_if(content.set, [&](const Setting& one) { return one.name == name; });
    return content;
  }
  Setting other = trial.what.setting;
  other.value = value_of(unset_parameters(study, replicate), name);
  content.set.insert(content.set.begin(), other);  // what the arm sets comes later and stands
  return content;
}

/// True when a replicate of the arm is another without the setting.
bool acts_in(const Study& study, const ExperimentResult& result, const Trial& trial, std::size_t arm,
             std::size_t replicate) {
  std::vector<ArmPlan> plans;
  try {
    plans = arms_of(study, {without_setting(study, trial, arm, replicate)}, replicate);
  } catch (const Error& error) {
    if (error.code() != ExitCode::scenario) throw;
    return true;  // without it there is no such world
  }
  const RandomStream random(study.scenario.seed, static_cast<std::uint32_t>(replicate));
  const World start = start_of(study.facts, plans.front(), random);
  return digests_of(run_arm(start, plans.front(), random, study.series)) !=
         result.arms[arm].digests[replicate];
}

bool acts(const Study& study, const ExperimentResult& result, const Trial& trial) {
  for (std::size_t r = 0; r < probe_replicates(study); ++r) {
    for (const std::size_t arm : trial.arms) {
      if (acts_in(study, result, trial, arm, r)) return true;
    }
  }
  return false;
}

}  // namespace

std::size_t inert_setting_runs(const Study& study) {
  std::size_t runs = 0;
  for (const Trial& trial : trials_of(study)) runs += trial.arms.size() * probe_replicates(study);
  return runs;
}

std::vector<InertSetting> inert_settings(const Study& study, const ExperimentResult& result, int jobs,
                                         const std::function<void(std::size_t)>& runs_done) {
  const std::vector<Trial> trials = trials_of(study);
  std::vector<char> acting(trials.size(), 0);  // not bool: tasks write next to each other
  run_in_parallel(trials.size(), jobs, [&](std::size_t t) {
    acting[t] = acts(study, result, trials[t]) ? 1 : 0;
    runs_done(trials[t].arms.size() * probe_replicates(study));
  });
  std::vector<InertSetting> inert;
  for (std::size_t t = 0; t < trials.size(); ++t) {
    if (acting[t] == 0) inert.push_back(trials[t].what);
  }
  return inert;
}

void warn_of_inert_settings(const Study& study, const std::vector<InertSetting>& inert, Problems& problems) {
  const char* verb = probe_replicates(study) == 1 ? "is" : "are";
  for (const InertSetting& one : inert) {
    const std::string where = one.arm.empty() ? "in this scenario" : fmt::format("in arm '{}'", one.arm);
    const std::string other = !one.drawn_from.empty() ? fmt::format("what the {} gives", one.drawn_from)
                              : one.arm.empty()       ? fmt::format("its default {}", one.otherwise)
                                                      : fmt::format("the scenario's {}", one.otherwise);
    problems.warn(
        "W137", one.setting.where,
        fmt::format("'{}' = {} changes nothing {} ({} {} the same to the bit with {}) drop it, or set "
                    "what it works through",
                    one.setting.name, one.setting.value, where, probes_text(study), verb, other));
  }
}

}  // namespace chokepoint
