#include "sim/study/arm_variants.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/input/event_writer.hpp"
#include "sim/study/chance_events.hpp"
#include "sim/study/posterior_draws.hpp"

namespace chokepoint {
namespace {

/// What is backed out of T0 at an arm's parameters: that of an arm with the same economy, else made again.
std::shared_ptr<const EconomySetup> setup_of(const Study& study, const Parameters& parameters,
                                             std::size_t replicate, const std::vector<ArmPlan>& others) {
  for (const std::vector<ArmPlan>* arms : {&others, &study.arms}) {
    for (const ArmPlan& other : *arms) {
      if (same_economy(parameters, other.parameters)) return other.plan.setup;
    }
  }
  try {
    return std::make_shared<const EconomySetup>(make_economy_setup(study.facts, parameters));
  } catch (const Error& error) {
    throw Error(error.code(), fmt::format("parameters drawn in replicate {}: {}", replicate, error.what()));
  }
}

/// The events that happen in a replicate, and the plan that they make.
void set_events(const Study& study, const ArmContent& content, std::size_t replicate, ArmPlan& arm) {
  const RandomStream random(study.scenario.seed, static_cast<std::uint32_t>(replicate));
  arm.events = events_of_replicate(content.events, random, study.calendar->days().back().date);
  arm.plan = plan_again(arm.plan, study.facts, arm.parameters, arm.events);
}

ArmPlan arm_of(const Study& study, const ArmContent& content, std::size_t replicate,
               const std::vector<ArmPlan>& others) {
  ArmPlan arm{content.id, drawn_parameters(study, content.set, replicate), {}, {}, content.rules};
  arm.plan.calendar = study.calendar.get();
  arm.plan.setup = study.arms.front().plan.setup;
  set_events(study, content, replicate, arm);
  if (arm.plan.setup) arm.plan.setup = setup_of(study, arm.parameters, replicate, others);
  return arm;
}

}  // namespace

bool same_rule(const Rule& a, const Rule& b) { return a.id == b.id && rule_pairs(a) == rule_pairs(b); }

ArmContent content_of(const Study& study, std::size_t arm) {
  const Arm& listed = study.scenario.arms[arm];
  return {listed.id, study.scenario.events_of(listed), study.scenario.rules_of(listed), listed.set};
}

std::vector<ArmContent> contents_of(const Study& study) {
  std::vector<ArmContent> contents;
  for (std::size_t a = 0; a < study.scenario.arms.size(); ++a) contents.push_back(content_of(study, a));
  return contents;
}

std::vector<ArmPlan> arms_of(const Study& study, const std::vector<ArmContent>& contents,
                             std::size_t replicate) {
  std::vector<ArmPlan> arms;
  for (const ArmContent& content : contents) arms.push_back(arm_of(study, content, replicate, arms));
  return arms;
}

std::vector<ArmPlan> with_events_of(const Study& study, const std::vector<ArmContent>& contents,
                                    std::vector<ArmPlan> arms, std::size_t replicate) {
  for (std::size_t a = 0; a < arms.size(); ++a) {
    if (has_chance(contents[a].events)) set_events(study, contents[a], replicate, arms[a]);
  }
  return arms;
}

Experiment experiment_of(const Study& study, const std::vector<ArmContent>& contents, std::size_t reference) {
  Experiment experiment;
  experiment.facts = &study.facts;
  experiment.calendar = study.calendar.get();
  experiment.arms = arms_of(study, contents, 0);
  const bool chance = std::any_of(contents.begin(), contents.end(),
                                  [](const ArmContent& content) { return has_chance(content.events); });
  if (chance || draws_parameters(study)) {
    experiment.draw = [&study, contents](std::size_t replicate) {
      return arms_of(study, contents, replicate);
    };
  }
  experiment.reference = reference;
  experiment.series = &study.series;
  experiment.metrics = &study.metrics;
  experiment.seed = study.scenario.seed;
  experiment.replicates = static_cast<std::size_t>(study.scenario.replicates);
  return experiment;
}

}  // namespace chokepoint
