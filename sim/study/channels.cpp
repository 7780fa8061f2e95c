#include "sim/study/channels.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/output/summary.hpp"
#include "sim/study/posterior_draws.hpp"

namespace chokepoint {
namespace {

/// The mean of a paired difference needs few replicates.
constexpr std::size_t most_replicates = 20;

void switch_off_values(Parameters& parameters) { parameters.beliefs.beta.fill(0.0); }

void switch_off_attention(Parameters& parameters) {
  parameters.attention.new_money = 0.0;
  parameters.attention.exit_depth = 0.0;
}

void switch_off_flows(Parameters& parameters) {
  parameters.quota.enforced = 0.0;
  parameters.slow_capital.speed = 0.0;
  parameters.financing.propensity = 0.0;
}

/// Every thin float becomes .9 of the shares, and no locked lot is left to join it.
Facts with_wide_floats(Facts facts) {
  for (Line& line : facts.lines) {
    if (line.tradable_share() >= 0.25) continue;
    line.tradable = static_cast<Shares>(0.9 * static_cast<double>(line.shares));
    line.thin = false;
    std::erase_if(facts.lockups, [&](const LockUp& lot) { return facts.lines[lot.line].id == line.id; });
  }
  return facts;
}

/// Without news of value nobody would leave. Beliefs do not decide who is told what, so that the notices of
/// both plans are the same ones in the same order.
void keep_who_leaves(const Plan& full, Plan& plan) {
  CHOKEPOINT_EXPECT(plan.notices.size() == full.notices.size());
  for (std::size_t i = 0; i < plan.notices.size(); ++i) {
    AttentionNews& notice = plan.notices[i];
    const AttentionNews& same = full.notices[i];
    CHOKEPOINT_EXPECT(notice.when == same.when && notice.line == same.line && notice.event == same.event);
    notice.leaving = same.leaving;
    notice.weight = same.weight;
  }
}

/// What a channel that is off takes from every plan of an arm, those that its rules make too. `facts` outlive
/// it.
PlanChange change_without(const std::string& channel, const Facts& facts, const ArmPlan& full) {
  if (channel == "flow") {
    return [](const std::vector<Event>&, Plan& plan) { plan = without_flow_channels(std::move(plan)); };
  }
  if (channel != "value") return {};
  return [&facts, all = std::make_shared<const ArmPlan>(full)](const std::vector<Event>& events, Plan& plan) {
    keep_who_leaves(plan_again(all->plan, facts, all->parameters, events), plan);
  };
}

/// An arm of a replicate with one channel off.
ArmPlan arm_without(const std::string& channel, const Facts& facts, const ArmPlan& full) {
  Parameters parameters = full.parameters;
  if (channel == "value") switch_off_values(parameters);
  if (channel == "attention") switch_off_attention(parameters);
  if (channel == "flow") switch_off_flows(parameters);
  ArmPlan arm{full.id, parameters, plan_again(full.plan, facts, parameters, full.events), full.events,
              full.rules};
  arm.change_plan = change_without(channel, facts, full);
  if (arm.change_plan) arm.change_plan(arm.events, arm.plan);
  return arm;
}

ChannelEffect compare_effects(const Study& study, const ExperimentResult& full,
                              const ExperimentResult& without, std::size_t arm, std::size_t metric,
                              std::size_t replicates) {
  ChannelEffect effect;
  effect.arm = arm;
  effect.metric = study.metrics[metric].metric;
  std::vector<double> difference;
  for (std::size_t r = 0; r < replicates; ++r) {
    effect.with += full.arms[arm].values[metric][r];
    effect.without += without.arms[arm].values[metric][r];
    difference.push_back(full.arms[arm].values[metric][r] - without.arms[arm].values[metric][r]);
  }
  effect.n = replicates;
  effect.with /= static_cast<double>(replicates);
  effect.without /= static_cast<double>(replicates);
  const Summary summary = summarise(difference, {});
  effect.difference = summary.mean;
  effect.half_width = mean_half_width(summary);
  return effect;
}

}  // namespace

std::size_t channel_replicates(const Study& study) {
  const bool compares = std::any_of(study.metrics.begin(), study.metrics.end(), [](const BoundMetric& bound) {
    return bound.metric->expression.form != MetricExpression::Form::level;
  });
  if (study.arms.size() < 2 || !compares || study.facts.lines.empty()) return 0;
  return std::min(study.scenario.first_round(), most_replicates);
}

std::vector<ChannelEffect> channel_effects(const Study& study, const ExperimentResult& full,
                                           std::size_t replicates, int jobs,
                                           const std::function<void()>& run_done) {
  std::vector<ChannelEffect> effects;
  for (const char* channel : switched_channels) {
    const Facts facts = std::string(channel) == "float" ? with_wide_floats(study.facts) : study.facts;
    Experiment experiment = experiment_of(study);
    experiment.facts = &facts;
    experiment.draw = [&](std::size_t replicate) {
      std::vector<ArmPlan> arms = drawn_arms(study, replicate);
      for (ArmPlan& arm : arms) arm = arm_without(channel, facts, arm);
      return arms;
    };
    experiment.replicates = replicates;
    experiment.days = last_row_of(study.metrics);
    experiment.jobs = jobs;
    experiment.run_done = run_done;
    const ExperimentResult without = run_experiment(experiment);
    for (std::size_t a = 0; a < study.arms.size(); ++a) {
      if (a == study.reference) continue;
      for (std::size_t m = 0; m < study.metrics.size(); ++m) {
        if (study.metrics[m].metric->expression.form == MetricExpression::Form::level) continue;
        effects.push_back(compare_effects(study, full, without, a, m, replicates));
        effects.back().channel = channel;
      }
    }
  }
  return effects;
}

}  // namespace chokepoint
