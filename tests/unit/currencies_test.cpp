// Units in keys of instruments and money of other currencies.
#include "sim/input/currencies.hpp"

#include <catch2/catch.hpp>

#include "scenario_files.hpp"
#include "sim/input/scenario_quantity.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

Facts with_rates() {
  Facts facts;
  facts.as_of = make_date(2026, 6, 12);
  facts.rates = {{"USD", 1}, {"HKD", 0.125}};
  return facts;
}

std::string bridge(const std::string& ramp, const std::string& cost, const std::string& level = "0.5") {
  return small_with({}, further("bridge_measure", "regulator:hk-joint",
                                "component = \"licensing\"\nlevel = " + level + "\nramp_days = " + ramp +
                                    "\ncost_bn_usd = " + cost + "\n"));
}

/// The measure once its money is converted.
BridgeMeasureEvent converted(const std::string& text) {
  ScenarioReading read = read_text(text);
  REQUIRE(read.errors == Messages{});
  Problems problems;
  convert_money(read.scenario, with_rates(), problems);
  CHECK(problems.errors() == Messages{});
  CHECK(read.scenario.events[1].unsettled.empty());
  return std::get<BridgeMeasureEvent>(read.scenario.events[1].instrument);
}

}  // namespace

TEST_CASE("currencies: numbers of an instrument take units", "[unit][currencies]") {
  CHECK(converted(bridge("\"180 d\"", "1")).ramp_days == 180);
  CHECK(converted(bridge("\"26 w\"", "1")).ramp_days == 182);
  CHECK(converted(bridge("90", "1", "\"75 %\"")).level == 0.75);
  CHECK(converted(bridge("90", "\"20 mn USD\"")).cost_bn_usd == 0.02);
  CHECK(converted(bridge("90", "\"0.4 bn USD per year\"")).cost_bn_usd == 0.4);
  CHECK(converted(bridge("90", "\"4000 k USD\"")).cost_bn_usd == 0.004);
  CHECK(read_text(bridge("\"6 mo\"", "1")).errors ==
        Messages{said("E031", "'ramp_days' is measured in [d]; 'mo' is a unit of time (write a plain number)",
                      "35:13")});
  CHECK(
      read_text(bridge("90", "\"5 %\"")).errors ==
      Messages{said("E031",
                    "'cost_bn_usd' is measured in [bn USD per year]; '%' is a unit of shares (write a plain "
                    "number)",
                    "36:15")});
  CHECK(read_text(bridge("90", "\"3 bn HKD per d\"")).errors.size() == 1);
  // A key without a unit takes numbers only.
  CHECK(
      complaints({}, further("talent_scheme", "regulator:hk-x", "place = \"HK\"\nadmitted = \"120 %\"\n")) ==
      Messages{said("E033", "'admitted' must be a finite number (found text)", "34:12")});
}

TEST_CASE("currencies: other money is converted at the rate of T0", "[unit][currencies]") {
  CHECK(converted(bridge("90", "\"3 bn HKD\"")).cost_bn_usd == 0.375);
  CHECK(converted(bridge("90", "\"3 bn HKD per year\"")).cost_bn_usd == 0.375);
  CHECK(converted(bridge("90", "\"800 mn HKD\"")).cost_bn_usd == Approx(0.1));
  ScenarioReading read = read_text(bridge("90", "\"3 bn HDK\""));
  Problems problems;
  convert_money(read.scenario, with_rates(), problems);
  REQUIRE(problems.errors().size() == 1);
  CHECK_THAT(problems.errors()[0],
             Catch::StartsWith("error[E067]: no rate of 'HDK' (fx.csv has USD, HKD) did you mean 'HKD'?") &&
                 Catch::EndsWith("s.toml:36:15"));
  read = read_text(bridge("90", "\"3 bn HDK\""));
  Problems without;
  Facts no_rates;
  no_rates.as_of = make_date(2026, 4, 28);
  convert_money(read.scenario, no_rates, without);
  REQUIRE(without.errors().size() == 1);
  CHECK_THAT(
      without.errors()[0],
      Catch::StartsWith("error[E067]: no rate of 'HDK' (fx.csv has no rates of time.as_of = 2026-04-28)"));
}

TEST_CASE("currencies: parameters in the file, in an arm and on the command line", "[unit][currencies]") {
  const std::string text = small_with({},
                                      "[set]\n\"vendor.tail_loss\" = \"2 bn HKD\"\n[arm.third]\nset = { "
                                      "\"vendor.tail_loss\" = \"4 bn HKD\" }\n");
  ScenarioReading read = read_text(text, {{"vendor.verification_setup=80 mn HKD"}, "", ""});
  REQUIRE(read.errors == Messages{});
  Problems problems;
  convert_money(read.scenario, with_rates(), problems);
  CHECK(problems.errors() == Messages{});
  const Scenario& scenario = read.scenario;
  CHECK(scenario.parameters.vendors.tail_loss == 0.25);
  CHECK(scenario.parameters.vendors.verification_setup == 0.01);
  CHECK(scenario.parameters_of(scenario.arms[2]).vendors.tail_loss == 0.5);
  CHECK(scenario.settings[0].currency.empty());

  ScenarioReading large = read_text(small_with({}, "[set]\n\"vendor.tail_loss\" = \"900 bn HKD\"\n"));
  CHECK(large.errors == Messages{});
  convert_money(large.scenario, with_rates(), problems);
  REQUIRE(problems.errors().size() == 1);
  CHECK_THAT(problems.errors()[0], Catch::Contains("E032") && Catch::Contains("= 112.5 is out of range"));
}

TEST_CASE("currencies: what is not converted yet survives the resolved file", "[unit][currencies]") {
  const ScenarioReading read =
      read_text(bridge("90", "\"3 bn HKD\"") + "[set]\n\"vendor.tail_loss\" = \"2 bn HKD\"\n");
  const ScenarioReading again = read_text(resolved_toml(read.scenario));
  CHECK(again.errors == Messages{});
  CHECK(std::get<BridgeMeasureEvent>(again.scenario.events[1].instrument).cost_bn_usd == 3);
  REQUIRE(again.scenario.events[1].unsettled.size() == 1);
  CHECK(again.scenario.events[1].unsettled[0].text == "HKD");
  CHECK(again.scenario.settings[0].currency == "HKD");
}

TEST_CASE("currencies: rates per day, by hand", "[unit][currencies]") {
  CHECK(rate_per_day("0.1 per d") == 0.1);
  CHECK(*rate_per_day("0.7 per w") == Approx(0.1));
  CHECK(*rate_per_day("0.1 per mo") == Approx(0.1 * 12 / 365.25));
  CHECK(*rate_per_day("1 /year") == Approx(1 / 365.25));
  CHECK_FALSE(rate_per_day("0.1"));
  CHECK_FALSE(rate_per_day("0.1 mo"));
  CHECK_FALSE(rate_per_day("0.1 per h"));
}
