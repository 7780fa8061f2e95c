// Values of conditions over a record made by hand, and how far they are from being true.
#include "sim/study/condition_value.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/hand_record.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// T0 and the closes of 15 to 19 and 22 June; the look is before 23 June.
HandRecord week() {
  HandRecord record;
  const double levels[] = {0.9, 0.8, 0.7, 0.6, 0.8, 0.5, 0.45};
  for (int i = 0; i < 7; ++i) record.close(levels[i], 100 + 10 * i, 1.5);
  return record;
}

Approach approach_to(const std::string& text, std::size_t day = 6,
                     const std::function<std::optional<Date>(const std::string&)>& happened = {}) {
  static std::vector<std::unique_ptr<std::vector<BoundRule>>> kept;  // approaches point into them
  const HandRecord record = week();
  const std::vector<Rule> rules{rule_when("r", text)};
  Problems problems;
  kept.push_back(std::make_unique<std::vector<BoundRule>>(bind_rules(rules, record.series, problems)));
  problems.throw_if_any();
  Look look = record.look(day);
  if (happened) look.happened = happened;
  return approach(kept.back()->front().when, look);
}

/// The left side of a comparison.
double value(const std::string& text, std::size_t day = 6) { return approach_to(text + " > -1e9", day).left; }

bool holds(const std::string& text, std::size_t day = 6) { return approach_to(text, day).holds(); }

}  // namespace

TEST_CASE("condition value: values are those of the last close", "[unit][rule]") {
  CHECK(value("level[region=HK]") == 0.45);
  CHECK(value("level[region=HK]", 0) == 0.9);
  CHECK(value("persons") == 160.0 + 100.0);
  CHECK(value("persons[region=HK] * 2 - 10 persons") == 310.0);
  CHECK(value("-persons[region=HK] / persons[region=US]") == -1.6);
  CHECK(value("cum(money)") == 7 * 1.5);
  CHECK(value("sum(money)") == 1.5);
}

TEST_CASE("condition value: windows are days of the calendar before the last close", "[unit][rule]") {
  // The close is that of 22 June: 3 days before is 19 June, 5 days before 17 June.
  CHECK(value("change(level[region=HK], '3 d')") == Approx(0.45 / 0.5 - 1.0));
  CHECK(value("change(level[region=HK], '4 d')") == Approx(0.45 / 0.8 - 1.0));
  CHECK(value("change(persons, '10 d')") == Approx(260.0 / 200.0 - 1.0));
  CHECK(value("max(level[region=HK], '4 d')") == 0.8);
  CHECK(value("max(level[region=HK], '3 d')") == 0.5);
  CHECK(value("min(level[region=HK], '1 w')", 4) == 0.6);
  CHECK(value("max(level[region=HK], '52 w')") == 0.9);  // from T0 on
  // The record is a day too short: no comparison holds, not even that it does not change
  CHECK_FALSE(holds("change(persons, '11 d') > 0"));
  CHECK_FALSE(holds("change(persons, '11 d') <= 0"));
  CHECK_FALSE(holds("change(persons, '11 d') != 5"));
  CHECK(holds("not change(persons, '11 d') > 0"));
  CHECK_FALSE(holds("money / (level[region=US] - level[region=US]) > 0"));
}

TEST_CASE("condition value: every comparison, and what joins them", "[unit][rule]") {
  CHECK(holds("level[region=HK] < 0.46"));
  CHECK_FALSE(holds("level[region=HK] < 0.45"));
  CHECK(holds("level[region=HK] <= 0.45"));
  CHECK(holds("level[region=HK] >= 0.45"));
  CHECK_FALSE(holds("level[region=HK] > 0.45"));
  CHECK(holds("level[region=HK] == 0.45"));
  CHECK_FALSE(holds("level[region=HK] != 0.45"));
  CHECK(holds("money between 1.5 and 2"));
  CHECK_FALSE(holds("money between 1.6 and 2"));
  CHECK_FALSE(holds("not money between 1 and 2"));
  CHECK(holds("money > 1 and persons > 1"));
  CHECK_FALSE(holds("money > 1 and persons < 1"));
  CHECK(holds("money < 1 or persons > 1"));
  CHECK(holds("not (money < 1 or persons < 1)"));
  CHECK(holds("date == 2026-06-23"));
  CHECK(holds("date - 2026-06-12 == 11 d"));
}

TEST_CASE("condition value: what happened, and when", "[unit][rule]") {
  const auto order = [](const std::string& item) {
    return item == "order" ? std::optional(make_date(2026, 6, 13)) : std::optional<Date>();
  };
  CHECK(approach_to("fired(order)", 6, order).holds());
  CHECK_FALSE(approach_to("fired(other)", 6, order).holds());
  CHECK(approach_to("not fired(other)", 6, order).holds());
  CHECK(approach_to("days_since(order) == 10 d", 6, order).holds());
  CHECK_FALSE(approach_to("days_since(other) < 10 d", 6, order).holds());
  CHECK_FALSE(approach_to("days_since(other) >= 10 d", 6, order).holds());
}

TEST_CASE("condition value: how far a condition is, and which comparison says so", "[unit][rule]") {
  const Approach one = approach_to("level[region=HK] < 0.3");
  CHECK(one.distance == Approx(0.5));
  CHECK(one.left == 0.45);
  CHECK(one.right == 0.3);
  CHECK(one.comparison->text == "level[region=HK] < 0.3");
  const Approach both = approach_to("level[region=HK] < 0.3 and money > 6");
  CHECK(both.distance == Approx(0.75));
  CHECK(both.comparison->text == "money > 6");
  const Approach either = approach_to("level[region=HK] < 0.3 or money > 6");
  CHECK(either.distance == Approx(0.5));
  CHECK(approach_to("not (level[region=HK] >= 0.3 or money <= 6)").distance == Approx(0.75));
  CHECK(approach_to("money < 0").distance == Approx(1.5));  // in its own unit where the threshold is 0
  CHECK(approach_to("money between 2 and 3").distance == Approx(0.25));
  CHECK(approach_to("level[region=HK] < 0.45").distance > 0.0);  // at it is not below it
  CHECK(approach_to("level[region=HK] < 0.45").distance < 1e-300);
  CHECK(std::isinf(approach_to("date > 2026-07-01").distance));
  CHECK(std::isinf(approach_to("fired(order)").distance));
  CHECK(std::isinf(approach_to("change(money, '52 w') > 0").distance));
}
