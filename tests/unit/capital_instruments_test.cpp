// What the instruments of capital complain of, and whom a designation touches.
#include <catch2/catch.hpp>

#include "scenario_files.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

template <class What>
std::vector<std::string> complaints(const What& what, Announcement said = {}) {
  Problems problems;
  said.announced = to_instant(make_date(2026, 6, 14), 0, 0);
  EventProblems event(problems, {}, "event");
  what.check(model_facts(), said, event);
  return problems.errors();
}

Announcement with_force(Force force) {
  Announcement said;
  said.bite.force = force;
  return said;
}

ConnectChange connect(std::vector<std::string> included, std::vector<std::string> excluded,
                      double factor = 1.0) {
  return {std::move(included), std::move(excluded), factor, make_date(2026, 6, 16)};
}

StateFund fund(double strength) {
  StateFund order;
  order.strength = strength;
  return order;
}

}  // namespace

TEST_CASE("designation: each list wants the force that it has", "[unit][capital_instruments]") {
  Designation list;
  list.firms = {"gamma"};
  list.list.value = "section_1260h";
  CHECK(complaints(list, with_force(Force::list_without_legal_force)).empty());
  CHECK(complaints(list, with_force(Force::proposal)).empty());
  CHECK_THAT(complaints(list, with_force(Force::binding)).at(0), Catch::Contains("no legal force"));
  CHECK(complaints(list, with_force(Force::licence_required)).size() == 1);
  list.list.value = "entity_list";
  CHECK(complaints(list, with_force(Force::binding)).empty());
  CHECK(complaints(list, with_force(Force::licence_required)).empty());
  CHECK_THAT(complaints(list, with_force(Force::list_without_legal_force)).at(0),
             Catch::Contains("has legal force"));
  list.list.value = "investment_ban";
  CHECK_THAT(complaints(list).at(0), Catch::Contains("use 'ownership_ban'"));
  list = {};
  list.list.value = "entity_list";
  CHECK(complaints(list).size() == 1);
  list.firms = {"nobody"};
  CHECK(complaints(list).size() == 1);
}

TEST_CASE("designation: the Entity List touches supply, the list of section 1260H the name alone",
          "[unit][capital_instruments]") {
  Facts facts = model_facts();
  facts.exposures = {{"gamma", Channel::restricted_input, "us_ai_chips", 0.4},
                     {"gamma", Channel::restricted_input, "cn_rare_earths", 0.3},
                     {"gamma", Channel::restricted_input, "CN_HK/us_closed_models", 0.2},
                     {"thin", Channel::restricted_input, "us_ai_chips", 0.5},
                     {"alpha", Channel::restricted_sales, "gamma/us_technology", 0.1},
                     {"alpha", Channel::restricted_sales, "thin/us_technology", 0.1},
                     {"beta", Channel::vacated, "gamma/us_technology", 0.2},
                     {"gamma", Channel::deploy, "us_ai_chips", 0.9}};
  Designation list;
  list.firms = {"gamma"};
  list.list.value = "section_1260h";
  REQUIRE(list.touches(facts, {}).size() == 1);
  CHECK(list.touches(facts, {})[0].channel == Channel::target);
  list.list.value = "entity_list";
  const std::vector<Touch> touches = list.touches(facts, {});
  REQUIRE(touches.size() == 4);
  CHECK((touches[1].entity == "gamma" && touches[1].exposure == 0.4));
  CHECK((touches[2].entity == "alpha" && touches[2].channel == Channel::restricted_sales));
  CHECK((touches[3].entity == "beta" && touches[3].channel == Channel::vacated));

  // 1260H: .12 x 1 x list_force .2; Entity List, binding: .12 and .08 x .4 (scaling by volatility off)
  Parameters params = quiet_parameters();
  params.beliefs.volatility_scaling = 0.0;
  const auto value_of = [&](const char* which, Force force) {
    list.list.value = which;
    Event event;
    event.said.id = "list";
    event.said.announced = to_instant(make_date(2026, 6, 14), 0, 0);
    event.instrument = list;
    event.said.bite.force = force;
    ModelMarket market(facts, params, 3, {event});
    double sum = 0.0;
    for (const ValueNews& news : market.plan.values) sum += news.line == gamma_line ? news.change : 0.0;
    return sum;
  };
  CHECK(value_of("section_1260h", Force::list_without_legal_force) == Approx(-0.024));
  CHECK(value_of("entity_list", Force::binding) == Approx(-0.152));
}

TEST_CASE("capital instruments: complaints of instruments that could do nothing or name nobody",
          "[unit][capital_instruments]") {
  OutboundLimit limit;
  limit.domiciles = {"US"};
  limit.firms = {"beta"};
  CHECK(complaints(limit).empty());
  limit.firms = {"bta"};
  limit.headquarters = {"UK"};
  CHECK(complaints(limit).size() == 2);
  CHECK(complaints(OutboundLimit{}).size() == 2);
  CHECK(complaints(connect({"BETA"}, {"THIN"}, 2.0)).empty());
  CHECK(complaints(connect({}, {})).size() == 1);
  CHECK(complaints(connect({"BETA"}, {"BETA"})).size() == 1);
  CHECK(complaints(connect({"ALPHA"}, {"HK_REST"})).size() == 2);
  CHECK(complaints(connect({"BTA"}, {}, -1.0)).size() == 2);
  CHECK(complaints(fund(0.75)).empty());
  CHECK(complaints(fund(0.3)).size() == 1);
}

TEST_CASE("capital instruments: scenario files hold them, and their resolved form says the same",
          "[unit][capital_instruments]") {
  using testing::further;
  const auto read = [](const std::string& more) {
    return testing::read_text(testing::small_with({}, more), {}, &shipped_facts());
  };
  const std::string us = "regulator:us-treasury";
  const std::string event = GENERATE_COPY(
      further("outbound_limit", us, "domiciles = [\"US\"]\nheadquarters = [\"CN\"]\ndate = 2026-07-01\n"),
      further("connect_change", us, "excluded = [\"2513.HK\"]\nquota_factor = 0.5\ndate = 2026-07-01\n"),
      further("state_fund", us,
              "domicile = \"CN\"\nregion = \"HK\"\ndirection = \"buy\"\nstrength = 0.5\n"
              "date = 2026-07-01\n"),
      further("designation", us,
              "list = \"section_1260h\"\nfirms = [\"alibaba\"]\n"
              "force = \"list_without_legal_force\"\n"));
  CAPTURE(event);
  const auto first = read(event);
  REQUIRE(first.errors.empty());
  const std::string whole = resolved_toml(first.scenario);  // begins with where it was read from
  const auto again = testing::read_text(whole, {}, &shipped_facts());
  CHECK(again.errors.empty());
  const auto content = [](const std::string& text) { return text.substr(text.find("schema")); };
  CHECK(content(resolved_toml(again.scenario)) == content(whole));
}

TEST_CASE("capital instruments: a 1260H listing that says nothing of its force is refused",
          "[unit][capital_instruments]") {
  const std::string event = testing::further("designation", "regulator:us-dod",
                                             "list = \"section_1260h\"\nfirms = [\"alibaba\"]\n");
  const auto found = testing::read_text(testing::small_with({}, event), {}, &shipped_facts()).errors;
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0], Catch::Contains("no legal force"));
}
