// Conditions of rules: grammar, precedence, and complaints at the character that is wrong.
#include "sim/input/condition.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

using Kind = ConditionNode::Kind;

struct Reading {
  Condition condition;
  std::vector<std::string> errors;
};

Reading read(const std::string& text) {
  Problems problems;
  Reading reading;
  reading.condition = parse_condition(text, {"s.toml", 7, 1}, problems);
  reading.errors = problems.errors();
  return reading;
}

ConditionNode root_of(const std::string& text) {
  const Reading reading = read(text);
  INFO(text);
  CHECK(reading.errors == std::vector<std::string>{});
  return reading.condition.root;
}

/// The only complaint; `at` counts characters of the text from 0.
std::string complaint(const std::string& text) {
  const Reading reading = read(text);
  INFO(text);
  REQUIRE(reading.errors.size() == 1);
  return reading.errors[0];
}

std::string said(const std::string& code, std::size_t at, const std::string& message) {
  return "error[" + code + "]: " + message + "\n  --> s.toml:7:" + std::to_string(at + 1);
}

std::string expected(const std::string& what, std::size_t at, const std::string& text) {
  return said("E070", at, "expected " + what + " in \"" + text + "\"");
}

const std::string a_value = "a value such as ai_access[region=HK], 0.6 or 2026-09-01";

}  // namespace

TEST_CASE("condition: the example of the bridge is two comparisons", "[unit][condition]") {
  const Reading reading =
      read("change(talent_stock[region=HK, skill=ai], '26w') < -0.02 or ai_access[region=HK] < 0.60");
  CHECK(reading.errors.empty());
  const ConditionNode& root = reading.condition.root;
  REQUIRE(root.kind == Kind::any_of);
  REQUIRE(root.children.size() == 2);
  const ConditionNode& first = root.children[0];
  REQUIRE(first.kind == Kind::less);
  CHECK(first.children[0].kind == Kind::change);
  CHECK(first.children[0].series.variable == "talent_stock");
  REQUIRE(first.children[0].series.selectors.size() == 2);
  CHECK(first.children[0].series.selectors[1].key == "skill");
  CHECK(first.children[0].series.selectors[1].value == "ai");
  CHECK(first.children[0].window_days == 182.0);
  CHECK(first.children[1].kind == Kind::negate);
  CHECK(first.children[1].children[0].number == 0.02);
  CHECK(root.children[1].children[1].number == 0.6);
  CHECK(reading.condition.part(root.children[1]) == "ai_access[region=HK] < 0.60");
  CHECK(reading.condition.at(root.children[1]).column == 61);
}

TEST_CASE("condition: and binds before or, not before and, times before plus", "[unit][condition]") {
  const ConditionNode either = root_of("a < 1 or b < 2 and not c < 3 and d < 4 or e < 5");
  REQUIRE(either.kind == Kind::any_of);
  REQUIRE(either.children.size() == 3);
  const ConditionNode& both = either.children[1];
  REQUIRE(both.kind == Kind::all_of);
  REQUIRE(both.children.size() == 3);
  CHECK(both.children[1].kind == Kind::none_of);
  CHECK(both.children[1].children[0].kind == Kind::less);
  CHECK(both.children[2].children[0].series.variable == "d");

  const ConditionNode sum = root_of("a - b - 2 * c / d > -x").children[0];
  REQUIRE(sum.kind == Kind::subtract);
  CHECK(sum.children[0].kind == Kind::subtract);
  CHECK(sum.children[0].children[0].series.variable == "a");
  REQUIRE(sum.children[1].kind == Kind::divide);
  CHECK(sum.children[1].children[0].kind == Kind::multiply);

  const Reading grouped = read("(a < 1 or b < 2) and (a + b) * 2 >= c");
  CHECK(grouped.errors.empty());
  const ConditionNode& root = grouped.condition.root;
  REQUIRE(root.kind == Kind::all_of);
  CHECK(root.children[0].kind == Kind::any_of);
  CHECK(root.children[1].children[0].kind == Kind::multiply);
  CHECK(grouped.condition.part(root.children[1]) == "(a + b) * 2 >= c");
}

TEST_CASE("condition: comparisons, between, dates and units", "[unit][condition]") {
  const std::vector<std::pair<std::string, Kind>> signs{{"<", Kind::less},    {"<=", Kind::less_equal},
                                                        {">", Kind::greater}, {">=", Kind::greater_equal},
                                                        {"==", Kind::equal},  {"!=", Kind::not_equal}};
  for (const auto& [sign, kind] : signs) CHECK(root_of("a" + sign + "b").kind == kind);

  const ConditionNode between = root_of("a between 10 % and 3 bn USD and b < 1e3");
  REQUIRE(between.kind == Kind::all_of);
  REQUIRE(between.children[0].kind == Kind::between);
  CHECK(between.children[0].children[1].number == 10.0);
  CHECK(between.children[0].children[1].unit == "%");
  CHECK(between.children[0].children[2].unit == "bn USD");
  CHECK(between.children[1].children[1].number == 1000.0);

  const ConditionNode dated = root_of("date >= 2026-09-01 and date - 2026-01-01 < 30 d");
  CHECK(dated.children[0].children[0].kind == Kind::today);
  CHECK(dated.children[0].children[1].date == make_date(2026, 9, 1));
  CHECK(dated.children[1].children[0].kind == Kind::subtract);
  CHECK(dated.children[1].children[1].unit == "d");
  // a unit ends before a word of the grammar, and a variable may begin like one
  CHECK(root_of("order_book < 5 persons or band > 1").children[0].children[1].unit == "persons");
}

TEST_CASE("condition: functions take a variable and a window, or an event", "[unit][condition]") {
  CHECK(root_of("max(price[line=2513.HK], 4 w) > 1").children[0].kind == Kind::maximum);
  CHECK(root_of("max(price, 4 w) > 1").children[0].window_days == 28.0);
  CHECK(root_of("min(price, \"90 d\") > 1").children[0].window_days == 90.0);
  CHECK(root_of("min(price, '90d') > 1").children[0].kind == Kind::minimum);
  CHECK(root_of("cum(capital_net_flow[region=HK]) < 0").children[0].kind == Kind::cumulated);
  CHECK(root_of("sum(market_cap) < 3").children[0].kind == Kind::variable);
  CHECK(root_of("change(sum(market_cap), 2w) < 0").children[0].kind == Kind::change);
  CHECK(root_of("fired(us-order.1)").item == "us-order.1");
  const ConditionNode since = root_of("days_since('us_order') > 30 d").children[0];
  CHECK(since.kind == Kind::days_since);
  CHECK(since.item == "us_order");
}

TEST_CASE("condition: what cannot be read is pointed at", "[unit][condition]") {
  const auto check = [](const std::string& text, std::size_t at, const std::string& what) {
    CHECK(complaint(text) == expected(what, at, text));
  };
  check("", 0, "a comparison such as ai_access[region=HK] < 0.6");
  check("a <", 3, a_value);
  check("a < 1, b < 2", 5, "a comparison, 'and', 'or' or the end");
  check("a < b < c", 6, "a comparison, 'and', 'or' or the end");
  check("a < 1 and", 9, "a comparison");
  check("a < 1 or not", 12, "a comparison");
  check("(a < 1", 6, "')'");
  check("a[region] < 1", 8, "'='");
  check("a[region=] < 1", 9, "a value to select, such as HK");
  check("a[region=HK < 1", 12, "',' or ']'");
  check("change(a) < 1", 8, "',' and a window such as '26 w'");
  check("change(a, now) < 1", 10, "a window such as '26 w'");
  check("change(a, '26 w) < 1", 15, "the closing quotation mark");
  check("cum(3) > 1", 4, "a variable such as ai_access[region=HK]");
  check("fired() or a < 1", 6, "the id of an event or rule");
  check("a between 1 or 2", 12, "'and' and the upper end");
}

TEST_CASE("condition: what means nothing is refused with the reason", "[unit][condition]") {
  CHECK(complaint("a < 1 or efect(b) < 2") ==
        said("E071", 9, "unknown function 'efect' (known: change, cum, max, min, sum, days_since, fired)"));
  CHECK(complaint("chang(b, '2 w') < 2") ==
        said("E071", 0,
             "unknown function 'chang' (known: change, cum, max, min, sum, days_since, fired) did you mean "
             "'change'?"));
  for (const char* name : {"effect", "pct_effect"}) {
    CHECK(complaint("a < 1 and " + std::string(name) + "(b, at=2026-01-01) < 2") ==
          said("E071", 10,
               "'" + std::string(name) +
                   "' compares arms (a rule sees one world only, its own) compare with a value of T0 or use "
                   "change(...)"));
  }
  for (const char* window : {"'6 mo'", "2 y", "'0 d'", "3"}) {
    CHECK(complaint("change(a, " + std::string(window) + ") < 1").find("the window must be a time") !=
          std::string::npos);
  }
  CHECK(complaint("a > 2026-13-01") == said("E071", 4, "'2026-13-01' is no date"));
  CHECK(complaint("a[region=HK, region=US] > 1") == said("E071", 13, "'region' is selected twice"));
  CHECK(
      complaint("a + 1") ==
      said("E071", 0,
           "'a + 1' is a value (a condition must be true or false) compare it, as in ai_access[region=HK] < "
           "0.6"));
  CHECK(complaint("a < 1 and not b") ==
        said("E071", 14,
             "'b' is a value (a condition must be true or false) compare it, as in ai_access[region=HK] < "
             "0.6"));
  CHECK(complaint("1 + (a < 1) > 2") == said("E071", 5, "'a < 1' is true or false (a value is wanted here)"));
}
