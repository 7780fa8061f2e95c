#include "sim/model/compute/chip_rules.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/model/events/chip_control.hpp"
#include "sim/model/events/counter_control.hpp"
#include "sim/model/events/procurement_ban.hpp"
#include "sim/model/events/rental_rule.hpp"
#include "tests/unit/compute_world.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

LegalOffer offer(const ComputeWorld& world, std::size_t vendor, bool offshore = false, Date day = t0) {
  return legal_offer(world.compute, world.facts, world.policy, vendor, day, offshore);
}

template <class What>
std::size_t complaints(const What& what, const Facts& facts) {
  Problems problems;
  EventProblems of_event(problems, {"s.toml", 1, 0}, "e");
  what.check(facts, Announcement{}, of_event);
  return problems.errors().size();
}

ChipControl tightening() {
  ChipControl control;
  control.direction.value = "tighten";
  control.regions = {"CN", "HK"};
  control.tpp_above = 4800;
  return control;
}

Facts exposed() {
  Facts facts;
  facts.firms.push_back({"maker", "Maker", Region::us, "chips", true, true, 0.0});
  facts.exposures = {{"maker", Channel::restricted_sales, "CN/ai_chips", 0.2},
                     {"maker", Channel::restricted_sales, "CN/chip_tools", 0.1},
                     {"maker", Channel::restricted_input, "world/rare_earths", 0.3}};
  Vendor vendor;
  vendor.id = "zhipu";
  facts.vendors.push_back(vendor);
  return facts;
}

}  // namespace

TEST_CASE("chip rules: without rules the cheapest foreign chip is free to all", "[unit]") {
  const ComputeWorld world;
  for (const std::size_t vendor : {us_vendor, cn_vendor, hk_vendor}) {
    CHECK(offer(world, vendor).usd_per_h100e == 10000.0);
    CHECK(offer(world, vendor).licensed_usd_per_h100e == 0.0);
  }
  CHECK(cheapest_chip(world.compute, false, t0) == 10000.0);
  CHECK(cheapest_chip(world.compute, true, t0) == 20000.0);  // 10000 / .5
  CHECK(cheapest_chip(world.compute, true, make_date(2023, 1, 1)) == 0.0);
}

TEST_CASE("chip rules: a chip is covered above either threshold, and only above", "[unit]") {
  ComputeWorld world;
  ChipRule rule = denial();
  rule.tpp_above = 16000;  // "big" is at the threshold
  world.policy.rules = {rule};
  CHECK(offer(world, cn_vendor).usd_per_h100e == 10000.0);
  world.policy.rules[0].tpp_above = 15999;
  CHECK(offer(world, cn_vendor).usd_per_h100e == 30000.0);  // "small": 6000 / .2
  CHECK(offer(world, hk_vendor).usd_per_h100e == 30000.0);
  CHECK(offer(world, us_vendor).usd_per_h100e == 10000.0);
  world.policy.rules[0].tpp_above = 0;
  world.policy.rules[0].bandwidth_above = 3999;
  CHECK(offer(world, cn_vendor).usd_per_h100e == 30000.0);
  world.policy.rules[0].bandwidth_above = 999;
  CHECK(offer(world, cn_vendor).usd_per_h100e == 0.0);
  world.policy.rules[0].bandwidth_above = 0;  // no threshold at all: covers nothing
  CHECK(offer(world, cn_vendor).usd_per_h100e == 10000.0);
}

TEST_CASE("chip rules: by site a subsidiary abroad may buy, by parent it may not", "[unit]") {
  ComputeWorld world;
  world.policy.rules = {denial()};
  CHECK(offer(world, cn_vendor, true).usd_per_h100e == 0.0);
  world.policy.rules[0].by_parent = false;
  CHECK(offer(world, cn_vendor, true).usd_per_h100e == 10000.0);
  CHECK(offer(world, cn_vendor, false).usd_per_h100e == 0.0);
}

TEST_CASE("chip rules: licences cap units, the strictest rule holds", "[unit]") {
  ComputeWorld world;
  ChipRule licence = denial();
  licence.tpp_above = 4800;
  licence.policy = LicencePolicy::case_by_case;
  licence.units_per_firm = 1200;
  world.policy.rules = {licence};
  LegalOffer got = offer(world, cn_vendor);
  CHECK(got.usd_per_h100e == 30000.0);
  CHECK(got.licensed_usd_per_h100e == 10000.0);
  CHECK(got.licensed_h100e_per_month == 100.0);  // 1200 / 12 x 1 H100e
  licence.units_per_firm = 600;
  world.policy.rules.push_back(licence);
  CHECK(offer(world, cn_vendor).licensed_h100e_per_month == 50.0);
  world.policy.rules.push_back(denial());
  got = offer(world, cn_vendor);
  CHECK(got.licensed_usd_per_h100e == 0.0);
  CHECK(got.usd_per_h100e == 0.0);
  std::reverse(world.policy.rules.begin(), world.policy.rules.end());  // the order does not matter
  CHECK(offer(world, cn_vendor).licensed_usd_per_h100e == 0.0);
  world.policy.rules.erase(world.policy.rules.begin());
  CHECK(offer(world, cn_vendor).licensed_h100e_per_month == 50.0);
}

TEST_CASE("chip rules: an entity list reaches the named vendor, whatever the chip", "[unit]") {
  ComputeWorld world;
  ChipRule list = denial();
  list.tpp_above = 0;
  list.vendors = {hk_vendor};
  world.policy.rules = {list};
  CHECK(offer(world, hk_vendor).usd_per_h100e == 0.0);
  CHECK(offer(world, cn_vendor).usd_per_h100e == 10000.0);
}

TEST_CASE("chip rules: a measure is removed with all its rules; tools are those of the widest", "[unit]") {
  ChipPolicy policy;
  policy.rules = {denial(), denial()};
  policy.rules[0].tools = 0.25;
  policy.rules[1].tools = 0.75;
  CHECK(tools_withheld(policy) == 0.75);
  policy.rules.push_back(denial());
  policy.rules[2].measure = "other";
  CHECK_FALSE(remove_rules(policy, "nothing"));
  CHECK(remove_rules(policy, "denial"));
  REQUIRE(policy.rules.size() == 1);
  CHECK(policy.rules[0].measure == "other");
  CHECK(tools_withheld(policy) == 0.0);
}

TEST_CASE("chip rules: the event becomes the rule it describes", "[unit]") {
  const Facts facts = exposed();
  ChipControl control = tightening();
  control.reach.value = "site";
  control.licence.value = "case_by_case";
  control.units_per_firm = 500;
  control.bandwidth_above = 6500;
  control.firms = {"zhipu"};
  control.tools = 0.5;
  CHECK(complaints(control, facts) == 0);
  const ChipRule rule = control.rule(facts, "measure", Region::us);
  CHECK(rule.measure == "measure");
  CHECK(rule.government == Region::us);
  CHECK(rule.target == std::array<bool, region_count>{false, true, true, false});
  CHECK_FALSE(rule.by_parent);
  CHECK(rule.tpp_above == 4800.0);
  CHECK(rule.bandwidth_above == 6500.0);
  CHECK(rule.policy == LicencePolicy::case_by_case);
  CHECK(rule.units_per_firm == 500.0);
  CHECK(rule.vendors == std::vector<std::size_t>{0});
  CHECK(rule.tools == 0.5);
  CHECK(tightening().rule(facts, "m", Region::us).by_parent);
}

TEST_CASE("chip rules: events complain of what cannot be", "[unit]") {
  const Facts facts = exposed();
  CHECK(complaints(tightening(), facts) == 0);
  ChipControl control = tightening();
  control.tools = 0.3;
  CHECK(complaints(control, facts) == 1);
  control = tightening();
  control.licence.value = "case_by_case";
  CHECK(complaints(control, facts) == 1);  // no number
  control = tightening();
  control.units_per_firm = 5;
  CHECK(complaints(control, facts) == 1);  // a number beside a denial
  control = tightening();
  control.regions = {"MARS"};
  CHECK(complaints(control, facts) == 1);
  control = tightening();
  control.firms = {"nobody"};
  control.tpp_above = -1;
  CHECK(complaints(control, facts) == 2);
  control = tightening();
  control.tpp_above = 0;
  CHECK(complaints(control, facts) == 1);  // covers nothing
  control.direction.value = "loosen";
  CHECK(complaints(control, facts) == 0);  // a repeal

  ProcurementBan ban;
  ban.ban_level = 0.75;
  CHECK(complaints(ban, facts) == 0);
  ban.ban_level = 2;
  CHECK(complaints(ban, facts) == 1);
  CounterControl counter;
  counter.withheld = -0.25;
  CHECK(complaints(counter, facts) == 1);
}

TEST_CASE("chip rules: events touch those who sell what they stop", "[unit]") {
  const Facts facts = exposed();
  const Announcement said;
  ChipControl control = tightening();
  control.tools = 1;
  auto touches = control.touches(facts, said);
  REQUIRE(touches.size() == 2);
  CHECK(touches[0].counterpart == "CN/ai_chips");
  CHECK(touches[0].level == 1.0);
  CHECK(touches[1].counterpart == "CN/chip_tools");
  control = tightening();
  control.tpp_above = 0;
  control.direction.value = "loosen";
  touches = control.touches(facts, said);
  REQUIRE(touches.size() == 1);
  CHECK(touches[0].level == -1.0);
  control.direction.value = "tighten";
  control.firms = {"zhipu"};
  touches = control.touches(facts, said);
  REQUIRE(touches.size() == 1);
  CHECK(touches[0].channel == Channel::target);
  CHECK(touches[0].entity == "zhipu");
  control = tightening();
  control.regions = {"ROW"};
  CHECK(control.touches(facts, said).empty());

  CounterControl counter;
  counter.withheld = 0.5;
  CHECK(counter.touches(facts, said).at(0).counterpart == "world/rare_earths");
  CHECK(counter.touches(facts, said).at(0).level == 1.0);
  counter.withheld = 0;
  CHECK(counter.touches(facts, said).at(0).level == -1.0);
  RentalRule rental;
  CHECK(rental.touches(facts, said).at(0).level == -1.0);
  rental.barred = true;
  CHECK(rental.touches(facts, said).at(0).level == 1.0);
  ProcurementBan ban;
  CHECK(ban.touches(facts, said).at(0).level == -1.0);
  ban.ban_level = 1;
  CHECK(ban.touches(facts, said).at(0).level == 1.0);
}
