#include "sim/study/metric_value.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

Metric metric(const std::string& text) {
  Metric made;
  made.id = std::string("cap");
  made.where = {"s.toml", 30, 1};
  Problems problems;
  made.expression = parse_metric_expression(text, made.where, problems);
  REQUIRE_FALSE(problems.any());
  return made;
}

/// Metrics of the model market, whose trading days are the weekdays from Monday 15 June 2026 (row 1) on.
struct Binding {
  explicit Binding(const std::string& text, std::size_t days = 10)
      : facts(model_facts()),
        series(make_series(facts)),
        calendar(make_calendar(facts, SessionParams{}, days, {}, {})),
        metrics{metric(text)},
        bound(bind_metrics(metrics, series, calendar, facts.as_of, problems)) {
    REQUIRE(bound.size() == 1);
  }
  const BoundMetric& one() const { return bound.front(); }
  const Series& series_of(std::size_t n) const { return series[one().series.at(n)]; }

  Facts facts;
  std::vector<Series> series;
  Calendar calendar;
  std::vector<Metric> metrics;
  Problems problems;
  std::vector<BoundMetric> bound;
};

std::vector<std::string> complaint(const std::string& text) { return Binding(text).problems.errors(); }

std::vector<std::string> said(const std::string& code, const std::string& message) {
  return {fmt::format("error[{}]: {}\n  --> s.toml:30:1", code, message)};
}

/// Value of an expression in a record of two series; both of them are selected when `both`.
double level(const std::string& text, std::size_t first, std::size_t last, bool both = false) {
  const Metric made = metric(text);
  const std::vector<double> values{1,  100,   // T0
                                   2,  200,   // day 0
                                   -5, 300,   // day 1
                                   4,  400};  // day 2
  const BoundMetric bound{&made, both ? std::vector<std::size_t>{0, 1} : std::vector<std::size_t>{0}, first,
                          last};
  return level_of(bound, values, 2);
}

}  // namespace

TEST_CASE("metric value: dates become rows, a day without a session the close before it",
          "[unit][metric_value]") {
  const auto row = [](const std::string& date) {
    const Binding binding(fmt::format("level(market_cap[line=ALPHA], at={})", date));
    CHECK_FALSE(binding.problems.any());
    CHECK(binding.one().first_row == binding.one().last_row);
    return binding.one().last_row;
  };
  CHECK(row("2026-06-12") == 0);
  CHECK(row("2026-06-14") == 0);  // the Sunday before the first session
  CHECK(row("2026-06-15") == 1);
  CHECK(row("2026-06-19") == 5);
  CHECK(row("2026-06-20") == 5);
  CHECK(row("2026-06-22") == 6);
  CHECK(row("2026-06-26") == 10);
}

TEST_CASE("metric value: periods have a first and a last row", "[unit][metric_value]") {
  const Binding binding("max(market_cap[line=ALPHA], from=2026-06-16, to=2026-06-21)");
  CHECK(binding.one().first_row == 2);
  CHECK(binding.one().last_row == 5);
}

TEST_CASE("metric value: names find their series", "[unit][metric_value]") {
  const Binding line("level(market_cap[line=BETA], at=2026-06-15)");
  REQUIRE(line.one().series.size() == 1);
  CHECK(line.series_of(0).entity_type == "line");
  CHECK(line.series_of(0).entity == "BETA");
  const Binding firm("level(market_cap[firm=thin], at=2026-06-15)");
  REQUIRE(firm.one().series.size() == 1);
  CHECK(firm.series_of(0).entity == "thin");
}

TEST_CASE("metric value: what selects nothing or lies outside of the run is said once",
          "[unit][metric_value]") {
  CHECK(
      complaint("level(market_cup[line=ALPHA], at=2026-06-15)") ==
      said("E051", "unknown variable 'market_cup' (not recorded by this model) did you mean 'market_cap'?"));
  CHECK(complaint("level(market_cap[lime=ALPHA], at=2026-06-15)").size() == 1);
  CHECK_THAT(complaint("level(market_cap[lime=ALPHA], at=2026-06-15)").front(),
             Catch::StartsWith("error[E052]: 'market_cap' cannot be selected by 'lime' (known: "));
  const std::vector<std::string> empty = complaint("level(market_cap[line=ALPA], at=2026-06-15)");
  REQUIRE(empty.size() == 1);
  CHECK_THAT(empty.front(),
             Catch::StartsWith(
                 "error[E053]: 'market_cap' has no series with these values (the selection is empty)"));
  CHECK_THAT(empty.front(), Catch::Contains("did you mean 'ALPHA'?"));
  CHECK(complaint("level(market_cap[line=ALPHA], at=2026-06-29)") ==
        said("E054",
             "metric 'cap' looks at 2026-06-29 to 2026-06-29, but the run covers 2026-06-12 to 2026-06-26 "
             "(change the dates or time.end)"));
  CHECK(complaint("max(market_cap[line=ALPHA], from=2026-06-11, to=2026-06-16)") ==
        said("E054",
             "metric 'cap' looks at 2026-06-11 to 2026-06-16, but the run covers 2026-06-12 to 2026-06-26 "
             "(change the dates or time.end)"));
}

TEST_CASE("metric value: at, max, min, sum and cum of a record by hand", "[unit][metric_value]") {
  CHECK(level("level(x, at=2026-06-15)", 1, 1) == 2.0);
  CHECK(level("level(sum(x), at=2026-06-15)", 1, 1, true) == 202.0);
  CHECK(level("level(cum(x), at=2026-06-17)", 3, 3) == 2.0);  // 1 + 2 - 5 + 4
  CHECK(level("level(cum(x), at=2026-06-15)", 1, 1, true) == 303.0);
  CHECK(level("max(x, from=2026-06-12, to=2026-06-16)", 0, 2) == 2.0);
  CHECK(level("max(x, from=2026-06-12, to=2026-06-17)", 0, 3) == 4.0);
  CHECK(level("min(x, from=2026-06-12, to=2026-06-17)", 0, 3) == -5.0);
  CHECK(level("min(x, from=2026-06-12, to=2026-06-15)", 0, 1) == 1.0);
  CHECK(level("min(x, from=2026-06-17, to=2026-06-17)", 3, 3) == 4.0);
  CHECK(level("max(cum(x), from=2026-06-12, to=2026-06-17)", 0, 3) == 3.0);  // 1, 3, -2, 2
  CHECK(level("min(cum(x), from=2026-06-15, to=2026-06-17)", 1, 3) == -2.0);
}

TEST_CASE("metric value: what a constant exceeds the series by", "[unit][metric_value]") {
  CHECK(level("level(10 - x, at=2026-06-16)", 2, 2) == 15.0);
  CHECK(level("level(1000 - x, at=2026-06-15)", 1, 1, true) == 798.0);      // 1000 - (2 + 200)
  CHECK(level("max(1 - x, from=2026-06-12, to=2026-06-17)", 0, 3) == 6.0);  // 0, -1, 6, -3
  CHECK(level("min(1 - x, from=2026-06-12, to=2026-06-17)", 0, 3) == -3.0);
  CHECK(level("level(cum(1.5 - x), at=2026-06-17)", 3, 3) == 4.0);  // .5 - .5 + 6.5 - 2.5
  const Metric made = metric("pct_effect(1 - x, at=2026-06-15)");
  CHECK(compare({&made, {}, 0, 0}, 1 - 0.7, 1 - 0.8) == Approx(50.0));
}

TEST_CASE("metric value: against the reference in units, in per cent, or not at all",
          "[unit][metric_value]") {
  const auto compared = [](const std::string& text, double arm, double reference) {
    const Metric made = metric(text);
    return compare({&made, {}, 0, 0}, arm, reference);
  };
  CHECK(compared("level(x, at=2026-06-15)", 6.0, 5.0) == 6.0);
  CHECK(compared("effect(x, at=2026-06-15)", 6.0, 5.0) == 1.0);
  CHECK(compared("pct_effect(x, at=2026-06-15)", 6.0, 5.0) == Approx(20.0));
  CHECK(compared("pct_effect(x, at=2026-06-15)", 6.0, 0.0) == 0.0);
}
