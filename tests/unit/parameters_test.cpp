#include "sim/model/parameters.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>
#include <set>

using namespace chokepoint;

namespace {

/// Registry names of every symbol of the model's parameter tables (sim/model/README.md).
std::vector<std::string> expected_names() {
  std::vector<std::string> names{"beliefs.volatility_scaling",  // g
                                 "beliefs.reference_sd",        // sigma_0
                                 "beliefs.licence_force",       // phi_lic
                                 "beliefs.list_force",          // phi_list
                                 "beliefs.proposal_force",      // phi_prop
                                 "beliefs.rumoured_share",      // pi_rum
                                 "beliefs.expected_share",      // pi_exp
                                 "beliefs.gain.fund",           // G_f
                                 "beliefs.gain.sovereign",
                                 "beliefs.gain.retail",  // G_r
                                 "beliefs.catch_up",
                                 "attention.new_money",  // omega
                                 "attention.notice",     // .35
                                 "attention.exit_depth",
                                 "attention.half_life",
                                 "attention.exposure_scale",
                                 "attention.clear_news",
                                 "noise.scale",
                                 "noise.persistence",       // rho
                                 "noise.common_share",      // c
                                 "noise.shock_weight",      // alpha
                                 "noise.memory",            // beta
                                 "noise.leverage",          // l
                                 "noise.jump_days",         // lambda
                                 "noise.jump_size",         // a
                                 "noise.reversal",          // theta
                                 "momentum.gain.momentum",  // gamma
                                 "momentum.gain.retail",
                                 "momentum.scale",  // m0
                                 "momentum.memory",
                                 "slow_capital.speed",  // nu
                                 "slow_capital.clip",
                                 "lock_up.keep",  // keep
                                 "ownership_ban.forced_share",
                                 "ownership_ban.anticipation_cap",
                                 "quota.enforced",  // switches tau
                                 "issuance.propensity",
                                 "issuance.compute_share",
                                 "issuance.cash_share",
                                 "issuance.float_share",
                                 "connect.arrival",
                                 "state_fund.push",
                                 "state_fund.ramp",
                                 "session.home_share",
                                 "session.front_loading",  // zeta
                                 "session.sub_rounds",     // R
                                 "population.investors",
                                 "population.smallest_class",
                                 "population.size_log_sd",
                                 "population.tilt_log_sd",
                                 "population.anchor_log_sd",
                                 "population.cash_log_sd",
                                 "population.holds_at_home",
                                 "population.holds_abroad",
                                 "population.home_threshold"};
  for (const auto& channel : channel_names) names.push_back("beliefs.beta." + std::string(channel));
  for (const auto& line_class : line_class_names)
    names.push_back("noise.daily_sd." + std::string(line_class));
  for (const auto& domicile : region_names) {
    names.push_back("population.domicile_share." + std::string(domicile));
  }
  for (const char* family : {"demand.value_anchor.", "demand.misalignment_rush.", "session.participation.",
                             "noise.shifter_loading.", "population.type_share.", "population.cash_share.",
                             "population.thin_factor."}) {
    for (const auto& type : investor_type_names) names.push_back(family + std::string(type));
  }
  return names;
}

/// The same of vendors, enterprises and researchers.
std::vector<std::string> expected_economy_names() {
  std::vector<std::string> names{"denial_hazard.jump",
                                 "denial_hazard.memory",
                                 "denial_hazard.spillover",
                                 "enterprise.count",
                                 "enterprise.approves_rival",
                                 "enterprise.peer_imitation",
                                 "enterprise.bank_share",
                                 "enterprise.size_sd",
                                 "enterprise.seats",
                                 "enterprise.on_premise_price_factor",
                                 "enterprise.capability_weight",
                                 "enterprise.price_weight",
                                 "enterprise.hazard_aversion",
                                 "enterprise.nest_scale",
                                 "enterprise.routing_cost",
                                 "enterprise.review_rate",
                                 "enterprise.switching_share",
                                 "enterprise.review_latency",
                                 "enterprise.review_latency_sd",
                                 "enterprise.token_elasticity",
                                 "enterprise.access_scale",
                                 "enterprise.access_exponent",
                                 "enterprise.compute_exponent",
                                 "enterprise.compute_cap",
                                 "enterprise.productivity",
                                 "token_price.margin",
                                 "token_price.mark_up",
                                 "token_price.adjustment",
                                 "token_price.mark_up_adjustment",
                                 "talent.search_rate",
                                 "talent.wage_elasticity",
                                 "talent.compute_elasticity",
                                 "talent.access_weight",
                                 "talent.network_weight",
                                 "talent.frontier_weight",
                                 "talent.lock_out_quit_hazard",
                                 "talent.lock_out_productivity_loss",
                                 "talent.entry_rate",
                                 "talent.retirement_rate",
                                 "talent.agents",
                                 "talent.hong_kong_agents",
                                 "talent.rule_enforcement",
                                 "talent.pay_usd",
                                 "talent.fee_years",
                                 "talent.equity_share",
                                 "talent.scheme_share",
                                 "talent.scheme_renewal",
                                 "capability.progress",
                                 "capability.diffusion",
                                 "capability.staff_weight",
                                 "capability.release_step",
                                 "capability.compute_weight",
                                 "capability.distillation",
                                 "capability.proxy_access",
                                 "capability.induced_innovation",
                                 "capability.algorithm_progress",
                                 "slow_news.loading",
                                 "vendor.fallback_retention",
                                 "vendor.penalty_per_violation",
                                 "vendor.enforcement_probability",
                                 "vendor.attempt_rate",
                                 "vendor.uses_per_person",
                                 "vendor.verification_setup",
                                 "vendor.tail_loss",
                                 "vendor.expected_order_days",
                                 "enterprise.highest_price"};
  for (const char* vendor : {"anthropic", "openai", "alphabet", "meta", "spacex"}) {
    for (const char* what : {".verification_accuracy", ".verification_lead"}) {
      names.push_back("vendor." + std::string(vendor) + what);
    }
  }
  for (const auto& region : region_names) names.push_back("enterprise.agents." + std::string(region));
  for (const auto& reading : reading_names) names.push_back("enterprise.reading." + std::string(reading));
  return names;
}

/// The same of compute, publication, desks and budgets, government and the bridge.
std::vector<std::string> expected_policy_names() {
  return {"compute.growth",
          "compute.growth_long_run",
          "compute.growth_half_life",
          "compute.depreciation",
          "compute.price_decline",
          "compute.smuggling_share",
          "compute.smuggling_lag",
          "compute.smuggling_premium",
          "compute.enforcement",
          "compute.offshore_share",
          "compute.offshore_premium",
          "compute.rental_share",
          "compute.rental_premium",
          "compute.hoard_months",
          "compute.hazard_jump",
          "compute.hazard_memory",
          "compute.learning_rate",
          "compute.domestic_growth",
          "compute.domestic_investment",
          "compute.tools_control_share",
          "compute.counter_control_cost",
          "release.open_intercept",
          "release.sovereign_weight",
          "release.finance_weight",
          "release.api_weight",
          "release.endogenous",
          "desk.relocation_sensitivity",
          "desk.moving_cost",
          "desk.capital_follows",
          "desk.capital_per_staff",
          "budget.elasticity",
          "budget.adjustment",
          "premium.calm_hazard",
          "incident.rate",
          "incident.uplift_mean",
          "incident.uplift_concentration",
          "incident.noise",
          "incident.rival_bias",
          "incident.threshold",
          "incident.uplift_margin",
          "lobby.effort",
          "lobby.scope_creep",
          "lobby.perceived_scope_creep",
          "policy.endogenous",
          "policy.escalation_rate",
          "policy.access_duration",
          "policy.chip_duration",
          "policy.other_duration",
          "policy.baseline",
          "policy.gap_weight",
          "policy.gap_margin",
          "policy.incident_weight",
          "policy.reaction_weight",
          "policy.lobby_weight",
          "policy.loss_weight",
          "hk.bridge.us_consent_trust",
          "hk.bridge.consent_slope",
          "hk.bridge.trust_start",
          "hk.bridge.trust_adjustment",
          "hk.bridge.leakage",
          "hk.bridge.licensing_control",
          "hk.bridge.leak_penalty",
          "hk.bridge.tolerated_leakage",
          "hk.bridge.secondary_hazard",
          "hk.bridge.secondary_days",
          "hk.bridge.data_value",
          "hk.bridge.compute_subsidy",
          "hk.bridge.visa_value"};
}

/// True for a source that cites a price, close or return of June 2026.
bool cites_a_price_of_june(std::string source) {
  std::transform(source.begin(), source.end(), source.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto holds = [&](std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return source.find(word) != std::string::npos; });
  };
  return holds({"2026-06", "2026-6", "202606", "20266", "june 2026", "june, 2026", "jun 2026", "jun-2026"}) &&
         holds({"price", "close", "closing", "return", "quote", "high", "jump", "rally", "soar"});
}

}  // namespace

TEST_CASE("parameters: each has a unit, a range that holds its default, a source and a meaning",
          "[unit][parameters]") {
  Parameters params;
  const FieldList list = fields_of(params);
  for (const Field& field : list.all()) {
    CAPTURE(field.name);
    CHECK_FALSE(field.unit.empty());
    CHECK(field.low <= *field.value);
    CHECK(*field.value <= field.high);
    CHECK(field.low < field.high);
    CHECK_FALSE(field.source.empty());
    CHECK((field.source.starts_with("assumption") || field.source.starts_with("derived: ") ||
           field.source.find("http") != std::string::npos));
    CHECK_FALSE(field.meaning.empty());
  }
}

TEST_CASE("parameters: no source cites a price of June 2026", "[unit][parameters]") {
  REQUIRE(cites_a_price_of_june("closing price, https://example.org/2026-06-15"));
  REQUIRE_FALSE(cites_a_price_of_june("assumption: range .1-.6"));
  Parameters params;
  const FieldList list = fields_of(params);
  for (const Field& field : list.all()) {
    CAPTURE(field.name, field.source);
    CHECK_FALSE(cites_a_price_of_june(field.source));
  }
}

TEST_CASE("parameters: the registry holds every symbol of the tables and no other", "[unit][parameters]") {
  Parameters params;
  const std::vector<std::string> names = fields_of(params).names();
  std::vector<std::string> wanted = expected_names();
  for (const std::string& name : expected_economy_names()) wanted.push_back(name);
  for (const std::string& name : expected_policy_names()) wanted.push_back(name);
  const std::set<std::string> found(names.begin(), names.end());
  const std::set<std::string> expected(wanted.begin(), wanted.end());
  CHECK(found.size() == names.size());
  CHECK(found == expected);
}

TEST_CASE("parameters: defaults are the prior medians of the tables", "[unit][parameters]") {
  Parameters params;
  const FieldList list = fields_of(params);
  const auto value = [&](const char* name) { return *list.find(name)->value; };
  CHECK(value("beliefs.beta.target") == 0.12);
  CHECK(value("beliefs.beta.restricted_sales") == 0.50);
  CHECK(value("beliefs.beta.restricted_input") == 0.08);
  CHECK(value("beliefs.beta.vacated") == 0.18);
  CHECK(value("beliefs.beta.buildout") == 0.15);
  CHECK(value("beliefs.beta.deploy") == 0.10);
  CHECK(value("beliefs.beta.own_product") == 0.14);
  CHECK(value("beliefs.beta.regime") == 0.15);
  CHECK(value("attention.new_money") == 1e-3);
  CHECK(value("slow_capital.speed") == 1.0 / 60.0);
  CHECK(value("lock_up.keep") == 0.6);
  CHECK(value("demand.value_anchor.arbitrageur") == 3.0);
  CHECK(value("session.front_loading") == 0.5);
  CHECK(value("noise.persistence") == 0.999);
}
