#include "sim/model/bridge/hong_kong_bridge.hpp"

#include <catch2/catch.hpp>

#include "sim/model/events/bridge_measure.hpp"
#include "sim/model/indicators/bridge_index.hpp"
#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

const Date start = make_date(2026, 9, 1);
const std::vector<char> all_released(economy_models, 1);
const std::vector<char> none_stopped(economy_models, 0);

/// A bridge that a test runs month by month; `use` is what clearing brings the first vendor.
struct Bridge {
  explicit Bridge(const BridgeParams& parameters, std::uint32_t replicate = 0)
      : params(parameters), random(7, replicate) {
    state = initial_bridge(params, facts);
  }

  void open(BridgeComponent component, double level, double ramp_days = 0, double cost = 0) {
    begin_measure({component, level, ramp_days, cost, start}, state);
  }
  void step(int days_since_start, double use = 0) {
    const std::vector<double> cleared{use, 0.0, 0.0};
    step_bridge(params, facts, cleared, 1.0, start + days_since_start, random, month++, state);
  }
  /// Whoever is cleared is used by the share `use` of Hong Kong's staff.
  void months(int count, double use) {
    for (int i = 0; i < count; ++i) step(30 * i, cleared_vendors(state)[anthropic] != 0 ? use : 0.0);
  }
  AccessTensor access() const {
    const std::vector<char> cleared = cleared_vendors(state);
    AccessRules rules;
    rules.cleared = cleared;
    rules.hong_kong_barred = state.secondary;
    return make_access(facts, all_released, {}, none_stopped, rules);
  }
  double served(std::size_t model) const { return staff_served(facts, access(), model, Region::hk); }

  Facts facts = economy_facts();
  BridgeParams params;
  RandomStream random;
  BridgeState state;
  std::uint32_t month = 0;
};

/// Trust neither grows nor leaks, whatever is done.
BridgeParams constant_trust(double trust) {
  BridgeParams params;
  params.trust_start = trust;
  params.trust_adjustment = 0.0;
  params.leakage = 0.0;
  return params;
}

double level(const Bridge& bridge, BridgeComponent component) { return bridge.state.level[index(component)]; }

}  // namespace

TEST_CASE("hong kong bridge: without a measure nothing moves", "[unit][hong_kong_bridge]") {
  Bridge bridge{BridgeParams{}};
  for (int i = 0; i < 24; ++i) bridge.step(30 * i, 0.5);
  CHECK(bridge.state.trust == 0.4);
  CHECK(bridge.state.leaked == 0.0);
  CHECK(bridge.state.cost_bn_usd == 0.0);
  CHECK(bridge.state.consent == std::vector<char>{0, 0, 0});
  CHECK_FALSE(bridge.state.secondary);
  CHECK(on_premise_factor(bridge.params, bridge.state) == 1.0);
  CHECK(hosted_value(bridge.params, bridge.state) == 0.0);
  CHECK(visa_barrier(bridge.params, bridge.state) == 0.0);
  CHECK(listing(bridge.state) == 0.0);
  // Announced, but not begun, is the same.
  begin_measure({BridgeComponent::licensing, 1.0, 0.0, 1.0, start + 10000}, bridge.state);
  bridge.step(0, 0.5);
  CHECK(bridge.state.trust == 0.4);
  CHECK(bridge.state.cost_bn_usd == 0.0);
}

TEST_CASE("hong kong bridge: a component goes straight to its target and costs by its level",
          "[unit][hong_kong_bridge]") {
  Bridge bridge{BridgeParams{}};
  bridge.open(BridgeComponent::data_gateway, 0.6, 180.0, 0.5);
  bridge.step(0);
  CHECK(level(bridge, BridgeComponent::data_gateway) == 0.0);
  bridge.step(90);
  CHECK(level(bridge, BridgeComponent::data_gateway) == Approx(0.3));
  CHECK(bridge.state.cost_bn_usd == Approx(0.5 * 0.3 / 12));
  bridge.step(180);
  bridge.step(400);
  CHECK(level(bridge, BridgeComponent::data_gateway) == Approx(0.6));
  CHECK(bridge.state.cost_bn_usd == Approx(0.5 * (0.3 + 0.6 + 0.6) / 12));
  // Taken down within 60 days from there: half of it after 30.
  begin_measure({BridgeComponent::data_gateway, 0.0, 60.0, 0.5, start + 400}, bridge.state);
  bridge.step(430);
  CHECK(level(bridge, BridgeComponent::data_gateway) == Approx(0.3));
  bridge.step(460);
  CHECK(level(bridge, BridgeComponent::data_gateway) == 0.0);
}

TEST_CASE("hong kong bridge: trust follows licensing and pays for leaks", "[unit][hong_kong_bridge]") {
  Bridge bridge{BridgeParams{}};
  bridge.open(BridgeComponent::licensing, 1.0);
  bridge.step(0);
  CHECK(bridge.state.trust == Approx(0.4 + 0.6 * 0.0951625820));  // 1 - e^-.1
  Bridge leaking{BridgeParams{}};
  leaking.open(BridgeComponent::licensing, 1.0);
  leaking.step(0, 0.3);
  CHECK(leaking.state.leaked == Approx(0.05 * (1 - 0.5) * 0.3));  // .0075
  CHECK(leaking.state.trust == Approx(0.4 + 0.6 * 0.0951625820 - 2 * 0.0075));
  Bridge unlicensed{BridgeParams{}};
  unlicensed.open(BridgeComponent::access_clearing, 1.0);
  unlicensed.step(0, 0.3);
  CHECK(unlicensed.state.leaked == Approx(0.05 * 0.3));
  CHECK(unlicensed.state.trust == Approx(0.4 * 0.9048374180 - 2 * 0.015));
}

TEST_CASE("hong kong bridge: trust stays within 0 and 1", "[unit][hong_kong_bridge]") {
  BridgeParams params;
  params.leak_penalty = 20.0;
  params.leakage = 1.0;
  params.secondary_hazard = 0.0;
  Bridge low{params};
  low.open(BridgeComponent::access_clearing, 1.0);
  low.step(0, 1.0);
  CHECK(low.state.trust == 0.0);
  CHECK_FALSE(low.state.secondary);  // hazard 0 switches off
  params.trust_start = 1.0;
  params.leakage = 0.0;
  Bridge high{params};
  high.open(BridgeComponent::licensing, 1.0);
  high.step(0, 1.0);
  CHECK(high.state.trust == 1.0);
}

TEST_CASE("hong kong bridge: consent has the odds of trust, among vendors that leave Hong Kong out",
          "[unit][hong_kong_bridge]") {
  int even = 0, weak = 0, rare = 0;
  for (std::uint32_t r = 0; r < 4000; ++r) {
    Bridge half(constant_trust(0.5), r), lower(constant_trust(0.4), r), seldom(constant_trust(0.5), r);
    half.open(BridgeComponent::access_clearing, 1.0);
    lower.open(BridgeComponent::access_clearing, 1.0);
    seldom.open(BridgeComponent::access_clearing, 0.3);
    for (Bridge* bridge : {&half, &lower, &seldom}) {
      bridge->step(0);
      CHECK(bridge->state.consent[openai] + bridge->state.consent[zhipu] == 0);
    }
    CHECK(lower.state.consent[anthropic] <= half.state.consent[anthropic]);
    even += half.state.consent[anthropic];
    weak += lower.state.consent[anthropic];
    rare += seldom.state.consent[anthropic];
  }
  CHECK(even / 4000.0 == Approx(0.5).margin(0.032));        // four standard errors
  CHECK(weak / 4000.0 == Approx(0.2689414).margin(0.028));  // 1 / (1 + e^1)
  CHECK(rare / 4000.0 == Approx(0.3 * 0.5).margin(0.023));
}

TEST_CASE("hong kong bridge: consent lasts until a review withdraws it or clearing ends",
          "[unit][hong_kong_bridge]") {
  BridgeParams params = constant_trust(0.9);
  params.consent_slope = 100.0;
  Bridge bridge{params};
  bridge.open(BridgeComponent::access_clearing, 1.0);
  bridge.step(0);
  REQUIRE(bridge.state.consent[anthropic] == 1);
  bridge.open(BridgeComponent::access_clearing, 1e-9);  // nobody reviews
  bridge.state.trust = 0.1;
  for (int i = 1; i < 12; ++i) bridge.step(30 * i);
  CHECK(bridge.state.consent[anthropic] == 1);
  bridge.open(BridgeComponent::access_clearing, 1.0);
  bridge.step(360);
  CHECK(bridge.state.consent[anthropic] == 0);
  bridge.state.trust = 0.9;
  bridge.step(390);
  REQUIRE(bridge.state.consent[anthropic] == 1);
  bridge.open(BridgeComponent::licensing, 1.0);
  bridge.open(BridgeComponent::access_clearing, 0.0);
  bridge.step(420);
  CHECK(bridge.state.consent[anthropic] == 0);
}

TEST_CASE("hong kong bridge: secondary measures fire by the excess over what is tolerated",
          "[unit][hong_kong_bridge]") {
  BridgeParams params;
  params.leakage = 0.4;
  params.tolerated_leakage = 0.02;
  int fired = 0, tolerated = 0, untolerated = 0;
  for (std::uint32_t r = 0; r < 4000; ++r) {
    Bridge twice(params, r), once(params, r);
    for (Bridge* bridge : {&twice, &once}) bridge->open(BridgeComponent::access_clearing, 1.0);
    twice.step(0, 0.1);  // .04 leaks, .02 is tolerated: h = .1
    once.step(0, 0.05);  // .02
    fired += twice.state.secondary;
    tolerated += once.state.secondary;
    Bridge none(params, r);
    none.params.tolerated_leakage = 0.0;
    none.open(BridgeComponent::access_clearing, 1.0);
    none.step(0, 1e-6);
    untolerated += none.state.secondary;
  }
  CHECK(fired / 4000.0 == Approx(0.0951626).margin(0.019));  // 1 - e^-.1, four standard errors
  CHECK(tolerated == 0);
  CHECK(untolerated == 4000);
}

TEST_CASE("hong kong bridge: secondary measures end after their days, at half the first trust",
          "[unit][hong_kong_bridge]") {
  BridgeParams params;
  params.tolerated_leakage = 0.0;
  Bridge bridge{params};
  bridge.open(BridgeComponent::access_clearing, 1.0);
  bridge.step(0, 0.2);
  REQUIRE(bridge.state.secondary);
  const double trust = bridge.state.trust;
  for (int i = 1; i <= 11; ++i) bridge.step(30 * i, 0.2);  // 11 x 30.4375 = 334.8 days
  CHECK(bridge.state.secondary);
  CHECK(bridge.state.trust == trust);
  CHECK(bridge.state.leaked == 0.0);
  CHECK(cleared_vendors(bridge.state) == std::vector<char>{0, 0, 0});
  bridge.params.trust_adjustment = 0.0;
  bridge.step(360);  // 365.25 days
  CHECK_FALSE(bridge.state.secondary);
  CHECK(bridge.state.trust == Approx(0.2));
  // They also end when the bridge has been taken down meanwhile.
  Bridge closed{params};
  closed.open(BridgeComponent::access_clearing, 1.0);
  closed.step(0, 0.2);
  closed.open(BridgeComponent::access_clearing, 0.0);
  for (int i = 1; i <= 12; ++i) closed.step(30 * i);
  CHECK_FALSE(closed.state.secondary);
}

TEST_CASE("hong kong bridge: null branch (slope 100, trust 0 without adjustment), nothing opens",
          "[unit][hong_kong_bridge]") {
  BridgeParams params = constant_trust(0.0);
  params.consent_slope = 100.0;
  params.leakage = 0.05;
  Bridge bridge{params};
  for (std::size_t c = 0; c < bridge_component_count; ++c) {
    bridge.open(static_cast<BridgeComponent>(c), 1.0);
  }
  bridge.months(60, 0.3);
  CHECK(bridge.access() == make_access(bridge.facts, all_released, {}, none_stopped));
  CHECK(bridge.state.leaked == 0.0);
  CHECK_FALSE(bridge.state.secondary);
}

TEST_CASE("hong kong bridge: helpful branch (licensing 1, leakage .01), access opens and trust grows",
          "[unit][hong_kong_bridge]") {
  BridgeParams params;
  params.leakage = 0.01;
  params.tolerated_leakage = 0.02;
  Bridge bridge{params};
  bridge.open(BridgeComponent::licensing, 1.0);
  bridge.open(BridgeComponent::access_clearing, 1.0);
  CHECK(bridge.served(fable) == 0.0);
  bridge.months(36, 0.3);
  CHECK(bridge.served(fable) == Approx(0.75));  // all but Chinese headquarters
  CHECK(bridge.served(gpt) == Approx(1.0));
  CHECK(bridge.state.trust > 0.9);
  CHECK_FALSE(bridge.state.secondary);
}

TEST_CASE("hong kong bridge: adverse branch (leakage .5, no licensing, hazard 5), less than without a bridge",
          "[unit][hong_kong_bridge]") {
  BridgeParams params;
  params.trust_start = 0.9;
  params.leakage = 0.5;
  params.secondary_hazard = 5.0;
  Bridge bridge{params};
  bridge.open(BridgeComponent::access_clearing, 1.0);
  CHECK(bridge.served(gpt) == Approx(1.0));
  bridge.months(6, 0.3);
  CHECK(bridge.state.secondary);
  CHECK(bridge.served(fable) == 0.0);
  CHECK(bridge.served(gpt) == 0.0);
  CHECK(bridge.served(glm_closed) == Approx(1.0));
  CHECK(bridge.state.consent == std::vector<char>{0, 0, 0});
}

TEST_CASE("hong kong bridge: components pay and attract by their level", "[unit][hong_kong_bridge]") {
  Bridge bridge{BridgeParams{}};
  for (const auto component : {BridgeComponent::data_gateway, BridgeComponent::compute_gateway,
                               BridgeComponent::talent_visa, BridgeComponent::listing_window}) {
    bridge.open(component, 0.5);
  }
  bridge.step(0);
  CHECK(on_premise_factor(bridge.params, bridge.state) == Approx(1 - 0.3 * 0.5));
  CHECK(hosted_value(bridge.params, bridge.state) == Approx(0.2 * 0.5));
  CHECK(visa_barrier(bridge.params, bridge.state) == Approx(-0.3 * 0.5));
  CHECK(listing(bridge.state) == Approx(0.5));
}

TEST_CASE("hong kong bridge: cleared use is that of enterprises which could not use the vendor otherwise",
          "[unit][hong_kong_bridge]") {
  const Facts facts = economy_facts();
  const std::vector<Product> products = make_products(facts);
  const AccessTensor uncleared = make_access(facts, all_released, {}, none_stopped);
  Enterprises all;
  const auto add = [&](Region region, Region owner, Reading reading, std::size_t vendor, double weight) {
    all.identity.push_back(0);
    all.menu_class.push_back(menu_class({region, owner, reading}, false));
    all.product.push_back(product_of(products, vendor, ProductKind::closed));
    all.weight.push_back(weight);
  };
  add(Region::hk, Region::us, Reading::strict, anthropic, 0.03);     // thanks to clearing
  add(Region::hk, Region::hk, Reading::pragmatic, anthropic, 0.01);  // thanks to clearing
  add(Region::hk, Region::us, Reading::pragmatic, anthropic, 0.02);  // by a global contract
  add(Region::hk, Region::us, Reading::strict, openai, 0.04);        // allowed anyway
  add(Region::us, Region::us, Reading::strict, anthropic, 0.90);     // elsewhere
  const std::vector<char> cleared{1, 1, 1}, nobody{0, 0, 0};
  const std::vector<double> use = cleared_use(facts, products, uncleared, cleared, all);
  CHECK(use[anthropic] == Approx((0.03 + 0.01) / 0.10));
  CHECK(use[openai] == 0.0);
  CHECK(cleared_use(facts, products, uncleared, nobody, all) == std::vector<double>{0.0, 0.0, 0.0});
}

TEST_CASE("hong kong bridge: a measure is Hong Kong's own and within bounds", "[unit][hong_kong_bridge]") {
  const auto complaints = [](const BridgeMeasureEvent& what, const std::string& actor) {
    Announcement said;
    said.actor = actor;
    Problems problems;
    EventProblems of_event(problems, {"s.toml", 7, 0}, "e");
    what.check(economy_facts(), said, of_event);
    return problems.errors().size();
  };
  BridgeMeasureEvent what;
  what.component.value = "talent_visa";
  what.level = 0.5;
  CHECK(complaints(what, "regulator:hk-joint") == 0);
  CHECK(complaints(what, "regulator:us-bis") == 1);
  Announcement said;
  said.announced = to_instant(start, 3600, 0);
  CHECK(what.measure(said).component == BridgeComponent::talent_visa);
  CHECK(what.measure(said).from == start);
  CHECK(what.measure(said).ramp_days == 180.0);
  what.level = 1.5;
  what.ramp_days = what.cost_bn_usd = -1.0;
  CHECK(complaints(what, "regulator:hk-joint") == 3);
}

TEST_CASE("hong kong bridge: the index is the geometric mean of what is available",
          "[unit][hong_kong_bridge]") {
  CHECK(bridge_index(std::vector{0.5, 2.0, 0.0}) == Approx(1.0));
  CHECK(bridge_index(std::vector{0.2, 0.4, 0.1}) == Approx(0.2));  // .008^(1/3)
  CHECK(bridge_index(std::vector{0.3}) == Approx(0.3));
  CHECK(bridge_index(std::vector{-1.0, 0.0}) == 0.0);
  CHECK(bridge_index({}) == 0.0);
  CHECK(bridge_ratio(0.3, 0.6, 0.5) == Approx(0.5));
  CHECK(bridge_ratio(0.3, 0.2, 0.6) == Approx(0.5));
  CHECK(bridge_ratio(0.3, 0.0, 0.0) == 0.0);
  CHECK(bridge_ratio(-0.1, 0.5, 0.5) == 0.0);
}
