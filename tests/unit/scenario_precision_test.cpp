// [run] precision and max_replicates, --precision.
#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

const std::string metrics =
    "[[metric]]\nid = \"gain\"\nunit = \"%\"\nexpr = \"pct_effect(market_cap[firm=zhipu], at=2026-06-22)\"\n"
    "[[metric]]\nid = \"cap\"\nunit = \"bn\"\nexpr = \"level(market_cap[firm=zhipu], at=2026-06-22)\"\n";

ScenarioReading read_run_section(const std::string& keys, const std::vector<std::string>& typed = {},
                                 const std::vector<std::string>& sets = {}) {
  ScenarioOverrides overrides;
  overrides.precision = typed;
  overrides.sets = sets;
  return read_text(small_with({{11, keys}}, metrics), overrides);
}

}  // namespace

TEST_CASE("scenario precision: read, limited, and overruled by the command line", "[unit][scenario]") {
  const ScenarioReading plain = read_run_section("replicates = 4");
  CHECK(plain.scenario.precision.empty());
  CHECK(plain.scenario.first_round() == 4);
  CHECK(plain.scenario.replicate_limit() == 4);
  const ScenarioReading asked = read_run_section("replicates = 4\nprecision = { gain = 2 }");
  REQUIRE(asked.errors == Messages{});
  REQUIRE(asked.scenario.precision.size() == 1);
  CHECK(asked.scenario.precision[0].metric == "gain");
  CHECK(asked.scenario.precision[0].half_width == 2.0);
  CHECK(asked.scenario.precision[0].where.line == 12);
  CHECK(asked.scenario.first_round() == 30);
  CHECK(asked.scenario.replicate_limit() == 300);
  const ScenarioReading typed =
      read_run_section("replicates = 40\nprecision = { gain = 2 }\nmax_replicates = 45", {"gain = 0.5"},
                       {"run.max_replicates=60"});
  REQUIRE(typed.errors == Messages{});
  REQUIRE(typed.scenario.precision.size() == 1);
  CHECK(typed.scenario.precision[0].half_width == 0.5);
  CHECK(typed.scenario.first_round() == 40);
  CHECK(typed.scenario.replicate_limit() == 60);
}

TEST_CASE("scenario precision: survives the resolved file", "[unit][scenario]") {
  const ScenarioReading asked =
      read_run_section("replicates = 4\nprecision = { gain = 0.1234567890123 }\nmax_replicates = 99");
  const ScenarioReading again = read_text(resolved_toml(asked.scenario));
  REQUIRE(again.errors == Messages{});
  REQUIRE(again.scenario.precision.size() == 1);
  CHECK(again.scenario.precision[0].half_width == 0.1234567890123);
  CHECK(again.scenario.max_replicates == 99);
  CHECK_THAT(resolved_toml(read_run_section("replicates = 4").scenario),
             !Catch::Contains("precision") && !Catch::Contains("max_replicates"));
}

TEST_CASE("scenario precision: what cannot be asked", "[unit][scenario]") {
  CHECK(read_run_section("replicates = 4\nprecision = { gian = 2, cap = 1 }").errors ==
        Messages{
            said("E080",
                 "a precision is asked of 'gian' (no metric of this scenario that compares an arm with the "
                 "reference) did you mean 'gain'?",
                 "12:15"),
            said("E080",
                 "a precision is asked of 'cap' (no metric of this scenario that compares an arm with the "
                 "reference)",
                 "12:25")});
  const std::string number =
      " must be a number above 0 (half the width of the 95 % interval of its mean effect, "
      "in the metric's unit)";
  CHECK(read_run_section("replicates = 4\nprecision = { gain = 0, cap = \"2 %\" }").errors ==
        Messages{said("E081", "the precision of 'gain'" + number, "12:15"),
                 said("E081", "the precision of 'cap'" + number, "12:25")});
  CHECK(read_run_section("replicates = 40\nprecision = { gain = 2 }\nmax_replicates = 39").errors.size() ==
        1);
  CHECK_THAT(read_run_section("replicates = 4\nprecision = { gain = 2 }\nmax_replicates = 29").errors.at(0),
             Catch::StartsWith("error[E082]: run.max_replicates = 29 is below the 30 replicates"));
  CHECK_THAT(read_run_section("replicates = 4\nmax_replicates = 90").errors.at(0),
             Catch::StartsWith("error[E082]: run.max_replicates limits nothing"));
  CHECK_THAT(read_run_section("replicates = 4\nprecision = { gain = 2 }\nmax_replicates = 0").errors.at(0),
             Catch::StartsWith("error[E032]: 'max_replicates' = 0 is out of range (from 1 to 1000000)"));
}

TEST_CASE("scenario precision: a command line that cannot be read", "[unit][scenario]") {
  try {
    read_run_section("replicates = 4", {"gain", "gain=-1", "gain=2", "gain=3"});
    FAIL("was not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::command_line);
    CHECK_THAT(error.what(),
               Catch::Contains("error[E081]: 'gain' asks for nothing (write METRIC=HALF_WIDTH)"));
    CHECK_THAT(error.what(),
               Catch::Contains("error[E081]: the precision of 'gain' must be a number above 0"));
    CHECK_THAT(error.what(), Catch::Contains("error[E036]: 'gain' is given twice on the command line"));
  }
}
