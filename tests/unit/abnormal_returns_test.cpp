#include "sim/study/backtest/abnormal_returns.hpp"

#include <cmath>

#include "tests/unit/past_events.hpp"

using namespace chokepoint;

TEST_CASE("abnormal returns: news of nothing gives returns of zero to the bit", "[unit][backtest]") {
  const std::string same =
      on_nvidia + "before = { force = \"binding\", level = \"whole\", duration = \"open_ended\" }\n";
  const CasesRead study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", same)},
                        row("EVENT", "NVDA", "2022-10-05") + row("EVENT", "SMH", "2022-10-05") +
                            row("EVENT", "BABA", "2022-10-05", "0.3"));
  const auto results = simulate(study.only(), few_investors());
  REQUIRE(results.size() == 3);
  for (const SimulatedReturn& one : results) {
    for (std::size_t w = 0; w < window_count; ++w) {
      CHECK(one.abnormal[w] == 0.0);
      CHECK(one.effect[w] == 0.0);
    }
  }
}

TEST_CASE("abnormal returns: own return less beta times the market's, by tradable value",
          "[unit][backtest]") {
  CasesRead study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", on_nvidia)},
                  row("EVENT", "NVDA", "2022-10-05", "2") + row("EVENT", "0700.HK", "2022-10-06", "1"));
  EventCase& one = *study.set.cases[0];
  ComparedReturn rest = one.returns[0];
  rest.basket = {{one.facts.line("US_REST"), 1.0}};
  rest.beta = 0.0;
  one.returns.push_back(rest);
  const auto results = simulate(one, few_investors());
  const auto tradable = [&](const char* id) {
    const Line& line = one.facts.lines[one.facts.line(id)];
    return static_cast<double>(line.tradable) * line.price_usd;
  };
  const double nvidia = tradable("NVDA"), others = tradable("US_REST");
  for (std::size_t w = 0; w < window_count; ++w) {
    CAPTURE(w);
    const double market = (nvidia * results[0].effect[w] + others * results[2].effect[w]) / (nvidia + others);
    CHECK(results[0].abnormal[w] == Approx(results[0].effect[w] - 2.0 * market));
    CHECK(results[2].abnormal[w] == results[2].effect[w]);
  }
  CHECK(results[0].effect[0] < -0.02);
  CHECK(std::fabs(results[0].abnormal[0] - results[0].effect[0]) > 1e-5);
}

TEST_CASE("abnormal returns: windows add up the first, three and five sessions of the venue",
          "[unit][backtest]") {
  // Hong Kong trades on Thanksgiving, the 24th, which is no session of Nasdaq.
  CasesRead study({descriptor("EVENT", "2022-11-23T08:00:00-05:00", on_nvidia)},
                  row("EVENT", "NVDA", "2022-11-23") + row("EVENT", "0700.HK", "2022-11-24"));
  EventCase& one = *study.set.cases[0];
  for (const unsigned day : {25U, 28U, 29U, 30U}) {
    ComparedReturn later = one.returns[0];
    later.first_day = one.calendar->first_day_from(make_date(2022, 11, day));
    one.returns.push_back(later);
  }
  const auto results = simulate(one, few_investors());
  const auto first = [&](std::size_t i) { return results[i].abnormal[0]; };
  CHECK(first(2) != 0.0);  // those who learn late
  CHECK(results[0].abnormal[1] == Approx(first(0) + first(2) + first(3)));
  CHECK(results[0].abnormal[2] == Approx(first(0) + first(2) + first(3) + first(4) + first(5)));
}

TEST_CASE("abnormal returns: cases in parallel are the cases one by one", "[unit][backtest]") {
  const CasesRead study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", on_nvidia),
                         descriptor("LATER", "2022-11-23T08:00:00-05:00", on_nvidia)},
                        row("EVENT", "NVDA", "2022-10-05") + row("LATER", "NVDA", "2022-11-23"));
  REQUIRE(study.set.cases.size() == 2);
  const auto all = simulate_all(study.set.cases, few_investors());
  REQUIRE(all.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(all[i][0].abnormal == simulate(*study.set.cases[i], few_investors())[0].abnormal);
  }
  CHECK(all[1][0].abnormal[0] == 0.0);  // the later one restates a chain that is in history
}
