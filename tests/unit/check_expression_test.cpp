// What checks expect: the grammar, and how scenario files carry them.
#include "sim/input/check_expression.hpp"

#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

using Reduce = CheckExpression::Reduce;
using Comparison = CheckExpression::Comparison;

/// Parses an expression that stands in s.toml, line 7, from column 9 on.
std::optional<CheckExpression> parse(const std::string& text, Problems& problems) {
  return parse_check_expression(text, {"s.toml", 7, 9}, problems);
}

CheckExpression parse_well(const std::string& text) {
  Problems problems;
  const auto found = parse(text, problems);
  CHECK(problems.errors() == Messages{});
  REQUIRE(found);
  return *found;
}

Messages complaints_of(const std::string& text) {
  Problems problems;
  CHECK_FALSE(parse(text, problems));
  return problems.errors();
}

bool expectation_holds(const std::string& comparison, double found) {
  return holds(parse_well("max(m, arm='a') " + comparison + " 2"), found);
}

/// A metric and one check after the small scenario; `expect` stands in line 33, its text from column 11 on.
std::string with_check(const std::string& expect, const std::string& level = "error") {
  return "[[metric]]\nid = \"gain\"\nunit = \"%\"\nexpr = \"pct_effect(market_cap, at=2026-06-22)\"\n"
         "[[check]]\nid = \"grows\"\nexpect = \"" +
         expect + "\"\nlevel = \"" + level + "\"\n";
}

}  // namespace

TEST_CASE("check: a metric by its id", "[unit][check]") {
  const CheckExpression found = parse_well("max(permitted_users_cut, arm='both_verifiable') == 0");
  CHECK(found.reduce == Reduce::maximum);
  CHECK(found.metric == "permitted_users_cut");
  CHECK_FALSE(found.written_out);
  CHECK(found.metric_where.column == 13);
  CHECK(found.arm == "both_verifiable");
  CHECK(found.arm_where.column == 39);
  CHECK(found.comparison == Comparison::equal);
  CHECK(found.bound == 0.0);
  CHECK(parse_well(" min( 2nd-metric , arm = 'a' )>= -1.5e-3 ").metric == "2nd-metric");
  CHECK(parse_well("min(x, arm='a') >= -1.5e-3").bound == -0.0015);
  CHECK(parse_well("mean(x, arm='a') < 7").reduce == Reduce::mean);
  CHECK(parse_well("median(x, arm='a') < 7").reduce == Reduce::median);
  CHECK(parse_well("min(x, arm='a') < 7").reduce == Reduce::minimum);
}

TEST_CASE("check: an expression written out", "[unit][check]") {
  const CheckExpression found = parse_well(
      "median(effect(max(1 - ai_access[region=HK]), from=2026-06-12, to=2026-06-30), arm='b') <= 0.5");
  CHECK(found.metric == "effect(max(1 - ai_access[region=HK]), from=2026-06-12, to=2026-06-30)");
  CHECK(found.metric_where.column == 16);
  REQUIRE(found.written_out);
  CHECK(found.written_out->form == MetricExpression::Form::effect);
  CHECK(found.written_out->reduce == MetricExpression::Reduce::maximum);
  CHECK(found.written_out->series.minuend == 1.0);
  CHECK(found.written_out->series.selectors.at(0).value == "HK");
  CHECK(found.written_out->to == make_date(2026, 6, 30));
  CHECK(found.comparison == Comparison::at_most);
  CHECK(found.bound == 0.5);
}

TEST_CASE("check: the size of a metric", "[unit][check]") {
  const CheckExpression by_id = parse_well("max(abs(gain), arm='a') == 0");
  CHECK(by_id.of_size);
  CHECK(by_id.metric == "gain");
  CHECK(by_id.metric_where.column == 17);
  const CheckExpression written =
      parse_well("max( abs( effect(desk_staff[region=HK], at=2027-12-31) ), arm='nothing_relocates') == 0");
  CHECK(written.of_size);
  REQUIRE(written.written_out);
  CHECK(written.written_out->form == MetricExpression::Form::effect);
  CHECK(written.metric == "effect(desk_staff[region=HK], at=2027-12-31)");
  CHECK_FALSE(parse_well("max(abs, arm='a') == 0").of_size);  // a metric of that name
  CHECK(complaints_of("max(abs(gain, arm='a') == 0") ==
        Messages{said("E057", "expected ')' in \"max(abs(gain, arm='a') == 0\"", "7:21")});
  CHECK(complaints_of("max(abs(), arm='a') == 0") ==
        Messages{said("E057", "expected a metric or a metric expression in \"max(abs(), arm='a') == 0\"",
                      "7:17")});
}

TEST_CASE("check: comparisons", "[unit][check]") {
  const auto pattern = [](const std::string& comparison) {
    std::string below_at_above;
    for (const double found : {1.0, 2.0, 3.0})
      below_at_above += expectation_holds(comparison, found) ? '1' : '0';
    return below_at_above;
  };
  CHECK(pattern("==") == "010");
  CHECK(pattern("!=") == "101");
  CHECK(pattern("<") == "100");
  CHECK(pattern("<=") == "110");
  CHECK(pattern(">") == "001");
  CHECK(pattern(">=") == "011");
}

TEST_CASE("check: a syntax error points at the character", "[unit][check]") {
  const auto check = [](const std::string& text, const std::string& wanted, std::size_t column) {
    CHECK(complaints_of(text) == Messages{"error[E057]: expected " + wanted + " in \"" + text +
                                          "\"\n  --> s.toml:7:" + std::to_string(column)});
  };
  check("", "max(...), min(...), mean(...) or median(...)", 9);
  check("max m", "'('", 13);
  check("max(, arm='a') > 0", "a metric or a metric expression", 13);
  check("max(m) > 0", "', arm='...''", 14);
  check("max(m, from=2026-06-12) > 0", "arm='...'", 16);
  check("max(m, arm=a) > 0", "a single quotation mark", 20);
  check("max(m, arm='') > 0", "the id of an arm", 21);
  check("max(m, arm='a' > 0", "')'", 24);
  check("max(m, arm='a') = 0", "==, !=, <, <=, > or >=", 25);
  check("max(m, arm='a') > x", "a number", 27);
  check("max(m, arm='a') > 0 %", "the end of the expression", 29);
  check("max(effect(cap, at=), arm='a') > 0", "a date such as 2026-06-22", 28);
}

TEST_CASE("check: what an expression means is as in metrics", "[unit][check]") {
  CHECK(complaints_of("maxx(m, arm='a') > 0") ==
        Messages{"error[E057]: unknown function 'maxx' (known: max, min, mean, median) did you mean 'max'?\n"
                 "  --> s.toml:7:9"});
  CHECK(complaints_of("max(effect(cap), arm='a') > 0") ==
        Messages{"error[E056]: the date is missing (write at=2026-06-22)\n  --> s.toml:7:13"});
  const std::string large(400, '9');
  CHECK(complaints_of("max(m, arm='a') > " + large) ==
        Messages{"error[E057]: '" + large + "' is too large\n  --> s.toml:7:27"});
}

TEST_CASE("check: scenario files name metrics, arms and levels that exist", "[unit][check][scenario]") {
  const ScenarioReading found = read_text(small_with({}, with_check("max(gain, arm='all') > 0", "warning")));
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.checks.size() == 1);
  CHECK(found.scenario.checks[0].id == "grows");
  CHECK(found.scenario.checks[0].text == "max(gain, arm='all') > 0");
  CHECK(found.scenario.checks[0].level == CheckLevel::warning);
  CHECK(complaints({}, with_check("max(gian, arm='al') > 0")) ==
        Messages{said("E058", "unknown metric 'gian' (not in this scenario) did you mean 'gain'?", "33:15"),
                 said("E058", "unknown arm 'al' (not in this scenario) did you mean 'all'?", "33:26")});
  CHECK(complaints({}, with_check("max(gain, arm='all') > 0", "eror")) ==
        Messages{said("E034", "'level' = 'eror' is none of: error, warning did you mean 'error'?", "34:9")});
  CHECK(complaints({}, "[[check]]\nid = \"a b\"\nexpekt = \"x\"\n") ==
        Messages{said("E035", "id 'a b' may hold letters, digits, '_' and '-' only", "28:6"),
                 said("E030", "'expect' is missing (every check needs it)", "27:1"),
                 said("E030", "'level' is missing (every check needs it)", "27:1"),
                 said("E012", "unknown key 'expekt' (not a key of check) did you mean 'expect'?", "29:1")});
  CHECK(complaints({}, "check = 3\n") ==
        Messages{said("E012",
                      "unknown key 'check' (not a key of [arm.all]) known here: exclude, label, "
                      "reference, replace, set",
                      "27:1")});
}

TEST_CASE("check: layers merge checks by id", "[unit][check][scenario]") {
  ScenarioFiles files;
  files.write("base.toml",
              small_with({{3, "title = \"Base\"\nkind = \"base\""}}, with_check("max(gain, arm='all') > 0")));
  const std::string head =
      "schema = \"chokepoint.scenario/1\"\nid = \"upper\"\ntitle = \"Upper\"\nextends = [\"base.toml\"]\n";
  files.write("s.toml", head + "[[check]]\nid = \"grows\"\noverride = true\nlevel = \"warning\"\n");
  ScenarioReading found = files.read("s.toml");
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.checks.size() == 1);
  CHECK(found.scenario.checks[0].level == CheckLevel::warning);
  CHECK(found.scenario.checks[0].expected.metric == "gain");
  files.write("s.toml", head + "remove = [\"check.grows\"]\n");
  found = files.read("s.toml");
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.checks.empty());
  files.write("s.toml", head + "remove = [\"metric.gain\"]\n");
  CHECK(files.read("s.toml").errors ==
        Messages{"error[E058]: unknown metric 'gain' (not in this scenario)\n  --> base.toml:34:15"});
}

TEST_CASE("check: the resolved file keeps checks", "[unit][check][scenario]") {
  const ScenarioReading found = read_text(
      small_with({}, with_check("max(effect(market_cap, at=2026-06-22), arm='all') > 0", "warning")));
  REQUIRE(found.errors == Messages{});
  const ScenarioReading again = read_text(resolved_toml(found.scenario));
  CHECK(again.errors == Messages{});
  REQUIRE(again.scenario.checks.size() == 1);
  CHECK(again.scenario.checks[0].id == "grows");
  CHECK(again.scenario.checks[0].text == found.scenario.checks[0].text);
  CHECK(again.scenario.checks[0].level == CheckLevel::warning);
  REQUIRE(again.scenario.checks[0].written_out);
  CHECK(again.scenario.checks[0].written_out->text == "effect(market_cap, at=2026-06-22)");
}
