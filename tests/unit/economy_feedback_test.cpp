// Each way by which one mechanism answers to others can be switched off by its parameter: then what it does
// not feed is the same bits, and switched on it moves at least one thing that is named here.
#include <algorithm>

#include "sim/base/math.hpp"
#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t days = 50;
constexpr std::size_t hk = index(Region::hk);

/// None of the ways is open, and researchers care for nothing that they could be a way for.
Parameters none_open() {
  Parameters params = plain_economy();
  params.talent.access_weight = params.talent.frontier_weight = params.talent.compute_elasticity = 0.0;
  params.talent.equity_share = 0.0;
  return params;
}

/// What follows from capability.
Names of_capability() {
  Names names = of_enterprises();
  names.insert({"capability", "prices"});
  return names;
}

Names both(Names a, const Names& b) {
  a.insert(b.begin(), b.end());
  return a;
}

bool falls_within(const Names& names, const Names& allowed) { return without(names, allowed) == Names{}; }

}  // namespace

TEST_CASE("switch: compute in capability", "[unit][economy]") {
  Parameters params = none_open();
  params.capability.diffusion = 0.0;
  EconomyRun off(params);
  params.capability.compute_weight = 9.0;
  EconomyRun on(params);
  CHECK(falls_within(differing(on, off, days), of_capability()));
  bool fell_behind = false;
  for (std::size_t v = 0; v < on.facts.vendors.size(); ++v) {
    CAPTURE(on.facts.vendors[v].id);
    if (on.economy.capability.latent[v] == 0.0) continue;
    const double points = 9.0 * on.economy.compute.since_t0[v];
    CHECK(on.economy.capability.latent[v] - off.economy.capability.latent[v] == Approx(points).margin(1e-9));
    fell_behind = fell_behind || points < -0.1;
  }
  CHECK(fell_behind);  // those whom the rules of T0 deny chips
}

TEST_CASE("switch: distillation", "[unit][economy]") {
  Parameters params = none_open();
  EconomyRun off(params);
  params.capability.distillation = 0.03;
  EconomyRun on(params);
  CHECK(falls_within(differing(on, off, days), of_capability()));
  CHECK(on.economy.capability.gained.distilled[on.vendor("zhipu")] > 0.1);
  CHECK(off.economy.capability.gained.distilled == std::vector<double>(off.facts.vendors.size(), 0.0));
}

TEST_CASE("switch: induced innovation", "[unit][economy]") {
  Parameters params = none_open();
  EconomyRun off(params);
  params.capability.induced_innovation = 0.5;
  EconomyRun on(params);
  CHECK(falls_within(differing(on, off, days), of_capability()));
  CHECK(on.economy.capability.gained.induced[on.vendor("zhipu")] > 1e-3);
  CHECK(off.economy.capability.gained.induced == std::vector<double>(off.facts.vendors.size(), 0.0));
}

TEST_CASE("switch: the choice to publish weights", "[unit][economy]") {
  Parameters params = none_open();
  params.release.open_intercept = -5.0;
  EconomyRun off(params);
  params.release.endogenous = 1.0;
  EconomyRun on(params);
  CHECK(falls_within(differing(on, off, days), both(of_capability(), {"publication"})));
  const std::size_t glm = on.model("glm-5.1");
  CHECK(on.economy.capability.weights[glm] == on.facts.models[glm].capability);
  CHECK(off.economy.capability.weights[glm] > off.facts.models[glm].capability + 1.0);
  for (std::size_t v = 0; v < off.facts.vendors.size(); ++v) {
    if (off.economy.capability.latent[v] > 0.0 && off.facts.vendors[v].home == Region::cn) {
      CHECK(off.economy.publishes[v] == 1);
    }
  }
}

TEST_CASE("switch: lobbying", "[unit][economy]") {
  Parameters params = none_open();
  params.lobby.perceived_scope_creep = 0.0;
  params.lobby.effort = 0.0;
  EconomyRun off(params), bare(params);
  params.lobby.effort = 1.0;
  EconomyRun on(params);
  CHECK(differing(on, off, days) == Names{"stances"});  // regulators do nothing
  CHECK(pressure(on.params.lobby, on.economy.lobby) == 1.0);
  CHECK(pressure(off.params.lobby, off.economy.lobby) == 0.0);

  params.regulators.endogenous = 1.0;
  params.regulators.lobby_weight = 20.0;
  params.regulators.baseline = -10.0;
  EconomyRun heard(params);
  params.lobby.effort = 0.0;
  EconomyRun silent(params);
  CHECK(differing(heard, silent, days).count("regulators") == 1);
  CHECK(heard.economy.regulators.level[index(ControlKind::us_model_access)] > 0.0);
  bare.run(days);
  CHECK(differing(silent.economy, bare.economy) == Names{});
}

TEST_CASE("switch: regulators", "[unit][economy]") {
  Parameters params = none_open();
  params.regulators.baseline = 5.0;
  params.regulators.escalation_rate = 5.0;
  EconomyRun off(params), other(params);
  other.params.regulators.reaction_weight = 20.0;
  CHECK(differing(off, other, days) == Names{});
  CHECK(off.economy.regulators.level == std::array<double, control_kind_count>{});
  params.regulators.endogenous = 1.0;
  EconomyRun on(params), again(params);
  CHECK(differing(on, again, days) == Names{});
  const Names apart = differing(on.economy, off.economy);
  for (const char* name :
       {"orders", "chips", "rules of talent", "open weights", "regulators", "access", "hazard"}) {
    CHECK(apart.count(name) == 1);
  }
}

TEST_CASE("switch: relocation of desks", "[unit][economy]") {
  Parameters params = none_open();
  EconomyRun off(params);
  params.relocation.relocation_sensitivity = 12.0;
  params.relocation.moving_cost = 0.0;
  EconomyRun on(params);
  for (EconomyRun* run : {&on, &off}) {  // Hong Kong loses what others keep
    PersonOrder order = order_for(run->facts, {"gpt-5.5", "gpt-5.5-pro", "gpt-5.4"}, Nationality::us);
    order.permitted[index(Nationality::row)] = true;
    run->order(5, order);
  }
  const Desks at_start = off.economy.desks;
  CHECK(differing(on, off, days) == Names{"desks"});
  CHECK(off.economy.desks.staff == at_start.staff);
  std::int64_t left = 0;
  for (const std::int64_t persons : on.economy.desks.moved_staff[hk]) left += persons;
  CHECK(left > 0);
}

TEST_CASE("switch: budgets", "[unit][economy]") {
  Parameters params = none_open();
  EconomyRun off(params);
  params.budgets.elasticity = 2.0;
  EconomyRun on(params);
  const Names fed{"budgets", "use", "revenue", "reports", "indicators", "stances"};
  CHECK(differing(on, off, days) == fed);
  CHECK(off.economy.budgets.spend == off.economy.budgets.at_start);
}

TEST_CASE("switch: mark-ups", "[unit][economy]") {
  Parameters params = none_open();
  params.token_prices.adjustment = 0.0;
  EconomyRun off(params);
  params.token_prices.mark_up_adjustment = 0.5;
  EconomyRun on(params);
  CHECK(falls_within(differing(on, off, days), both(of_enterprises(), {"prices"})));
  CHECK(on.economy.price != off.economy.price);
  const std::vector<double> list = EconomyRun(params).economy.price;
  CHECK(off.economy.price == list);
}

TEST_CASE("switch: what it costs to route around terms", "[unit][economy]") {
  Parameters params = none_open();
  params.enterprises.population.count = 20000;  // few use what terms leave out
  params.enterprises.tastes.routing_cost = 0.0;
  EconomyRun off(params);
  params.enterprises.tastes.routing_cost = 4.0;
  EconomyRun on(params);
  const Indicators &free = off.economy.indicators, &costly = on.economy.indicators;
  REQUIRE(free.routed[hk] > 0.001);
  CHECK(costly.routed[hk] < free.routed[hk]);
  CHECK(costly.leaky[hk] > free.leaky[hk]);  // shares at T0 are those observed, so others must use more
  CHECK(falls_within(differing(on, off, 10), of_enterprises()));
}

TEST_CASE("switch: pay in shares", "[unit][economy]") {
  Parameters params = none_open();
  params.talent.search_rate = 0.5;
  EconomyRun off(params), no_market(params), dull(params);
  params.talent.equity_share = 0.5;
  EconomyRun on(params), no_news(params);
  for (EconomyRun* run : {&off, &on}) {
    for (const Vendor& vendor : run->facts.vendors) {
      run->firm_value.push_back(vendor.home == Region::us ? 1.0 : 0.0);
    }
  }
  CHECK(differing(no_news, no_market, days) == Names{});
  dull.run(days);
  const Names apart = differing(on, off, days);
  CHECK(apart.count("places") == 1);
  CHECK(falls_within(apart, both(of_capability(), {"places", "staff"})));
  CHECK(falls_within(differing(off.economy, dull.economy), {"indicators"}));  // the regression of premia
}
