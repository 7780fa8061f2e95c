#include "sim/model/economy_government.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

constexpr double smallest_share = 0.01;  // of revenue that is left whatever happens
/// Total processing performance from which chips are denied without a licence,
/// https://www.federalregister.gov/documents/2023/10/25/2023-23055/; for worlds without chip rules.
constexpr double threshold_of_2023 = 4800.0;

bool closed_of(const Facts& facts, const Economy& economy, std::size_t model, Region region) {
  const AiModel& one = facts.models[model];
  const std::size_t vendor = facts.vendor(one.developer);
  return vendor != Facts::npos && facts.vendors[vendor].home == region && !one.open && one.usable() &&
         economy.capability.released[model] != 0;
}

/// Closed models of a region's vendors, best first.
std::vector<std::size_t> best_closed(const Facts& facts, const Economy& economy, Region region) {
  std::vector<std::size_t> models;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (closed_of(facts, economy, m, region)) models.push_back(m);
  }
  std::stable_sort(models.begin(), models.end(), [&](std::size_t a, std::size_t b) {
    return economy.capability.measured[a] > economy.capability.measured[b];
  });
  return models;
}

double frontier_of(const Facts& facts, const Economy& economy, Region region) {
  double best = 0.0;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (facts.vendors[v].home == region) best = std::max(best, economy.capability.latent[v]);
  }
  return best;
}

/// Mean log change of value of a region's firms since three months ago, as a loss.
double value_lost(const Facts& facts, const Economy& economy, Region region) {
  double sum = 0.0;
  double count = 0.0;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (facts.vendors[v].home != region) continue;
    sum += economy.value_history.front()[v] - economy.value_history.back()[v];
    count += 1.0;
  }
  return count > 0.0 ? std::max(0.0, sum / count) : 0.0;
}

/// Open weights that are out, and closed models of other regions' vendors: what a US control does not reach.
std::vector<char> public_elsewhere(const Facts& facts, const Economy& economy) {
  std::vector<char> elsewhere(facts.models.size(), 0);
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (economy.capability.released[m] == 0 || !facts.models[m].usable()) continue;
    elsewhere[m] = facts.models[m].open || !closed_of(facts, economy, m, Region::us) ? 1 : 0;
  }
  return elsewhere;
}

Incident watch(const EconomyDay& today, Economy& economy) {
  std::vector<char> candidate(today.facts.models.size(), 0);
  for (std::size_t m = 0; m < candidate.size(); ++m) {
    candidate[m] = closed_of(today.facts, economy, m, Region::us) ? 1 : 0;
  }
  const double report = pressure(today.params.lobby, economy.lobby) > 0.0 ? 1.0 : 0.0;
  const Incident incident = draw_incident(today.params.incidents, Region::us, economy.capability.measured,
                                          candidate, public_elsewhere(today.facts, economy), report,
                                          today.months, today.random, economy.months);
  count_incident(incident, economy.incidents);
  return incident;
}

/// The rule of one control at its level.
class Lawmaker {
 public:
  Lawmaker(const EconomyDay& today, Economy& economy) : today_(today), economy_(economy) {}

  void decide(const ControlAction& action) {
    measure_ = "endogenous:" + std::string(name_of(action.kind, control_kind_names));
    lift(measure_, economy_.law);
    std::erase_if(economy_.orders, [&](const PersonOrder& order) { return order.measure == measure_; });
    const bool tightens = action.to > action.from;
    if (action.kind == ControlKind::us_model_access) settle(tightens);
    if (!(action.to > 0.0)) return;
    switch (action.kind) {
      case ControlKind::us_model_access:
        return bar_models(action.to);
      case ControlKind::us_chips:
        return bar_chips(action.to, tightens);
      case ControlKind::us_open_weights:
        return bar_open_weights(action.to);
      case ControlKind::cn_counter_control:
        return enact(LevelInForce{measure_, LevelKind::counter_control, action.to}, economy_.law);
      case ControlKind::cn_exit_control:
        return bar_exits(action.to);
    }
  }

 private:
  /// Lobbyists learn whether their rule binds them.
  void settle(bool tightens) {
    if (!tightens) return;
    economy_.rule_binds_lobbyists =
        binds_lobbyist(today_.params.lobby, identity_of(measure_), today_.random, economy_.months);
    settle_rule(today_.params.lobby, economy_.rule_binds_lobbyists, lobby_gains(today_.facts, economy_),
                lobby_losses(today_.facts, today_.params, economy_), economy_.lobby);
  }

  void bar_models(double level) {
    const std::vector<std::size_t> models = best_closed(today_.facts, economy_, Region::us);
    const auto covered = static_cast<std::size_t>(level * static_cast<double>(models.size()) + 0.5);
    PersonOrder order;
    order.measure = measure_;
    order.government = Region::us;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, covered) && i < models.size(); ++i) {
      const std::size_t vendor = today_.facts.vendor(today_.facts.models[models[i]].developer);
      const bool exempt = economy_.lobby.lobbies[vendor] != 0 && !economy_.rule_binds_lobbyists;
      if (!exempt) order.models.push_back(models[i]);
    }
    if (order.models.empty()) return;
    order.permitted[index(Nationality::us)] = true;
    order.first_day = today_.day;
    order.since = today_.date;
    economy_.orders.push_back(order);
  }

  /// The lowest threshold of denial of T0; rules of one government on all of a target.
  double threshold_at_start() const {
    double lowest = 0.0;
    for (const ChipRule& rule : economy_.law.chips_at_start.rules) {
      if (rule.policy != LicencePolicy::denied || !(rule.tpp_above > 0.0)) continue;
      lowest = lowest > 0.0 ? std::min(lowest, rule.tpp_above) : rule.tpp_above;
    }
    return lowest > 0.0 ? lowest : threshold_of_2023;
  }

  void bar_chips(double level, bool tightens) {
    ChipRule rule;
    rule.measure = measure_;
    rule.government = Region::us;
    rule.target[index(Region::cn)] = rule.target[index(Region::hk)] = true;
    rule.by_parent = true;
    rule.tpp_above = std::max(1.0, (1.0 - level) * threshold_at_start());
    rule.policy = LicencePolicy::denied;
    rule.tools = level;
    enact(rule, economy_.law);
    if (tightens) learn_chip_hazard(today_.params.compute, 0.25, economy_.compute);
  }

  void bar_open_weights(double level) {
    OpenWeightsChanges rule;
    rule.measure = rule.ban.measure = measure_;
    rule.government = rule.ban.government = Region::us;
    rule.ban.place[index(Region::us)] = true;
    rule.ban.developer_home[index(Region::cn)] = true;
    rule.ban.own_machines = level >= 0.5;
    rule.bars_publication = level >= 0.75;
    enact(rule, economy_.law);
  }

  void bar_exits(double level) {
    ExitControl rule;
    rule.measure = measure_;
    rule.place = Region::cn;
    rule.nationalities[index(Nationality::cn)] = true;
    rule.barred = level;
    enact(rule, economy_.law);
  }

  const EconomyDay& today_;
  Economy& economy_;
  std::string measure_;
};

}  // namespace

std::vector<double> lobby_gains(const Facts& facts, const Economy& economy) {
  double all = 0.0;
  double rivals = 0.0;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const double spend = economy.usage.vendor_spend[v * region_count + index(Region::us)];
    all += spend;
    if (facts.vendors[v].home == Region::cn) rivals += spend;
  }
  const double share = all > 0.0 ? std::min(1.0 - smallest_share, rivals / all) : 0.0;
  std::vector<double> gains(facts.vendors.size(), 0.0);
  for (std::size_t v = 0; v < gains.size(); ++v) {
    if (facts.vendors[v].home == Region::us) gains[v] = -logarithm(1.0 - share);
  }
  return gains;
}

std::vector<double> lobby_losses(const Facts& facts, const Parameters& params, const Economy& economy) {
  std::vector<double> losses(facts.vendors.size(), 0.0);
  for (std::size_t v = 0; v < losses.size(); ++v) {
    if (facts.vendors[v].home != Region::us) continue;
    double all = 0.0;
    double foreign = 0.0;
    for (std::size_t r = 0; r < region_count; ++r) {
      const double spend = economy.usage.vendor_spend[v * region_count + r];
      all += spend;
      foreign += spend * (1.0 - facts.workforce[r].nationality[index(Nationality::us)]);
    }
    const double lost = all > 0.0 ? foreign / all * (1.0 - params.vendors.fallback_retention) : 0.0;
    losses[v] = -logarithm(std::max(smallest_share, 1.0 - lost));
  }
  return losses;
}

void govern(const EconomyDay& today, Economy& economy) {
  constexpr std::size_t us = us_regulator, cn = cn_regulator;
  std::vector<char> may_lobby(today.facts.vendors.size(), 0);
  for (std::size_t v = 0; v < may_lobby.size(); ++v) {
    may_lobby[v] = today.facts.vendors[v].home == Region::us ? 1 : 0;
  }
  take_stances(today.params.lobby, lobby_gains(today.facts, economy),
               lobby_losses(today.facts, today.params, economy), may_lobby, economy.lobby);
  const Incident incident = watch(today, economy);
  RegulatorInputs inputs;
  inputs.own_capability[us] = inputs.rival_capability[cn] = frontier_of(today.facts, economy, Region::us);
  inputs.own_capability[cn] = inputs.rival_capability[us] = frontier_of(today.facts, economy, Region::cn);
  inputs.incident[us] = incident.triggered ? incident.perceived : 0.0;
  inputs.lobby = pressure(today.params.lobby, economy.lobby);
  inputs.cap_loss[us] = value_lost(today.facts, economy, Region::us);
  inputs.cap_loss[cn] = value_lost(today.facts, economy, Region::cn);
  const std::vector<ControlAction> actions = regulate(today.params.regulators, inputs, today.months,
                                                      today.random, economy.months, economy.regulators);
  Lawmaker lawmaker(today, economy);
  for (const ControlAction& action : actions) lawmaker.decide(action);
}

}  // namespace chokepoint
