#include "sim/study/series_tables.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t replicates = 3;

/// The series of a study, every number 0 until a test says otherwise.
struct Records {
  explicit Records(const Study& given)
      : study(given),
        rows(given.calendar->days().size() + 1),
        spool(folder.at("series"), given.arms.size(), replicates, spooled_rows(given), given.series.size()),
        values(given.arms.size() * replicates, std::vector<double>(rows * given.series.size(), 0.0)) {}

  void set(std::size_t arm, std::size_t replicate, std::size_t row, std::size_t series, double value) {
    values[arm * replicates + replicate][row * study.series.size() + series] = value;
  }
  void store() {
    for (std::size_t run = 0; run < values.size(); ++run) {
      spool.write(run / replicates, run % replicates, values[run]);
    }
  }
  CsvTable table(const std::string& name) const {
    Problems problems;
    return read_csv(folder.at(name), problems);
  }

  const Study& study;
  TemporaryFolder folder;
  std::size_t rows;
  Spool spool;
  std::vector<std::vector<double>> values;
};

std::size_t flow_from_cn_to_hk(const Study& study) {
  for (std::size_t s = 0; s < study.series.size(); ++s) {
    const Series& one = study.series[s];
    if (one.variable == "capital_net_flow" && one.entity == "ai" && one.region == "HK" &&
        *one.selector("domicile") == "CN") {
      return s;
    }
  }
  FAIL("no such flow");
  return 0;
}

/// Dates of the rows of an arm in which `column` says `entity`.
std::vector<std::string> dates_of(const CsvTable& table, const std::string& arm, const std::string& type,
                                  const std::string& entity, const std::string& variable) {
  std::vector<std::string> dates;
  for (const CsvRow& row : table.rows) {
    const auto is = [&](const char* column, const std::string& text) {
      return row.cells[table.column(column)] == text;
    };
    if (is("arm", arm) && is("entity_type", type) && is("entity", entity) && is("variable", variable)) {
      dates.push_back(row.cells[table.column("date")]);
    }
  }
  return dates;
}

}  // namespace

TEST_CASE("series tables: flows stand beside their paired difference from the reference arm",
          "[unit][series_tables]") {
  const auto study = model_study({}, replicates);
  Records records(*study);
  const std::size_t flow = flow_from_cn_to_hk(*study);
  // Day 1 is Monday 15 June. By replicate, reference 1, 5, 9; arm 3, 6, 19: differences 2, 1, 10.
  const double reference[] = {1, 5, 9};
  const double arm[] = {3, 6, 19};
  for (std::size_t r = 0; r < replicates; ++r) {
    records.set(0, r, 1, flow, reference[r]);
    records.set(1, r, 1, flow, arm[r]);
    records.set(0, r, 6, flow, 100.0);  // Monday 22 June: the next week, the same in both arms
    records.set(1, r, 6, flow, 100.0);
  }
  records.store();
  write_flow_table(*study, records.spool, records.folder.at("."));
  const CsvTable table = records.table("capital_flows.csv");
  std::vector<std::string> found;
  for (const CsvRow& row : table.rows) {
    if (row.cells[table.column("mean")] == "0") continue;
    std::string text;
    for (const char* column :
         {"arm", "period", "period_start", "mean", "effect_mean", "effect_q05", "effect_q50", "effect_q95"}) {
      text += row.cells[table.column(column)] + " ";
    }
    found.push_back(text);
  }
  // Sorted differences 1, 2, 10: q05 = 1 + .1, q95 = 2 + .9 x 8.
  CHECK(found == std::vector<std::string>{
                     "none total 2026-06-15 105 0 0 0 0 ", "none week 2026-06-15 5 0 0 0 0 ",
                     "none week 2026-06-22 100 0 0 0 0 ", "order total 2026-06-15 109.333 4.33333 1.1 2 9.2 ",
                     "order week 2026-06-15 9.33333 4.33333 1.1 2 9.2 ",
                     "order week 2026-06-22 100 0 0 0 0 "});
}

TEST_CASE("series tables: a line has no rows before it is listed, nor has a firm without other lines",
          "[unit][series_tables]") {
  auto study = model_study({}, replicates);
  study->facts.lines[thin].unlisted = true;
  study->arms[1].plan.offers.push_back({2, thin, 0, 10.0, true});  // listed on day 2, Wednesday 17 June
  study->arms[1].plan.offers.push_back({0, alpha, 5, 10.0, false});
  Records records(*study);
  records.store();
  write_region_and_firm_tables(*study, records.spool, records.folder.at("."));
  const CsvTable firms = records.table("firms.csv");
  const std::vector<std::string> from_listing{"2026-06-17", "2026-06-18", "2026-06-19", "2026-06-22"};
  for (const char* variable : {"market_cap", "price_ratio", "tradable_share"}) {
    CHECK(dates_of(firms, "none", "line", "THIN", variable).empty());
    CHECK(dates_of(firms, "order", "line", "THIN", variable) == from_listing);
    CHECK(dates_of(firms, "none", "line", "ALPHA", variable).size() == 7);
  }
  CHECK(dates_of(firms, "none", "firm", "thin", "market_cap").empty());
  CHECK(dates_of(firms, "order", "firm", "thin", "market_cap") == from_listing);
  CHECK(dates_of(firms, "none", "private_firm", "us-lab", "mark_value").size() == 7);
  CHECK(dates_of(records.table("regions.csv"), "none", "venue", "HK", "market_cap").size() == 7);
}

TEST_CASE("series tables: a firm with one listed line has all its rows", "[unit][series_tables]") {
  auto study = model_study({}, replicates);
  study->facts.lines[thin].unlisted = true;
  study->facts.lines[gamma_line].firm = study->facts.lines[thin].firm;
  study->series = make_series(study->facts);
  Records records(*study);
  records.store();
  write_region_and_firm_tables(*study, records.spool, records.folder.at("."));
  CHECK(dates_of(records.table("firms.csv"), "none", "firm", "thin", "market_cap").size() == 7);
}

TEST_CASE("series tables: an observed high is compared only with a session that is cleared four times",
          "[unit][series_tables]") {
  auto study = model_study({}, replicates);
  study->scenario.observed_arm = "order";
  // The order activates the sessions of Hong Kong on 18 and 19 June, and of New York on 18 June.
  REQUIRE(study->calendar->days()[0].rounds[index(Session::a)] == 1);
  REQUIRE(study->calendar->days()[3].rounds[index(Session::a)] == 4);
  for (const Date date : {make_date(2026, 6, 15), make_date(2026, 6, 18)}) {
    for (const char* measure : {"high", "close"}) {
      study->observed.push_back({date, "BETA", "A", measure, 1.1, "a test"});
    }
  }
  Records records(*study);
  records.store();
  write_observed_table(*study, records.spool, records.folder.at("."));
  const CsvTable table = records.table("backtest_observed.csv");
  std::vector<std::string> found;
  for (const CsvRow& row : table.rows) {
    found.push_back(row.cells[table.column("date")] + " " + row.cells[table.column("measure")]);
  }
  CHECK(found == std::vector<std::string>{"2026-06-15 close", "2026-06-18 high", "2026-06-18 close"});
}
