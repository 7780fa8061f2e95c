// A month of government: certain hazards, so that every level is known.
#include "sim/model/economy_government.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = index(Region::us), cn = index(Region::cn);
constexpr std::array<std::size_t, 3> of_us{index(ControlKind::us_model_access), index(ControlKind::us_chips),
                                           index(ControlKind::us_open_weights)};
constexpr std::array<std::size_t, 2> of_cn{index(ControlKind::cn_counter_control),
                                           index(ControlKind::cn_exit_control)};

/// Months of government and nothing else. As made, nothing presses and nobody acts.
struct Government : EconomyRun {
  Government() {
    RegulatorParams& rules = params.regulators;
    rules.endogenous = 1.0;
    rules.escalation_rate = 5.0;
    rules.access_duration = rules.chip_duration = rules.other_duration = 3650.0;
    rules.baseline = -10.0;
    rules.gap_weight = rules.incident_weight = rules.reaction_weight = 0.0;
    rules.lobby_weight = rules.loss_weight = 0.0;
    params.incidents.rate = 0.0;
    params.lobby.effort = 0.0;
  }
  void month() {
    EconomyDay now = today();
    now.months = 1.0;
    govern(now, economy);
    ++economy.months;
  }
  void months_of_escalation(int n) {
    params.regulators.baseline = 5.0;
    for (int i = 0; i < n; ++i) month();
  }
  /// Steps live for a day under no pressure.
  void months_of_relaxation(int n) {
    params.regulators.escalation_rate = 0.0;
    params.regulators.access_duration = params.regulators.chip_duration = params.regulators.other_duration =
        1.0;
    for (int i = 0; i < n; ++i) month();
  }
  double level(ControlKind kind) const { return economy.regulators.level[index(kind)]; }
  /// Spending on a vendor in a region, USD of any kind; all others' is 0 until set.
  void only_spending(const std::vector<std::tuple<std::string, Region, double>>& spending) {
    std::fill(economy.usage.vendor_spend.begin(), economy.usage.vendor_spend.end(), 0.0);
    for (const auto& [id, region, usd] : spending) {
      economy.usage.vendor_spend[vendor(id) * region_count + index(region)] = usd;
    }
  }
};

const ChipRule* chip_rule(const Economy& economy) {
  for (const ChipRule& rule : economy.law.chips.rules) {
    if (rule.measure == "endogenous:us_chips") return &rule;
  }
  return nullptr;
}

/// Closed models of US vendors that are out and have a capability, best first.
std::vector<std::size_t> closed_of_us(const Government& run) {
  std::vector<std::size_t> models;
  for (std::size_t m = 0; m < run.facts.models.size(); ++m) {
    const AiModel& model = run.facts.models[m];
    const std::size_t v = run.facts.vendor(model.developer);
    if (v == Facts::npos || run.facts.vendors[v].home != Region::us || model.open) continue;
    if (model.capability > 0.0 && run.economy.capability.released[m] != 0) models.push_back(m);
  }
  std::stable_sort(models.begin(), models.end(), [&](std::size_t a, std::size_t b) {
    return run.facts.models[a].capability > run.facts.models[b].capability;
  });
  return models;
}

/// Levels of the controls are .25 where they are expected to go up, else 0.
void check_escalated(const Government& run, const std::vector<std::size_t>& expected) {
  for (std::size_t k = 0; k < control_kind_count; ++k) {
    CAPTURE(control_kind_names[k]);
    const bool up = std::count(expected.begin(), expected.end(), k) > 0;
    CHECK(run.economy.regulators.level[k] == (up ? 0.25 : 0.0));
  }
}

}  // namespace

TEST_CASE("government: what a vendor of the US gains when rivals are shut out", "[unit][economy]") {
  Government run;
  run.only_spending({{"anthropic", Region::us, 3.0}, {"zhipu", Region::us, 1.0}, {"zhipu", Region::cn, 9.0}});
  const std::vector<double> gains = lobby_gains(run.facts, run.economy);
  for (std::size_t v = 0; v < gains.size(); ++v) {
    CHECK(gains[v] == Approx(run.facts.vendors[v].home == Region::us ? -logarithm(0.75) : 0.0));
  }
  run.only_spending({{"zhipu", Region::us, 1.0}});
  CHECK(lobby_gains(run.facts, run.economy)[run.vendor("openai")] == Approx(-logarithm(0.01)));
  run.only_spending({});
  CHECK(lobby_gains(run.facts, run.economy)[run.vendor("openai")] == 0.0);
}

TEST_CASE("government: what a vendor of the US loses when its models are barred to foreigners",
          "[unit][economy]") {
  Government run;
  run.params.vendors.fallback_retention = 0.25;
  run.only_spending(
      {{"anthropic", Region::us, 3.0}, {"anthropic", Region::row, 1.0}, {"zhipu", Region::us, 1.0}});
  const std::size_t american = index(Nationality::us);
  const double in_us = 1.0 - run.facts.workforce[us].nationality[american];
  const double in_row = 1.0 - run.facts.workforce[index(Region::row)].nationality[american];
  const std::vector<double> losses = lobby_losses(run.facts, run.params, run.economy);
  CHECK(losses[run.vendor("anthropic")] == Approx(-logarithm(1.0 - 0.75 * (3.0 * in_us + in_row) / 4.0)));
  CHECK(losses[run.vendor("zhipu")] == 0.0);
  CHECK(losses[run.vendor("openai")] == 0.0);
  run.params.vendors.fallback_retention = 0.0;
  run.facts.workforce[us].nationality[american] = 0.0;
  run.only_spending({{"openai", Region::us, 1.0}});
  CHECK(lobby_losses(run.facts, run.params, run.economy)[run.vendor("openai")] == Approx(-logarithm(0.01)));
}

TEST_CASE("government: without policy.endogenous law never changes", "[unit][economy]") {
  Government run;
  run.params.regulators.endogenous = 0.0;
  const Economy before = run.economy;
  run.months_of_escalation(24);
  CHECK(without(differing(before, run.economy), {"stances", "lobby"}) == Names{});
  CHECK(run.economy.regulators.level == std::array<double, control_kind_count>{});
}

TEST_CASE("government: no pressure, no action", "[unit][economy]") {
  Government run;
  const Economy before = run.economy;
  for (int i = 0; i < 12; ++i) run.month();
  CHECK(without(differing(before, run.economy), {"stances", "lobby"}) == Names{});
}

TEST_CASE("government: escalation bars models of the US, the best first, to all but US nationals",
          "[unit][economy]") {
  Government run;
  const std::vector<std::size_t> models = closed_of_us(run);
  REQUIRE(models.size() > 8);
  for (int step = 1; step <= 4; ++step) {
    run.months_of_escalation(1);
    const auto covered = static_cast<std::ptrdiff_t>(0.25 * step * static_cast<double>(models.size()) + 0.5);
    REQUIRE(run.economy.orders.size() == 1);
    const PersonOrder& order = run.economy.orders[0];
    CHECK(order.models == std::vector<std::size_t>(models.begin(), models.begin() + covered));
    CHECK(order.measure == "endogenous:us_model_access");
    CHECK(order.government == Region::us);
    CHECK(order.permitted == std::array<bool, nationality_count>{true, false, false, false, false});
    CHECK(order.first_day == run.next);
    CHECK_FALSE(order.duration_days.has_value());
  }
}

TEST_CASE("government: relaxation takes back step by step, and ends what it made", "[unit][economy]") {
  Government run;
  run.month();  // stances
  const Economy before = run.economy;
  run.months_of_escalation(2);
  REQUIRE(run.level(ControlKind::us_model_access) == 0.5);
  const std::size_t barred = run.economy.orders[0].models.size();
  run.months_of_relaxation(1);
  REQUIRE(run.level(ControlKind::us_model_access) == 0.25);
  REQUIRE(run.economy.orders.size() == 1);
  CHECK(run.economy.orders[0].models.size() < barred);
  CHECK(chip_rule(run.economy)->tools == 0.25);
  run.months_of_relaxation(1);
  CHECK(run.economy.regulators.level == std::array<double, control_kind_count>{});
  const double feared = run.economy.compute.chip_hazard;
  run.economy.compute.chip_hazard = before.compute.chip_hazard;
  CHECK(differing(before, run.economy) == Names{"regulators"});
  CHECK(feared == Approx(2 * 0.5 * 0.25));  // of the two steps up, none of those down
}

TEST_CASE("government: chips above what is left of the threshold of T0 are denied", "[unit][economy]") {
  Government run;
  run.months_of_escalation(1);
  const ChipRule* rule = chip_rule(run.economy);
  REQUIRE(rule != nullptr);
  CHECK(rule->tpp_above == Approx(0.75 * 21000.0));
  CHECK(rule->policy == LicencePolicy::denied);
  CHECK(rule->by_parent);
  CHECK(rule->target == std::array<bool, region_count>{false, true, true, false});
  CHECK(rule->tools == 0.25);
  run.months_of_escalation(3);
  CHECK(chip_rule(run.economy)->tpp_above == 1.0);
  CHECK(chip_rule(run.economy)->tools == 1.0);
  for (ChipRule& one : run.economy.law.chips_at_start.rules) one.tpp_above = 0.0;
  run.months_of_relaxation(1);
  CHECK(chip_rule(run.economy)->tpp_above == Approx(0.25 * 4800.0));
}

TEST_CASE("government: open models of Chinese developers, by level", "[unit][economy]") {
  Government run;
  for (int step = 1; step <= 4; ++step) {
    run.months_of_escalation(1);
    const OpenWeightsPolicy& law = run.economy.law.open_weights;
    REQUIRE(law.bans.size() == 1);
    CHECK(law.bans[0].place == std::array<bool, region_count>{true, false, false, false});
    CHECK(law.bans[0].developer_home == std::array<bool, region_count>{false, true, false, false});
    CHECK(law.bans[0].own_machines == (step >= 2));
    CHECK(law.publication_barred == std::array<bool, region_count>{step >= 3, false, false, false});
  }
}

TEST_CASE("government: counter-control and exit control of China, by level", "[unit][economy]") {
  Government run;
  run.months_of_escalation(3);
  CHECK(run.economy.law.chips.counter_control == 0.75);
  REQUIRE(run.economy.law.talent.exit.size() == 1);
  const ExitControl& exit = run.economy.law.talent.exit[0];
  CHECK(exit.place == Region::cn);
  CHECK(exit.barred == 0.75);
  CHECK(exit.nationalities == std::array<bool, nationality_count>{false, true, false, false, false});
  run.months_of_relaxation(3);
  CHECK(run.economy.law.chips.counter_control == 0.0);
  CHECK(run.economy.law.talent.exit.empty());
}

TEST_CASE("government: lobbyists are left out of the order unless it binds them", "[unit][economy]") {
  for (const double binds : {0.0, 1.0}) {
    Government run;
    run.params.lobby = {1.0, binds, 0.5};
    run.params.vendors.fallback_retention = 0.0;
    // A rival has half of the US; only openai has customers abroad, so only openai does not lobby.
    run.only_spending(
        {{"anthropic", Region::us, 1.0}, {"openai", Region::row, 3.0}, {"zhipu", Region::us, 1.0}});
    run.months_of_escalation(4);
    const LobbyState& lobby = run.economy.lobby;
    const std::size_t anthropic = run.vendor("anthropic"), openai = run.vendor("openai");
    REQUIRE(lobby.lobbies[anthropic] != 0);
    REQUIRE(lobby.lobbies[openai] == 0);
    std::vector<std::size_t> expected = closed_of_us(run);
    if (binds == 0.0) {
      std::erase_if(expected, [&](std::size_t m) { return run.facts.models[m].developer != "openai"; });
    }
    CHECK(run.economy.rule_binds_lobbyists == (binds == 1.0));
    REQUIRE(run.economy.orders.size() == 1);
    CHECK(run.economy.orders[0].models == expected);
    // Each step up is a rule. G = ln 2; expected .5 G - .5 L; what came is G, or -L.
    const double gain = -logarithm(0.5);
    const double loss = lobby_losses(run.facts, run.params, run.economy)[anthropic];
    CHECK(lobby.rules[anthropic] == 4);
    CHECK(lobby.rules[openai] == 0);
    CHECK(lobby.regret[anthropic] == Approx(4 * 0.5 * (binds == 1.0 ? gain + loss : -(gain + loss))));
    run.months_of_relaxation(1);
    CHECK(run.economy.lobby.rules[anthropic] == 4);  // an easing is no rule that was lobbied for
  }
}

TEST_CASE("government: a rule that leaves out all whom it could bar is no order", "[unit][economy]") {
  Government run;
  run.params.lobby = {1.0, 0.0, 0.0};
  run.months_of_escalation(1);
  CHECK(run.level(ControlKind::us_model_access) == 0.25);
  CHECK(run.economy.orders.empty());
}

TEST_CASE("government: a rival's lead presses on its government alone", "[unit][economy]") {
  for (const std::size_t leader : {us, cn}) {
    Government run;
    run.params.regulators.gap_weight = 20.0;
    for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
      run.economy.capability.latent[v] = index(run.facts.vendors[v].home) == leader ? 160.0 : 140.0;
    }
    run.month();
    if (leader == cn) check_escalated(run, {of_us.begin(), of_us.end()});
    if (leader == us) check_escalated(run, {of_cn.begin(), of_cn.end()});
  }
}

TEST_CASE("government: what its own firms lost in three months holds a government back", "[unit][economy]") {
  for (const std::size_t loser : {us, cn}) {
    Government run;
    run.params.regulators.loss_weight = 20.0;
    for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
      if (index(run.facts.vendors[v].home) == loser) run.economy.value_history.front()[v] = 2.0;
    }
    run.months_of_escalation(1);
    if (loser == us) check_escalated(run, {of_cn.begin(), of_cn.end()});
    if (loser == cn) check_escalated(run, {of_us.begin(), of_us.end()});
  }
}

TEST_CASE("government: an incident presses on controls over models, as does the lobby", "[unit][economy]") {
  const std::vector<std::size_t> over_models{index(ControlKind::us_model_access),
                                             index(ControlKind::us_open_weights)};
  SECTION("an incident that is feared, as rivals report it") {
    Government run;
    run.params.incidents.rate = 10.0;
    run.params.incidents.noise = 0.0;
    run.params.incidents.rival_bias = 1.0;
    run.params.lobby = {1.0, 0.0, 0.0};
    run.params.regulators.incident_weight = 20.0;
    run.month();
    CHECK(run.economy.incidents.incidents == 1);
    CHECK(run.economy.incidents.triggered == 1);
    check_escalated(run, over_models);
  }
  SECTION("an incident that is not") {
    Government run;
    run.params.incidents.rate = 10.0;
    run.params.incidents.threshold = 1.0;
    run.params.regulators.incident_weight = 20.0;
    run.month();
    CHECK(run.economy.incidents.incidents == 1);
    check_escalated(run, {});
  }
  SECTION("the lobby") {
    Government run;
    run.params.lobby = {1.0, 0.0, 0.0};
    run.params.regulators.lobby_weight = 20.0;
    run.month();
    check_escalated(run, over_models);
  }
}

TEST_CASE("government: it acts on the first day of a month, with what firms lost by then",
          "[unit][economy]") {
  EconomyRun run(small_economy(), 120);
  run.params.regulators.endogenous = 1.0;
  run.params.regulators.escalation_rate = 5.0;
  run.params.regulators.baseline = 5.0;
  run.params.regulators.loss_weight = 20.0;
  run.params.regulators.gap_weight = run.params.regulators.incident_weight = 0.0;
  run.params.regulators.lobby_weight = run.params.regulators.reaction_weight = 0.0;
  for (const Vendor& vendor : run.facts.vendors)
    run.firm_value.push_back(vendor.home == Region::us ? -2.0 : 0.0);
  run.run(12);  // the last of June
  REQUIRE(run.economy.orders.empty());
  run.day();
  CHECK(run.economy.regulators.level == std::array<double, control_kind_count>{0.0, 0.0, 0.0, 0.25, 0.25});
  run.run_months(3);
  CHECK(run.economy.regulators.level[index(ControlKind::us_chips)] == 0.0);
  run.run_months(4);  // the fall is older than three months
  CHECK(run.economy.regulators.level[index(ControlKind::us_chips)] == 0.25);
}
