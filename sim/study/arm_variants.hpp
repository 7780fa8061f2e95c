/// Arms made for a question: an arm of the scenario without one event, with half of a package, or with other
/// values, in the same world and with the same random numbers. Tests: tests/unit/arm_variants_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace chokepoint {

/// What an arm consists of; two contents that are equal give the same runs.
struct ArmContent {
  std::string id;
  std::vector<Event> events;
  std::vector<Rule> rules;
  std::vector<Setting> set;  ///< on top of the scenario's parameters and of what is drawn
};

/// True when two rules are written alike: they have the same id and every key says the same.
bool same_rule(const Rule& a, const Rule& b);

/// What an arm of the scenario consists of.
ArmContent content_of(const Study& study, std::size_t arm);
/// [arm] of the scenario.
std::vector<ArmContent> contents_of(const Study& study);

/// [content] with the replicate's parameters and the events that happen in it (chance_events.hpp). Arms whose
/// economy has the same parameters share what is backed out of T0. Throws Error{scenario} when a draw fits no
/// migration tastes.
std::vector<ArmPlan> arms_of(const Study& study, const std::vector<ArmContent>& contents,
                             std::size_t replicate);

/// `arms` of the same contents, at the parameters that they have, with the events that happen in a replicate.
std::vector<ArmPlan> with_events_of(const Study& study, const std::vector<ArmContent>& contents,
                                    std::vector<ArmPlan> arms, std::size_t replicate);

/// The experiment of these arms, with the study's series, metrics, seed and replicates.
Experiment experiment_of(const Study& study, const std::vector<ArmContent>& contents, std::size_t reference);

}  // namespace chokepoint
