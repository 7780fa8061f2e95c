#include "sim/model/policy/regulators.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/base/date.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

constexpr double step = 0.25;
constexpr double lowest_index = -10.0;
constexpr double highest_index = 5.0;
constexpr double ln_2 = 0.6931471805599453;

double median_days(const RegulatorParams& params, ControlKind kind) {
  if (kind == ControlKind::us_model_access) return params.access_duration;
  if (kind == ControlKind::us_chips) return params.chip_duration;
  return params.other_duration;
}

bool concerns_models(ControlKind kind) {
  return kind == ControlKind::us_model_access || kind == ControlKind::us_open_weights;
}

/// The level after this month's draws. Up and down are drawn for purposes of their own, so that a change of
/// one hazard does not move the other's draw.
double next_level(const RegulatorParams& params, double index, ControlKind kind, double months,
                  const RandomStream& random, std::uint32_t month, const RegulatorState& state) {
  const auto k = static_cast<std::size_t>(kind);
  const auto subject = static_cast<std::uint32_t>(2 * k);
  const double up = 1.0 - exponential(-escalation_hazard(params, index) * months);
  const double down = 1.0 - exponential(-relaxation_hazard(params, index, kind) * months);
  const double level = state.level[k];
  const double floor = state.imposed_at_start[k];
  if (level < 1.0 && random.uniform(Decision::regulator_acts, subject, month) < up) {
    return std::min(1.0, level + step);
  }
  if (level > floor && random.uniform(Decision::regulator_acts, subject + 1, month) < down) {
    return std::max(floor, level - step);
  }
  return level;
}

/// Tightening actions of this month, before they are remembered.
using Tightenings = std::array<double, regulator_count>;

void remember(const Tightenings& now, RegulatorState& state) {
  for (std::size_t g = 0; g < regulator_count; ++g) {
    for (std::size_t lag = reaction_months - 1; lag > 0; --lag)
      state.recent[g][lag] = state.recent[g][lag - 1];
    state.recent[g][0] = now[g];
  }
}

Tightenings apply(const std::vector<ControlAction>& actions, RegulatorState& state) {
  Tightenings tightenings{};
  for (const ControlAction& action : actions) {
    const auto k = static_cast<std::size_t>(action.kind);
    state.level[k] = action.to;
    if (action.to > action.from) {
      ++state.escalations[k];
      tightenings[regulator_of(action.kind)] += 1.0;
    } else {
      ++state.relaxations[k];
    }
  }
  return tightenings;
}

}  // namespace

void RegulatorParams::fields(FieldList& list, RegulatorParams& p) {
  list.add("policy.endogenous", p.endogenous, "switch", 0, 1, "assumption",
           "0 leaves all controls to the scenario's dated events");
  list.add(
      "policy.escalation_rate", p.escalation_rate, "1/month", 0, 5,
      "assumption (.1-2): with baseline -2 some .07 a month and instrument; the US tightened five times in "
      "the eighteen months before T0, over three instruments",
      "rate of steps upwards of an instrument at pressure index 0");
  list.add("policy.access_duration", p.access_duration, "d", 1, 3650,
           "https://www.pyramidledger.com/blog/"
           "us-export-curbs-on-claude-fable-5-and-mythos-5-a-new-ai-governance: one order of 19 days",
           "median life of a step of control over model access, under no pressure");
  list.add("policy.chip_duration", p.chip_duration, "d", 1, 3650,
           "assumption: 30-365; sales of one chip were halted from 9 April to 15 July 2025, "
           "https://www.business-standard.com/world-news/"
           "nvidia-h20-chips-donald-trump-us-china-export-curbs-jensen-huang-125071500120_1.html",
           "median life of a step of control over chips, under no pressure");
  list.add("policy.other_duration", p.other_duration, "d", 1, 3650, "assumption (60-730)",
           "median life of a step of any other instrument, under no pressure");
  list.add("policy.baseline", p.baseline, "-", -10, 5, "assumption (-4 to 0)",
           "pressure index when nothing presses");
  list.add("policy.gap_weight", p.gap_weight, "per 10 points", 0, 20, "assumption (.2-4)",
           "pressure of a rival's capability above the own one less the margin");
  list.add("policy.gap_margin", p.gap_margin, "points", 0, 50, "assumption (0-15)",
           "lead of the own frontier below which a rival is felt");
  list.add("policy.incident_weight", p.incident_weight, "-", 0, 20, "assumption (.2-4)",
           "pressure of an incident perceived as gravest, on controls over models");
  list.add("policy.reaction_weight", p.reaction_weight, "per action", 0, 20, "assumption (.1-2)",
           "pressure of each tightening by the other government in the last three months");
  list.add("policy.lobby_weight", p.lobby_weight, "-", 0, 20, "assumption (.1-2)",
           "pressure of a unit of lobbying on US controls over models");
  list.add("policy.loss_weight", p.loss_weight, "per log point", 0, 20, "assumption (.1-2)",
           "restraint by what the own firms lost in value in three months");
}

std::size_t regulator_of(ControlKind kind) {
  return kind == ControlKind::cn_counter_control || kind == ControlKind::cn_exit_control ? cn_regulator
                                                                                         : us_regulator;
}

double pressure_index(const RegulatorParams& params, const RegulatorInputs& inputs,
                      const RegulatorState& state, ControlKind kind) {
  const std::size_t own = regulator_of(kind);
  const std::size_t other = 1 - own;
  const double behind =
      std::max(0.0, inputs.rival_capability[own] - inputs.own_capability[own] + params.gap_margin);
  double actions = 0.0;
  for (const double in_month : state.recent[other]) actions += in_month;
  double index = params.baseline + params.gap_weight * behind / 10.0 + params.reaction_weight * actions -
                 params.loss_weight * inputs.cap_loss[own];
  if (concerns_models(kind)) {
    index += params.incident_weight * inputs.incident[own] + params.lobby_weight * inputs.lobby;
  }
  return std::clamp(index, lowest_index, highest_index);
}

double escalation_hazard(const RegulatorParams& params, double index) {
  return params.escalation_rate * exponential(index);
}

double relaxation_hazard(const RegulatorParams& params, double index, ControlKind kind) {
  return ln_2 * days_per_month / median_days(params, kind) * exponential(params.baseline - index);
}

std::vector<ControlAction> regulate(const RegulatorParams& params, const RegulatorInputs& inputs,
                                    double months, const RandomStream& random, std::uint32_t month,
                                    RegulatorState& state) {
  CHOKEPOINT_EXPECT(months >= 0.0);
  std::vector<ControlAction> actions;
  if (params.endogenous != 0.0) {
    for (std::size_t k = 0; k < control_kind_count; ++k) {
      const auto kind = static_cast<ControlKind>(k);
      const double index = pressure_index(params, inputs, state, kind);
      const double to = next_level(params, index, kind, months, random, month, state);
      if (to != state.level[k]) actions.push_back({kind, state.level[k], to});
    }
  }
  remember(apply(actions, state), state);
  return actions;
}

void note_dated(ControlKind kind, double level, RegulatorState& state) {
  CHOKEPOINT_EXPECT(level >= 0.0 && level <= 1.0);
  const auto k = static_cast<std::size_t>(kind);
  if (level > state.level[k]) state.recent[regulator_of(kind)][0] += 1.0;
  state.level[k] = level;
  state.imposed_at_start[k] = std::min(state.imposed_at_start[k], level);
}

}  // namespace chokepoint
