#include "sim/output/summary.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

TEST_CASE("summary: mean, spread and quantiles of four numbers by hand", "[unit][summary]") {
  std::vector<double> values{4.0, 1.0, 3.0, 2.0};
  const Summary summary = summarise(values, {0.05, 0.5, 0.95});
  CHECK(values == std::vector<double>{1.0, 2.0, 3.0, 4.0});
  CHECK(summary.n == 4);
  CHECK(summary.mean == 2.5);
  CHECK(summary.sd == Approx(1.2909944487358056));  // sqrt(5 / 3)
  REQUIRE(summary.quantiles.size() == 3);
  CHECK(summary.quantiles[0] == Approx(1.15));  // .05 x 3 = .15 of the way from the first
  CHECK(summary.quantiles[1] == 2.5);
  CHECK(summary.quantiles[2] == Approx(3.85));
  CHECK(mean_half_width(summary) == Approx(1.96 * 1.2909944487358056 / 2.0));
}

TEST_CASE("summary: quantiles at the ends and on order statistics are those", "[unit][summary]") {
  const std::vector<double> sorted{-3.0, 0.0, 1.0, 7.0, 9.0};
  CHECK(sorted_quantile(sorted, 0.0) == -3.0);
  CHECK(sorted_quantile(sorted, 0.25) == 0.0);
  CHECK(sorted_quantile(sorted, 0.75) == 7.0);
  CHECK(sorted_quantile(sorted, 1.0) == 9.0);
  CHECK(sorted_quantile(std::vector<double>{4.0}, 0.3) == 4.0);
}

TEST_CASE("summary: one number has no spread, none has nothing", "[unit][summary]") {
  std::vector<double> one{-2.0};
  const Summary single = summarise(one, {0.5});
  CHECK(single.mean == -2.0);
  CHECK(single.sd == 0.0);
  CHECK(single.quantiles == std::vector<double>{-2.0});
  std::vector<double> none;
  const Summary empty = summarise(none, {0.5});
  CHECK(empty.n == 0);
  CHECK(empty.quantiles.empty());
  CHECK(std::isnan(mean_half_width(empty)));
  CHECK(std::isnan(mean_half_width(single)));
  CHECK_FALSE(estimate_of({-2.0}).has_interval());
  CHECK(estimate_of({-2.0}).is_noise());
  CHECK(estimate_of({-2.0, -2.0}).has_interval());
  CHECK_FALSE(estimate_of({-2.0, -2.0}).is_noise());
}

TEST_CASE("summary: quantiles are named by their digits, two at least", "[unit][summary]") {
  CHECK(quantile_name(0.05) == "q05");
  CHECK(quantile_name(0.5) == "q50");
  CHECK(quantile_name(0.95) == "q95");
  CHECK(quantile_name(0.975) == "q975");
  CHECK(quantile_name(0.005) == "q005");
  CHECK(quantile_name(0.0125) == "q0125");
}

TEST_CASE("summary: columns and cells stand in the same order", "[unit][summary]") {
  std::vector<std::string> columns{"date"};
  add_summary_columns(columns, {0.05, 0.5});
  CHECK(columns == std::vector<std::string>{"date", "mean", "sd", "q05", "q50", "n"});
  const TemporaryFolder folder;
  CsvWriter csv(folder.at("s.csv"), columns);
  std::vector<double> values{1.0, 3.0, 2.0};
  csv.text("2026-06-15");
  write_summary(csv, summarise(values, {0.0, 0.5}));
  csv.end_row();
  csv.close();
  CHECK(folder.read("s.csv") == "date,mean,sd,q05,q50,n\n2026-06-15,2,1,1,2,3\n");
}

TEST_CASE("summary: equal values have themselves as mean and no spread", "[unit][summary]") {
  std::vector<double> values(200, 82.464912345678);
  const Summary summary = summarise(values, {0.5});
  CHECK(summary.mean == 82.464912345678);
  CHECK(summary.sd == 0.0);
}
