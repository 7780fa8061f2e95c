// Values with units: what a parameter takes, what it converts and what it refuses.
#include "sim/input/scenario_quantity.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

/// The value of a text for a parameter in `unit`, or the complaint without its place.
struct Taken {
  std::optional<double> value;
  std::string complaint;
};

Taken take(const std::string& unit, const std::string& text) {
  double value = 1;
  FieldList fields;
  fields.add("bank.key", value, unit, 0, 1000, "assumption: a test", "a test");
  Problems problems;
  Taken taken;
  taken.value = value_in_unit_of(*fields.find("bank.key"), text, {"s.toml", 3, 5}, problems);
  if (!problems.any()) return taken;
  taken.complaint = problems.errors().front();
  taken.complaint = taken.complaint.substr(0, taken.complaint.find('\n'));
  return taken;
}

void check_value(const std::string& unit, const std::string& text, double value) {
  CAPTURE(unit, text);
  const Taken taken = take(unit, text);
  REQUIRE(taken.value);
  CHECK(*taken.value == Approx(value));
  CHECK(taken.complaint.empty());
}

void check_refused(const std::string& unit, const std::string& text, const std::string& reason) {
  CAPTURE(unit, text);
  const Taken taken = take(unit, text);
  CHECK_FALSE(taken.value);
  CHECK(taken.complaint ==
        "error[E031]: 'bank.key' is measured in [" + unit + "]; " + reason + " (write a plain number)");
}

}  // namespace

TEST_CASE("quantity: durations in days and weeks", "[unit][quantity]") {
  check_value("d", "90", 90);
  check_value("d", "90 d", 90);
  check_value("d", "1 day", 1);
  check_value("d", "90days", 90);
  check_value("d", "2 w", 14);
  check_value("d", "1.5 weeks", 10.5);
  check_value("weeks", "21 d", 3);
  check_value("mo", "3 months", 3);
  check_refused("d", "3 mo", "'mo' is a unit of time");
  check_refused("d", "1 y", "'y' is a unit of time");
  check_refused("d", "24 h", "'h' is a unit of time");
  check_refused("d", "4 per mo", "'per mo' is a unit of rates");
  check_refused("d", "3 bn USD", "'bn USD' is a unit of money");
  check_refused("d", "3 dd", "'dd' is no unit known here");
  check_refused("d", "15 %", "'%' is a unit of shares");
}

TEST_CASE("quantity: rates", "[unit][quantity]") {
  check_value("1/month", "0.04", 0.04);
  for (const char* text :
       {"0.04 per mo", "0.04 / mo", "0.04/mo", "0.04 1/month", "0.04 per month", "0.04 / months"}) {
    check_value("1/month", text, 0.04);
  }
  check_value("1/day", "0.7 per week", 0.1);
  check_value("1/w", "0.1 / d", 0.7);
  check_refused("1/month", "0.01 per w", "'per w' is a unit of rates");
  check_refused("1/month", "0.4 per y", "'per y' is a unit of rates");
  check_refused("1/month", "0.4 mo", "'mo' is a unit of time");
  check_refused("1/month", "0.4 per", "'per' is no unit known here");
  check_refused("1/month", "0.4 /", "'/' is no unit known here");
  check_refused("1/month", "0.4 / bank", "'/ bank' is no unit known here");
  check_refused("share/day", "0.4 / d", "'/ d' is a unit of rates");
}

TEST_CASE("quantity: money is scaled; other currencies are told apart", "[unit][quantity]") {
  check_value("bn USD", "0.02 bn USD", 0.02);
  check_value("bn USD", "3", 3);
  check_value("bn USD", "20 mn USD", 0.02);
  check_value("bn USD", "3 USD", 3e-9);
  check_value("USD", "4.5 k USD", 4500);
  check_value("mn USD/person", "0.9 bn USD/person", 900);
  check_value("USD/year", "900 USD per y", 900);
  check_value("USD/year", "900 USD", 900);  // the period may be left out
  check_refused("bn USD", "3 bn USD per year", "'bn USD per year' is a unit of money");
  check_refused("mn USD/person", "1 mn USD", "'mn USD' is a unit of money");
  check_refused("bn USD", "3 bn HKD", "'bn HKD' is a unit of money");  // without a rate
  check_refused("d", "3 mn USD", "'mn USD' is a unit of money");
  const auto foreign = foreign_money("bn USD", "300 mn HKD");
  REQUIRE(foreign);
  CHECK(foreign->amount == Approx(0.3));
  CHECK(foreign->currency == "HKD");
  CHECK_FALSE(foreign_money("bn USD", "300 mn USD"));
  CHECK_FALSE(foreign_money("d", "3 bn HKD"));
  CHECK_FALSE(foreign_money("bn USD", "3 bn HKD/person"));
}

TEST_CASE("quantity: shares, pure numbers and what is no number", "[unit][quantity]") {
  check_value("share", "15 %", 0.15);
  check_value("-", "2", 2);
  CHECK(take("-", "2 d").complaint ==
        "error[E031]: 'bank.key' is a pure number; 'd' is a unit of time (write a plain number)");
  CHECK(take("d", "soon").complaint == "error[E033]: 'soon' is no number ('bank.key' is measured in [d])");
}
