#include "sim/model/policy/effective_denial.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

constexpr std::array<double, reading_count> readers{0.6, 0.3, 0.1};  // strict, pragmatic, leaky
const std::vector<char> all_released(economy_models, 1);
const std::vector<char> none_stopped(economy_models, 0);

/// The US bars Chinese open models.
AccessTensor under_ban(const Facts& facts, bool own_machines, const std::vector<PersonOrder>& orders = {}) {
  HostingBan ban;
  ban.place[index(Region::us)] = ban.developer_home[index(Region::cn)] = true;
  ban.own_machines = own_machines;
  const std::vector bans{ban};
  AccessRules rules;
  rules.hosting_bans = bans;
  return make_access(facts, all_released, orders, none_stopped, rules);
}

void check(const EffectiveDenial& denial, double nominal, double leak) {
  CHECK(denial.nominal == Approx(nominal).margin(1e-12));
  CHECK(denial.leak == Approx(leak).margin(1e-12));
  CHECK(denial.effective == Approx(nominal * (1.0 - leak)).margin(1e-12));
}

}  // namespace

TEST_CASE("effective denial: of weights it is nothing unless own machines are covered",
          "[unit][effective_denial]") {
  const Facts facts = economy_facts();
  check(weights_denial(facts, under_ban(facts, false), readers, Region::us), 1.0, 1.0);
  check(weights_denial(facts, under_ban(facts, true), readers, Region::us), 1.0, 0.1);
  check(weights_denial(facts, under_ban(facts, true), {1.0, 0.0, 0.0}, Region::us), 1.0, 0.0);
  check(weights_denial(facts, under_ban(facts, true), readers, Region::hk), 0.0, 0.0);
}

TEST_CASE("effective denial: readers' shares count by their ratio", "[unit][effective_denial]") {
  const Facts facts = economy_facts();
  check(weights_denial(facts, under_ban(facts, true), {3.0, 1.5, 0.5}, Region::us), 1.0, 0.1);
  check(weights_denial(facts, under_ban(facts, true), {0.0, 0.0, 0.0}, Region::us), 1.0, 1.0 / 3.0);
}

TEST_CASE("effective denial: open models of others that stay allowed dilute it", "[unit][effective_denial]") {
  Facts facts = economy_facts();
  facts.models[gpt].open = true;
  const AccessTensor access = under_ban(facts, true);
  check(weights_denial(facts, access, readers, Region::us), 0.5, 0.1);
  check(weights_denial(facts, access, readers, Region::us, Region::cn), 1.0, 0.1);
  check(weights_denial(facts, access, readers, Region::us, Region::us), 0.0, 0.0);
}

TEST_CASE("effective denial: weights leak to nobody whom an order bars", "[unit][effective_denial]") {
  const Facts facts = economy_facts();
  PersonOrder order;
  order.models = {glm_open};
  order.permitted[index(Nationality::us)] = true;
  // nationals of the US are .80 of the staff
  check(weights_denial(facts, under_ban(facts, false, {order}), readers, Region::us), 1.0, 0.80);
  check(weights_denial(facts, under_ban(facts, true, {order}), readers, Region::us), 1.0, 0.80 * 0.1);
}

TEST_CASE("effective denial: an interface leaks through pragmatic and leaky readers",
          "[unit][effective_denial]") {
  const Facts facts = economy_facts();
  const AccessTensor access = make_access(facts, all_released, {}, none_stopped);
  // Of fable, opus and gpt the terms deny the first two in Hong Kong. Pragmatic readers get them where the
  // headquarters is served: US .25 and ROW .15; leaky ones all: .3 x .40 + .1 = .22.
  check(interface_denial(facts, access, readers, Region::hk, Region::us), 2.0 / 3.0, 0.22);
  check(interface_denial(facts, access, {1.0, 0.0, 0.0}, Region::hk, Region::us), 2.0 / 3.0, 0.0);
  // Four closed models, two denied.
  check(interface_denial(facts, access, readers, Region::hk), 0.5, 0.22);
  check(interface_denial(facts, access, readers, Region::hk, Region::cn), 0.0, 0.0);
}

TEST_CASE("effective denial: an order on persons leaks through no reading", "[unit][effective_denial]") {
  const Facts facts = economy_facts();
  PersonOrder order;
  order.models = {fable, opus, gpt};
  order.permitted[index(Nationality::us)] = true;
  const AccessTensor access = make_access(facts, all_released, std::vector{order}, none_stopped);
  // In the US .20 are barred; Chinese headquarters (.01) of nationals (.80) are left out of fable and opus by
  // terms that a leaky reader passes: nominal .20 + .80 x .01 x 2/3.
  const double by_terms = 0.80 * 0.01 * 2.0 / 3.0;
  // barred staff of Chinese headquarters is denied by terms first, and fails at the vendor's home all the
  // same
  const double nominal = 0.20 + by_terms;
  check(interface_denial(facts, access, readers, Region::us, Region::us), nominal, by_terms * 0.1 / nominal);
}

TEST_CASE("effective denial: a vendor's stop and models not out are no rule", "[unit][effective_denial]") {
  const Facts facts = economy_facts();
  std::vector<char> stopped = none_stopped, released = all_released;
  stopped[gpt] = 1;
  released[fable] = released[opus] = 0;
  const AccessTensor access = make_access(facts, released, {}, stopped);
  check(interface_denial(facts, access, readers, Region::hk, Region::us), 0.0, 0.0);
}

TEST_CASE("effective denial: of chips it is what is neither smuggled nor rented",
          "[unit][effective_denial]") {
  check(chips_denial(10.0, 8.0, 1.0, 1.0), 0.8, 0.25);  // effective .6
  CHECK(chips_denial(10.0, 8.0, 1.0, 1.0).effective == Approx(0.6));
  check(chips_denial(10.0, 8.0, 0.0, 0.0), 0.8, 0.0);
  check(chips_denial(10.0, 2.0, 3.0, 1.0), 0.2, 1.0);
  check(chips_denial(0.0, 0.0, 0.0, 0.0), 0.0, 0.0);
}
