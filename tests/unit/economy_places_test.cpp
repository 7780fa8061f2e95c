// What moves researchers, desks and budgets, one input at a time; the three ends of a bridge.
#include "sim/model/economy_places.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = index(Region::us), cn = index(Region::cn), hk = index(Region::hk);

/// Researchers who search often and care for nothing but what a test gives them.
struct Researchers : EconomyRun {
  Researchers() : EconomyRun(searching()) {
    TalentParams& talent = params.talent;
    talent.access_weight = talent.compute_elasticity = talent.frontier_weight = 0.0;
    talent.equity_share = 0.0;
  }
  static Parameters searching() {
    Parameters params = small_economy();
    params.talent.search_rate = 0.5;
    return params;
  }
  Researchers& weeks(int n) {
    for (int i = 0; i < n; ++i) relocate(today(), economy);
    return *this;
  }
  /// Arrivals less departures since T0.
  std::int64_t net(std::size_t place) const { return arrivals(place) - departures(place); }
  std::int64_t arrivals(std::size_t place) const {
    std::int64_t persons = 0;
    for (const auto& origin : economy.talent.moved) {
      for (const auto& from : origin) persons += from[place];
    }
    return persons;
  }
  std::int64_t departures(std::size_t place) const {
    std::int64_t persons = 0;
    for (const auto& origin : economy.talent.moved) {
      for (const std::int64_t to : origin[place]) persons += to;
    }
    return persons;
  }
};

std::int64_t net_of_us(Researchers&& run) { return run.weeks(12).net(us); }

/// Months of the bridge, of a vendor's service and of enterprises, with trust that is certain either way.
struct Bridge : EconomyRun {
  explicit Bridge(double trust, double reviews = 0.5) : EconomyRun(with_trust(trust, reviews), 120) {
    BridgeMeasure clearing;
    clearing.component = BridgeComponent::access_clearing;
    clearing.level = 1.0;
    clearing.ramp_days = 0.0;
    clearing.from = facts.as_of;
    on(0, clearing);
  }
  static Parameters with_trust(double trust, double reviews = 0.5) {
    Parameters params = small_economy();
    params.enterprises.switching.review_rate = reviews;
    params.bridge.trust_start = trust;
    params.bridge.consent_slope = 100.0;
    params.bridge.trust_adjustment = params.bridge.leakage = params.bridge.leak_penalty = 0.0;
    return params;
  }
  Denial in_hong_kong(const std::string& model_id) const {
    return economy.access(model(model_id), {Region::hk, Nationality::hk, Region::us});
  }
  /// Staff whom a strict reader's offer of closed products reaches.
  double strict_coverage(const std::string& vendor_id) const {
    const OfferTable& offers = economy.demand.offers;
    const std::size_t kind = index(EnterpriseKind{Region::hk, Region::us, Reading::strict});
    return offers.coverage[offers.at(
        kind, product_of(setup.enterprises.products, vendor(vendor_id), ProductKind::closed))];
  }
  /// Whether a bank's desk in Hong Kong has the vendor off its list.
  bool off(const std::string& bank, const std::string& vendor_id) const {
    const Enterprises& all = economy.enterprises;
    const ProductSet products = products_of_vendor(setup.enterprises.products, vendor(vendor_id));
    for (std::size_t i = all.first_desk; i < all.size(); ++i) {
      const BankDesk& desk = facts.bank_desks[all.desk[i]];
      if (desk.enterprise == bank && desk.region == Region::hk)
        return (all.removed[i] & products) == products;
    }
    FAIL("no such desk");
    return false;
  }
};

}  // namespace

TEST_CASE("places: where the frontier is, by hand", "[unit][economy]") {
  Facts facts;
  facts.vendors.resize(4);
  facts.vendors[0].home = Region::us;
  facts.vendors[1].home = Region::cn;
  facts.vendors[2].home = Region::row;
  facts.vendors[3].home = Region::hk;
  Capability capability;
  capability.latent = {100.0, 96.0, 95.5, 0.0};
  CHECK(frontier_presence(facts, 4.0, capability) == std::vector<double>{1.0, 1.0, 0.0, 0.0});
  CHECK(frontier_presence(facts, 200.0, capability) == std::vector<double>{1.0, 1.0, 0.0, 1.0});
}

TEST_CASE("places: equity pay follows the value of vendors and draws researchers", "[unit][economy]") {
  const auto net_at = [](double value, double share) {
    Researchers run;
    run.params.talent.equity_share = share;
    for (const Vendor& vendor : run.facts.vendors) {
      run.firm_value.push_back(vendor.home == Region::us ? value : 0.0);
    }
    return net_of_us(std::move(run));
  };
  const std::int64_t as_at_start = net_of_us(Researchers());
  CHECK(net_at(2.0, 0.5) > as_at_start);
  CHECK(net_at(-2.0, 0.5) < as_at_start);
  CHECK(net_at(2.0, 0.0) == as_at_start);
  CHECK(net_at(0.0, 0.5) == as_at_start);
}

TEST_CASE("places: compute of a region's vendors draws researchers", "[unit][economy]") {
  const auto net_at = [](double growth, double elasticity) {
    Researchers run;
    run.params.talent.compute_elasticity = elasticity;
    for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
      if (run.facts.vendors[v].home == Region::us) run.economy.compute.since_t0[v] = growth;
    }
    return net_of_us(std::move(run));
  };
  const std::int64_t as_at_start = net_of_us(Researchers());
  CHECK(net_at(3.0, 1.0) > as_at_start);
  CHECK(net_at(-3.0, 1.0) < as_at_start);
  CHECK(net_at(3.0, 0.0) == as_at_start);
}

TEST_CASE("places: a frontier employer draws researchers where there was none at T0", "[unit][economy]") {
  const auto net_at = [](double at_start, double weight) {
    Researchers run;
    run.params.talent.frontier_weight = weight;
    REQUIRE(run.economy.frontier_presence_at_start[us] == 1.0);
    run.economy.frontier_presence_at_start[us] = at_start;
    return net_of_us(std::move(run));
  };
  CHECK(net_at(0.0, 2.0) > net_at(1.0, 2.0));
  CHECK(net_at(0.0, 0.0) == net_at(1.0, 0.0));
}

TEST_CASE("places: whom nobody admits does not come, who is barred does not leave", "[unit][economy]") {
  Researchers entry, exit, none;
  EntryRule closed{"closed", Region::us, {true, true, true, true, true}, 0.0, 0.0};
  enact(closed, entry.economy.law);
  CHECK(entry.weeks(12).arrivals(us) == 0);
  CHECK(entry.departures(us) > 0);
  ExitControl barred;
  barred.place = Region::cn;
  barred.nationalities.fill(true);
  barred.barred = 1.0;
  enact(barred, exit.economy.law);
  CHECK(exit.weeks(12).departures(cn) == 0);
  CHECK(exit.arrivals(cn) > 0);
  CHECK(none.weeks(12).arrivals(us) > 0);
  CHECK(none.departures(cn) > 0);
}

TEST_CASE("places: a control of exit for the best leaves all others free", "[unit][economy]") {
  Researchers all, best;
  for (Researchers* run : {&all, &best}) {
    ExitControl barred;
    barred.place = Region::cn;
    barred.nationalities.fill(true);
    barred.barred = 1.0;
    barred.top_tier_only = run == &best;
    enact(barred, run->economy.law);
    run->weeks(12);
  }
  CHECK(all.departures(cn) == 0);
  CHECK(best.departures(cn) > 0);
}

TEST_CASE("places: stays that are not renewed end", "[unit][economy]") {
  for (const double renewal : {-1.0, 0.0}) {
    Researchers run;
    run.params.talent.search_rate = 0.0;
    std::fill(run.economy.talent.search_week.begin(), run.economy.talent.search_week.end(), never);
    run.params.talent.scheme_share = run.params.talent.scheme_renewal = 1.0;
    enact(TalentScheme{"scheme", Region::hk, 1.0, renewal}, run.economy.law);
    run.weeks(26);
    CHECK((run.departures(hk) > 0) == (renewal == 0.0));
    CHECK(run.departures(us) == 0);
  }
}

TEST_CASE("places: the bridge's visa opens Hong Kong and no other place", "[unit][economy]") {
  const auto arrivals = [](double level, double value) {
    Researchers run;
    run.params.bridge.visa_value = value;
    run.economy.bridge.level[index(BridgeComponent::talent_visa)] = level;
    return run.weeks(12).arrivals(hk);
  };
  CHECK(arrivals(1.0, 3.0) > arrivals(0.0, 3.0));
  CHECK(arrivals(1.0, 0.0) == arrivals(0.0, 3.0));
}

TEST_CASE("places: desks move by hand, and not without sensitivity", "[unit][economy]") {
  for (const double sensitivity : {0.0, 12.0}) {
    EconomyRun run;
    run.params.relocation.relocation_sensitivity = sensitivity;
    run.params.relocation.moving_cost = 0.002;
    EconomyDay now = run.today();
    now.months = 1.0;
    move_business(now, run.economy);
    CHECK(run.economy.desks.moved_staff[hk][us] == 0);  // as at T0
    const std::size_t desk = 1;
    REQUIRE(run.facts.bank_desks[desk].enterprise == "jpmorgan");
    run.economy.desk_output_at_start[desk][us] -= 0.1;  // an advantage of .1 log points since
    move_business(now, run.economy);
    // 4,000 persons x 12 / 12 x (.1 - .002)
    CHECK(run.economy.desks.moved_staff[hk][us] == (sensitivity > 0.0 ? 392 : 0));
    CHECK(run.economy.desks.staff[desk][hk] == (sensitivity > 0.0 ? 3608 : 4000));
  }
}

TEST_CASE("places: budgets follow the efficiency of regions since T0", "[unit][economy]") {
  EconomyRun run;
  EconomyDay now = run.today();
  now.months = 1.0;
  const AiBudgets at_start = run.economy.budgets;
  move_business(now, run.economy);
  CHECK(run.economy.budgets.spend == at_start.spend);
  run.economy.efficiency_at_start[us] *= 0.5;
  move_business(now, run.economy);
  AiBudgets by_hand = at_start;
  step_budgets(run.params.budgets, std::array<double, region_count>{logarithm(2.0), 0, 0, 0}, 1.0, by_hand);
  for (std::size_t o = 0; o < region_count; ++o) {
    for (std::size_t r = 0; r < region_count; ++r) {
      CHECK(run.economy.budgets.spend[o][r] == Approx(by_hand.spend[o][r]));
    }
  }
  CHECK(budget_factor(run.economy.budgets, Region::us) > 1.0);
}

TEST_CASE("places: spending is that of enterprises times the budget of the region", "[unit][economy]") {
  EconomyRun run, plain;
  run.economy.budgets.spend[us][us] *= 1.5;
  const double factor = budget_factor(run.economy.budgets, Region::us);
  REQUIRE(factor > 1.1);
  run.day();
  plain.day();
  const std::size_t at = run.vendor("openai") * region_count;
  CHECK(run.economy.usage.vendor_spend[at + us] ==
        Approx(factor * plain.economy.usage.vendor_spend[at + us]));
  CHECK(run.economy.usage.vendor_spend[at + hk] == plain.economy.usage.vendor_spend[at + hk]);
}

TEST_CASE("bridge: without a measure nothing of it moves", "[unit][economy]") {
  EconomyRun run(Bridge::with_trust(1.0)), other(Bridge::with_trust(0.0));
  CHECK(differing(run, other, 40) == Names{"bridge"});  // the trust that each began with
  CHECK(run.economy.bridge.trust == 1.0);
}

TEST_CASE("helpful bridge: consent lifts the terms for strict readers in Hong Kong", "[unit][economy]") {
  Bridge run(1.0);
  run.run(12);
  CHECK(run.in_hong_kong("claude-opus-4.8") == Denial::terms_place);
  CHECK(run.strict_coverage("anthropic") == 0.0);
  run.run_months(1);
  CHECK(run.economy.cleared[run.vendor("anthropic")] == 1);
  CHECK(run.in_hong_kong("claude-opus-4.8") == Denial::none);
  CHECK(run.strict_coverage("anthropic") > 0.9);
  const UserCell mainland{Region::cn, Nationality::cn, Region::us};
  CHECK(run.economy.access(run.model("claude-opus-4.8"), mainland) != Denial::none);
}

TEST_CASE("helpful bridge: desks put back what they removed for its terms, and that alone",
          "[unit][economy]") {
  Bridge run(1.0);
  const std::size_t anthropic = run.vendor("anthropic");
  run.on(2, VendorRemoved{"jpmorgan", anthropic, Region::hk, true});
  run.on(2, VendorRemoved{"citi", anthropic, Region::hk, false});
  run.on(2, VendorRemoved{"ubs", run.vendor("openai"), Region::hk, true});
  run.run(12);
  REQUIRE(run.off("goldman-sachs", "anthropic"));  // as at T0
  REQUIRE(run.off("jpmorgan", "anthropic"));
  REQUIRE(run.off("citi", "anthropic"));
  run.run_months(1);
  CHECK_FALSE(run.off("goldman-sachs", "anthropic"));
  CHECK_FALSE(run.off("jpmorgan", "anthropic"));
  CHECK(run.off("citi", "anthropic"));
  CHECK(run.off("ubs", "openai"));  // which never left Hong Kong out, and so consents to nothing
}

TEST_CASE("null bridge: without trust nobody consents and nothing else differs", "[unit][economy]") {
  Bridge run(0.0);
  EconomyRun without_bridge(Bridge::with_trust(0.0));
  CHECK(differing(run, without_bridge, 50) == Names{"bridge"});
  CHECK(run.economy.bridge.level[index(BridgeComponent::access_clearing)] == 1.0);
  CHECK(run.economy.cleared == std::vector<char>(run.facts.vendors.size(), 0));
}

TEST_CASE("adverse bridge: leaks bring secondary measures, less is served than without", "[unit][economy]") {
  Bridge run(1.0, 0.0);  // nobody reviews what it uses
  run.params.bridge.leakage = 1.0;
  run.params.bridge.tolerated_leakage = 0.0;
  run.run_months(1);
  REQUIRE(run.in_hong_kong("claude-opus-4.8") == Denial::none);
  REQUIRE(run.in_hong_kong("gpt-5.5") == Denial::none);
  // Strict readers of a small population take up what is open to them by chance: here all of them do.
  Enterprises& all = run.economy.enterprises;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const EnterpriseKind kind = all.kind(i);
    const bool reached = kind.owner == Region::us || kind.owner == Region::row;
    if (kind.region != Region::hk || kind.reading != Reading::strict || !reached) continue;
    all.product[i] = product_of(run.setup.enterprises.products, run.vendor("anthropic"), ProductKind::closed);
  }
  run.run_months(2);
  REQUIRE(run.economy.bridge.secondary);
  CHECK(run.economy.bridge.secondary_measures == 1);
  CHECK(run.economy.cleared == std::vector<char>(run.facts.vendors.size(), 0));
  CHECK(run.in_hong_kong("claude-opus-4.8") == Denial::law);
  CHECK(run.in_hong_kong("gpt-5.5") == Denial::law);
}

TEST_CASE("bridge: the data gateway and the compute gateway change offers in Hong Kong", "[unit][economy]") {
  for (const BridgeComponent component : {BridgeComponent::data_gateway, BridgeComponent::compute_gateway}) {
    Bridge with(0.0), without_gateway(0.0);
    BridgeMeasure gateway;
    gateway.component = component;
    gateway.level = 1.0;
    gateway.ramp_days = 0.0;
    gateway.from = with.facts.as_of;
    with.on(0, gateway);
    with.run_months(1);
    without_gateway.run_months(1);
    const auto& one = with.economy.demand.choice.utility;
    const auto& other = without_gateway.economy.demand.choice.utility;
    const std::size_t products = with.economy.demand.choice.products;
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (one[i] != other[i]) REQUIRE(enterprise_kind(i / products).region == Region::hk);
    }
    CHECK(one != other);
  }
}
