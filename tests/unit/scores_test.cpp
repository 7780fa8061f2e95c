#include "sim/study/backtest/scores.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace chokepoint;

namespace {

const RowFilter all = [](const ObservedRow&) { return true; };

/// Observations and forecasts of the first window, row by row.
struct Sheet {
  Comparison comparison;
  Forecasts forecasts;

  void add(const std::string& event, double observed, double median, std::vector<double> sample,
           const std::string& episode = "episode") {
    ObservedRow row;
    row.event = event;
    row.episode = episode;
    row.abnormal[0] = observed;
    row.residual_sd = 0.02;
    forecasts.rows.push_back(comparison.observed.size());
    comparison.observed.push_back(row);
    auto& said = forecasts.by_row.emplace_back();
    said[0].median = median;
    said[0].sample = std::move(sample);
  }
  Scores scores(const RowFilter& keep = all, std::size_t window = 0) const {
    return score(comparison, forecasts, window, keep);
  }
};

/// Two rows of one event and one of another.
Sheet three_rows() {
  Sheet sheet;
  sheet.add("ONE", -0.04, -0.01, {-0.03, 0.01});  // below the sample
  sheet.add("ONE", 0.015, 0.02, {0.0, 0.04});     // inside its middle half, .01 to .03; |t| = .75
  sheet.add("TWO", 0.06, -0.01, {-0.01, 0.07});   // inside -.006 to .066 only; t = 3, wrong sign
  return sheet;
}

}  // namespace

TEST_CASE("scores: the ranked probability score by hand", "[unit][backtest]") {
  // Mean distance to the sample less half of the mean distance within it, pairs with themselves counted.
  CHECK(crps({0.0, 1.0}, 0.5) == Approx(0.5 - 0.25));
  CHECK(crps({0.0, 1.0}, 0.0) == Approx(0.5 - 0.25));
  CHECK(crps({0.0, 1.0}, 3.0) == Approx(2.5 - 0.25));
  CHECK(crps({0.0, 1.0}, -1.0) == Approx(1.5 - 0.25));
  CHECK(crps({0.2}, -0.1) == Approx(0.3));  // of one number: the error
  // 0, 1 and 3 at 1: distances 1, 0, 2; pairs 1, 3, 2, twice each, over 2 x 9
  CHECK(crps({0.0, 1.0, 3.0}, 1.0) == Approx(1.0 - 12.0 / 18.0));
}

TEST_CASE("scores: errors, signs, coverage and slope of three rows by hand", "[unit][backtest]") {
  const Scores s = three_rows().scores();
  CHECK(s.rows == 3);
  CHECK(s.mae == Approx((3.0 + 0.5 + 7.0) / 3.0));
  CHECK(s.median_ae == Approx(3.0));
  CHECK(s.event_mae == Approx((1.75 + 7.0) / 2.0));
  // (.01 + .05) / 2 - .01, (.015 + .025) / 2 - .01, (.07 + .01) / 2 - .02
  CHECK(s.crps == Approx((2.0 + 1.0 + 2.0) / 3.0));
  CHECK(s.sign_rows == 2);
  CHECK(s.sign == Approx(0.5));
  CHECK(s.cover50 == Approx(1.0 / 3.0));
  CHECK(s.cover90 == Approx(2.0 / 3.0));
  CHECK(s.width90 == Approx((3.6 + 3.6 + 7.2) / 3.0));
  CHECK(s.slope == Approx((0.0004 + 0.0003 - 0.0006) / 0.0006));
  CHECK(s.rank == 0.0);  // no event of three rows
}

TEST_CASE("scores: a forecast of nothing has no sign right and no slope", "[unit][backtest]") {
  Sheet sheet;
  sheet.add("ONE", -0.06, 0.0, {-0.01, 0.01});
  const Scores s = sheet.scores();
  CHECK(s.sign_rows == 1);
  CHECK(s.sign == 0.0);
  CHECK(s.slope == 0.0);
}

TEST_CASE("scores: only rows that are kept and have the window count", "[unit][backtest]") {
  Sheet sheet = three_rows();
  const Scores two = sheet.scores([](const ObservedRow& row) { return row.event == "TWO"; });
  CHECK(two.rows == 1);
  CHECK(two.mae == Approx(7.0));
  CHECK(sheet.scores(all, 2).rows == 0);
  sheet.comparison.observed[1].abnormal[2] = 0.03;
  sheet.forecasts.by_row[1][2] = {0.01, {0.0, 0.02}};
  CHECK(sheet.scores(all, 2).rows == 1);
  CHECK(sheet.scores(all, 2).mae == Approx(2.0));
}

TEST_CASE("scores: ranks inside an event of three rows, ties at their mean", "[unit][backtest]") {
  Sheet sheet;
  sheet.add("ONE", -0.01, 0.01, {0.0});
  sheet.add("ONE", 0.02, 0.01, {0.0});
  sheet.add("ONE", 0.09, 0.02, {0.0});
  sheet.add("TWO", 0.09, -0.02, {0.0});
  // Ranks 1, 2, 3 and 1.5, 1.5, 3: 1.5 / sqrt(2 x 1.5)
  CHECK(sheet.scores().rank == Approx(1.5 / std::sqrt(3.0)));
}

TEST_CASE("scores: the ratio of errors is of their sums, its range over episodes", "[unit][backtest]") {
  Sheet half, whole;
  half.add("ONE", 0.03, 0.02, {0.0}, "a");
  half.add("TWO", 0.05, 0.03, {0.0}, "b");
  whole.add("ONE", 0.03, 0.01, {0.0}, "a");
  whole.add("TWO", 0.05, 0.01, {0.0}, "b");
  const Ratio same = mae_ratio(half.comparison, half.forecasts, whole.forecasts, 0, all);
  CHECK(same.value == Approx(0.5));
  CHECK(same.low == Approx(0.5));
  CHECK(same.high == Approx(0.5));
  // Errors 1 and 2 against 2 and 1: one in all, from a half to two by which episodes are drawn.
  whole.forecasts.by_row[1][0].median = 0.04;
  const Ratio mixed = mae_ratio(half.comparison, half.forecasts, whole.forecasts, 0, all);
  CHECK(mixed.value == Approx(1.0));
  CHECK(mixed.low == Approx(0.5));
  CHECK(mixed.high == Approx(2.0));
  CHECK(mae_ratio(half.comparison, half.forecasts, whole.forecasts, 1, all).value == 0.0);
}
