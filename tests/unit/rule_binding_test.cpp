// Conditions bound to series: units, what is hidden, what cannot be added up; and which series are public.
#include "sim/study/rule_binding.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/hand_record.hpp"
#include "tests/support/shipped_facts.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

std::vector<std::string> complaints(const std::string& when) {
  const std::vector<Rule> rules{rule_when("r", when)};
  Problems problems;
  bind_rules(rules, HandRecord().series, problems);
  return problems.errors();
}

std::vector<std::string> said(const std::string& code, std::size_t column, const std::string& message) {
  return {"error[" + code + "]: " + message + "\n  --> s.toml:7:" + std::to_string(column)};
}

/// The number of the right side of `money < ...` as bound.
double bound_number(const std::string& when) {
  const std::vector<Rule> rules{rule_when("r", when)};
  Problems problems;
  const auto bound = bind_rules(rules, HandRecord().series, problems);
  CHECK(problems.errors() == std::vector<std::string>{});
  return bound.at(0).when.children[1].number;
}

}  // namespace

TEST_CASE("rule binding: numbers are taken into the unit of series", "[unit][rule]") {
  CHECK(bound_number("level[region=HK] < 15 %") == Approx(0.15));
  CHECK(bound_number("money < 3 bn USD") == 3.0);
  CHECK(bound_number("money < 2 tn USD") == 2000.0);
  CHECK(bound_number("money < 500 mn USD") == 0.5);
  CHECK(bound_number("money < 3") == 3.0);
  CHECK(bound_number("persons < 20 persons") == 20.0);
  CHECK(bound_number("days_since(x) > 2 w") == 14.0);
  CHECK(bound_number("date - 2026-06-12 > 30 d") == 30.0);
  CHECK(bound_number("change(persons, '4 w') < 2 %") == Approx(0.02));
}

TEST_CASE("rule binding: what has one unit may be compared", "[unit][rule]") {
  for (const char* good : {"money / persons < money / persons", "level[region=HK] * money > 2 bn USD",
                           "date + 3 d > 2026-07-01", "persons[region=HK] / persons[region=US] < 50 %",
                           "not money between 1 and 2 bn USD", "-money < cum(money) - max(money, '2 w')",
                           "fired(x) and level[region=US] + 0.1 < level[region=HK]"}) {
    CAPTURE(good);
    CHECK(complaints(good) == std::vector<std::string>{});
  }
}

TEST_CASE("rule binding: values of different units are refused with both units", "[unit][rule]") {
  CHECK(
      complaints("money < persons") ==
      said("E072", 9,
           "'money' is in [bn USD], 'persons' in [persons] (values of different units cannot be compared)"));
  CHECK(complaints("level[region=HK] < 3 bn USD") ==
        said("E072", 20,
             "'level[region=HK]' is in [share], '3 bn USD' in [bn USD] (values of different units cannot be "
             "compared)"));
  CHECK(complaints("1 < money + 4 w") ==
        said("E072", 13, "'money' is in [bn USD], '4 w' in [d] (values of different units cannot be added)"));
  CHECK(
      complaints("date > 5") ==
      said("E072", 8, "'date' is in [date], '5' in no unit (values of different units cannot be compared)"));
  CHECK(complaints("money between 1 and 2026-06-20").size() == 1);
  CHECK(complaints("money < 3 bn HKD") ==
        said("E072", 9, "'bn HKD' is no unit that values are recorded in (money is in bn USD)"));
  CHECK(complaints("persons < 3 heads") ==
        said("E072", 11, "'heads' is no unit that values are recorded in"));
  CHECK(complaints("level < 1") ==
        said("E072", 1, "'level' selects 2 series in [-] (which cannot be added up) select one by region"));
}

TEST_CASE("rule binding: names must be recorded and public", "[unit][rule]") {
  CHECK(complaints("money < 1 or person > 5") ==
        said("E051", 14, "unknown variable 'person' (not recorded by this model) did you mean 'persons'?"));
  CHECK(complaints("persons[regoin=HK] > 5")[0].starts_with("error[E052]"));
  CHECK(complaints("persons[region=HKG] > 5")[0].starts_with("error[E053]"));
  CHECK(complaints("money < 1 or max(fear, '2 w') > 5") ==
        said("E073", 14, "no rule can look at 'fear' (it is secret) name something that is published"));
}

TEST_CASE("rule binding: days_since and fired need an event or rule", "[unit][rule]") {
  std::vector<Rule> rules{rule_when("r", "fired(order) and days_since(oder) > 3 d")};
  rules[0].until = condition("not fired(r)");
  Problems problems;
  check_items(rules, {"order", "r"}, problems);
  CHECK(problems.errors() ==
        said("E076", 18, "'oder' is neither an event nor a rule of this scenario did you mean 'order'?"));
}

TEST_CASE("rule binding: prices, counts, law and shares are public; fears, books and constructs are not",
          "[unit][rule][data]") {
  const Facts& facts = shipped_facts();
  std::set<std::string> open, hidden;
  for (const Series& one : make_series(facts)) (one.hidden.empty() ? open : hidden).insert(one.variable);
  for (const char* name : {"market_cap", "mark_value", "price_ratio", "capital_net_flow", "talent_stock",
                           "talent_moved", "research_staff", "desk_staff", "desk_capital", "ai_access",
                           "ai_budget", "usage_share", "spending_share", "control_level", "vendor_removed",
                           "public_weights", "bridge_level", "incidents", "secondary_measures"}) {
    CAPTURE(name);
    CHECK(open.contains(name));
  }
  for (const char* name :
       {"denial_hazard", "sovereign_premium", "bridge_trust", "bridge_leak", "lobby_regret",
        "latent_capability", "ai_efficiency", "effective_compute", "chip_hazard", "compute_bought",
        "distilled_share", "lerner_index", "denial_effective", "incidents_false",
        "premium_willingness_to_pay", "lock_out_quits", "bridge_index"}) {
    CAPTURE(name);
    CHECK(hidden.contains(name));
    CHECK_FALSE(open.contains(name));
  }
  // The same variable may be public of a place and hidden of a firm.
  for (const Series& one : make_series(facts)) {
    if (one.variable == "ai_access" && one.entity == "jpmorgan") CHECK_FALSE(one.hidden.empty());
    if (one.variable == "compute_stock") CHECK(one.hidden.empty() == (one.selector("region") != nullptr));
  }
}
