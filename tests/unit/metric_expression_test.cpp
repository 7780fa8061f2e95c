#include "sim/input/metric_expression.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

using Form = MetricExpression::Form;
using Reduce = MetricExpression::Reduce;

/// Parses an expression that stands in m.toml, line 7, from column 9 on.
MetricExpression parse(const std::string& text, Problems& problems) {
  return parse_metric_expression(text, {"m.toml", 7, 9}, problems);
}

MetricExpression parse_well(const std::string& text) {
  Problems problems;
  const MetricExpression expression = parse(text, problems);
  CHECK(problems.errors() == std::vector<std::string>{});
  return expression;
}

std::vector<std::string> complaints(const std::string& text) {
  Problems problems;
  parse(text, problems);
  return problems.errors();
}

std::vector<std::string> syntax_error(const std::string& text, const std::string& wanted,
                                      std::size_t column) {
  return {"error[E050]: expected " + wanted + " in '" + text + "'\n  --> m.toml:7:" + std::to_string(column)};
}

std::vector<std::string> one(const std::string& message, std::size_t column) {
  return {"error[E056]: " + message + "\n  --> m.toml:7:" + std::to_string(column)};
}

}  // namespace

TEST_CASE("metric: an effect at a date, with its selection", "[unit][metric]") {
  const MetricExpression found = parse_well("pct_effect(market_cap[firm=zhipu], at=2026-06-22)");
  CHECK(found.form == Form::pct_effect);
  CHECK(found.reduce == Reduce::at);
  CHECK(found.series.variable == "market_cap");
  REQUIRE(found.series.selectors.size() == 1);
  CHECK(found.series.selectors[0].key == "firm");
  CHECK(found.series.selectors[0].value == "zhipu");
  CHECK_FALSE(found.series.cumulative);
  CHECK(found.from == make_date(2026, 6, 22));
  CHECK(found.to == make_date(2026, 6, 22));
}

TEST_CASE("metric: sums, running sums, extremes", "[unit][metric]") {
  const MetricExpression sum =
      parse_well(" effect( sum( market_cap[ region = US , listed=true ] ) , at = 2026-06-30 ) ");
  CHECK(sum.form == Form::effect);
  CHECK_FALSE(sum.series.cumulative);
  REQUIRE(sum.series.selectors.size() == 2);
  CHECK(sum.series.selectors[1].key == "listed");
  CHECK(sum.series.selectors[1].value == "true");

  const MetricExpression running = parse_well("effect(cum(capital_net_flow[domicile=CN]), at=2026-06-30)");
  CHECK(running.series.cumulative);

  const MetricExpression highest =
      parse_well("max(market_cap[line=2513.HK], from=2026-06-12, to=2026-06-30)");
  CHECK(highest.form == Form::level);
  CHECK(highest.reduce == Reduce::maximum);
  CHECK(highest.series.selectors[0].value == "2513.HK");
  CHECK(highest.from == make_date(2026, 6, 12));
  CHECK(highest.to == make_date(2026, 6, 30));

  const MetricExpression lowest = parse_well("effect(min(sum(market_cap)), from=2026-06-12, to=2026-06-12)");
  CHECK(lowest.form == Form::effect);
  CHECK(lowest.reduce == Reduce::minimum);
  CHECK(lowest.series.selectors.empty());
}

TEST_CASE("metric: a constant from which the series are taken", "[unit][metric]") {
  const MetricExpression found =
      parse_well("max(1 - ai_access[model=fable-5, nationality=US], from=2026-06-12, to=2026-06-30)");
  CHECK(found.series.minuend == 1.0);
  CHECK(found.series.variable == "ai_access");
  REQUIRE(found.series.selectors.size() == 2);
  CHECK(found.series.selectors[0].value == "fable-5");
  CHECK(parse_well("effect(cum(0.25-x), at=2026-06-30)").series.minuend == 0.25);
  CHECK_FALSE(parse_well("effect(cum(x), at=2026-06-30)").series.minuend);
  CHECK(complaints("level(1 + x, at=2026-06-22)") ==
        syntax_error("level(1 + x, at=2026-06-22)", "'-' and a variable", 17));
  CHECK(complaints("level(1 - 2, at=2026-06-22)") ==
        syntax_error("level(1 - 2, at=2026-06-22)", "a variable such as market_cap", 19));
  CHECK(complaints("level(1. - x, at=2026-06-22)") ==
        syntax_error("level(1. - x, at=2026-06-22)", "'-' and a variable", 16));
  const std::string large(400, '9');
  CHECK(complaints("level(" + large + " - x, at=2026-06-22)") == one("'" + large + "' is too large", 15));
}

TEST_CASE("metric: a syntax error points at the character", "[unit][metric]") {
  const auto check = [](const std::string& text, const std::string& wanted, std::size_t column) {
    CHECK(complaints(text) == syntax_error(text, wanted, column));
  };
  const std::string forms = "effect(...), pct_effect(...), level(...), max(...) or min(...)";
  check("market_cap[firm=zhipu]", forms, 9);
  check("", forms, 9);
  check("level(, at=2026-06-22)", "a variable such as market_cap", 15);
  check("level(cap[], at=2026-06-22)", "a key to select by, such as firm", 19);
  check("level(cap[firm zhipu], at=2026-06-22)", "'='", 24);
  check("level(cap[firm=], at=2026-06-22)", "a value to select, such as zhipu", 24);
  check("level(cap[firm=zhipu, at=2026-06-22)", "',' or ']'", 44);
  check("level(cap[firm=zhipu] at=2026-06-22)", "',' or ')'", 31);
  check("level(cap, 2026-06-22)", "at=, from= or to=", 20);
  check("level(cap, at=)", "a date such as 2026-06-22", 23);
  check("level(cap, at=2026-06-22", "',' or ')'", 33);
  check("level(cap, at=2026-06-22) + 1", "the end of the expression", 35);
}

TEST_CASE("metric: unknown functions and arguments come with a suggestion, and alone", "[unit][metric]") {
  CHECK(complaints("efect(market_cap, at=2026-06-22)") ==
        one("unknown function 'efect' did you mean 'effect'?", 9));
  CHECK(complaints("mox(market_cap, from=2026-06-12, to=2026-06-22)") ==
        one("unknown function 'mox' did you mean 'max'?", 9));
  CHECK(complaints("level(market_cap, form=2026-06-22)") ==
        one("unknown argument 'form' (known: at, from, to) did you mean 'from'?", 27));
  CHECK(complaints("level(market_cap, at=22.6.2026)") ==
        one("'22.6.2026' is no date (write it as 2026-06-22)", 30));
  CHECK(complaints("level(market_cap, at=2026-02-30)") ==
        one("'2026-02-30' is no date (write it as 2026-06-22)", 30));
}

TEST_CASE("metric: functions stand in their order", "[unit][metric]") {
  CHECK(complaints("max(effect(market_cap), from=2026-06-12, to=2026-06-22)") ==
        one("'effect' cannot stand inside 'max' (order: effect, then max, then sum)", 13));
  CHECK(complaints("effect(level(market_cap), at=2026-06-22)") ==
        one("'level' cannot stand inside 'effect' (order: effect, then max, then sum)", 16));
  CHECK(complaints("sum(market_cap, at=2026-06-22)") ==
        one("'sum' says neither when nor against what (write level(sum(...), at=...))", 9));
}

TEST_CASE("metric: the time fits the function", "[unit][metric]") {
  CHECK(complaints("level(market_cap)") == one("the date is missing (write at=2026-06-22)", 9));
  CHECK(complaints("level(market_cap, from=2026-06-12, to=2026-06-22)") ==
        one("from= and to= need max(...) or min(...) around the series", 9));
  CHECK(complaints("max(market_cap, at=2026-06-12)") == one("'max' needs from= and to=, and no at=", 9));
  CHECK(complaints("min(market_cap, from=2026-06-12)") == one("'min' needs from= and to=, and no at=", 9));
  CHECK(complaints("min(market_cap, from=2026-06-12, to=2026-06-11)") == one("to= is before from=", 9));
  CHECK(complaints("level(market_cap, at=2026-06-12, at=2026-06-13)") == one("'at' is given twice", 42));
  CHECK(complaints("level(market_cap[firm=a, firm=b], at=2026-06-12)") ==
        one("'firm' is selected twice", 34));
}
