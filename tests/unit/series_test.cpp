#include "sim/study/series.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "tests/support/model_market.hpp"
#include "tests/support/shipped_facts.hpp"

using namespace chokepoint;

namespace {

double number_of(const CsvTable& table, const CsvRow& row, const char* column) {
  return std::stod(row.cells[table.column(column)]);
}

/// Caps of data/listings.csv in bn USD by line and by firm, worked out from the tables alone.
struct TableCaps {
  std::map<std::string, double> line, firm;
};

TableCaps caps_of_tables(Problems& problems) {
  const std::string folder = CHOKEPOINT_SOURCE_DIR "/data";
  const CsvTable fx = read_csv(folder + "/fx.csv", problems);
  std::map<std::string, double> usd;
  for (const CsvRow& row : fx.rows) {
    if (row.cells[fx.column("date")] != "2026-06-12") continue;
    usd[row.cells[fx.column("currency")]] = number_of(fx, row, "usd_per_unit");
  }
  const CsvTable listings = read_csv(folder + "/listings.csv", problems);
  TableCaps caps;
  for (const CsvRow& row : listings.rows) {
    if (row.cells[listings.column("status")] != "listed") continue;
    const double cap = number_of(listings, row, "shares") * number_of(listings, row, "price") *
                       usd.at(row.cells[listings.column("currency")]) * 1e-9;
    caps.line[row.cells[listings.column("line")]] = cap;
    caps.firm[row.cells[listings.column("firm")]] += cap;
  }
  return caps;
}

}  // namespace

TEST_CASE("series: market caps of T0 are shares x price x fx of the tables, to the last printed digit",
          "[unit][series][data]") {
  Problems problems;
  const TableCaps caps = caps_of_tables(problems);
  const Facts& facts = shipped_facts();
  REQUIRE_FALSE(problems.any());
  const World world = make_world(facts, quiet_parameters(), RandomStream(1, 0));
  std::size_t lines = 0;
  std::size_t firms = 0;
  for (const Series& series : make_series(facts)) {
    if (series.file != SeriesFile::firms || series.variable != "market_cap") continue;
    const auto& expected = series.entity_type == "line" ? caps.line : caps.firm;
    const auto found = expected.find(series.entity);
    if (found == expected.end()) {
      CHECK_THAT(series.entity, Catch::EndsWith("_REST"));
      continue;
    }
    CAPTURE(series.entity_type, series.entity);
    CHECK(short_number(series.read(world)) == short_number(found->second));
    ++(series.entity_type == "line" ? lines : firms);
  }
  CHECK(lines == caps.line.size());
  CHECK(firms == caps.firm.size());
  CHECK(lines >= 40);
}

TEST_CASE("series: caps by headquarters and by venue add up the same lines", "[unit][series]") {
  const ModelMarket market;
  std::map<std::string, double> value;
  for (const Series& series : make_series(market.facts)) {
    if (series.file != SeriesFile::regions) continue;
    value[series.variable + "/" + series.entity_type + "/" + series.entity] = series.read(market.world);
  }
  // bn USD: ALPHA 100, BETA 4, THIN 4 (headquarters CN, listed in HK), GAMMA 1, HK_REST 60
  CHECK(value.at("market_cap/headquarters/US") == Approx(100.0));
  CHECK(value.at("market_cap/headquarters/HK") == Approx(4.0));
  CHECK(value.at("market_cap/headquarters/CN") == Approx(5.0));
  CHECK(value.at("market_cap/venue/HK") == Approx(8.0));
  CHECK(value.at("market_cap/venue/CN") == Approx(1.0));
  CHECK(value.at("market_cap_with_composite/venue/HK") == Approx(68.0));
  CHECK(value.at("float_cap_ai/venue/HK") == Approx(2.2));
}

namespace {

/// Series of one variable by model and nationality, by model and region, and by region.
std::vector<Series> access_series() {
  std::vector<Series> list;
  const auto add = [&](const std::string& type, std::vector<std::pair<std::string, std::string>> selectors) {
    Series series;
    series.variable = "ai_access";
    series.entity_type = type;
    series.selectors = std::move(selectors);
    list.push_back(series);
  };
  add("person", {{"model", "fable"}, {"nationality", "US"}});
  add("person", {{"model", "fable"}, {"nationality", "CN"}});
  add("staff", {{"model", "fable"}, {"region", "HK"}});
  add("region", {{"region", "HK"}});
  add("region", {{"region", "US"}});
  add("total", {});  // cannot be selected
  return list;
}

/// What an expression selects, or its complaint.
std::string selected(const std::string& text) {
  Problems problems;
  const MetricExpression expression =
      parse_metric_expression("level(" + text + ", at=2026-06-15)", {}, problems);
  std::string found;
  for (const std::size_t i : select_series(access_series(), expression.series, {}, problems)) {
    found += std::to_string(i);
  }
  return problems.any() ? problems.errors().front() : found;
}

}  // namespace

TEST_CASE("series: the first kind of entity that has all keys is meant", "[unit][series]") {
  CHECK(selected("ai_access") == "01");
  CHECK(selected("ai_access[model=fable]") == "01");
  CHECK(selected("ai_access[nationality=CN]") == "1");
  CHECK(selected("ai_access[model=fable, region=HK]") == "2");
  CHECK(selected("ai_access[region=HK]") == "2");  // of the staff: the first kind with a region
  CHECK(selected("ai_acess[region=HK]") ==
        "error[E051]: unknown variable 'ai_acess' (not recorded by this model) did you mean 'ai_access'?");
  CHECK(selected("ai_access[region=EUROPE]") ==
        "error[E053]: 'ai_access' has no series with these values (the selection is empty)");
  CHECK(selected("ai_access[model=fabel]") ==
        "error[E053]: 'ai_access' has no series with these values (the selection is empty) did you mean "
        "'fable'?");
  CHECK(
      selected("ai_access[modle=fable]") ==
      "error[E052]: 'ai_access' cannot be selected by 'modle' (known: model, nationality; or model, region; "
      "or region) did you mean 'model'?");
  CHECK(selected("ai_access[nationality=US, region=HK]") ==
        "error[E052]: 'ai_access' cannot be selected by 'nationality' and 'region' together (known: model, "
        "nationality; or model, region; or region)");
}
