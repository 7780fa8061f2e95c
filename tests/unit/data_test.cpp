// The data tables of this repository: provenance, references, dates, and what must never be in them.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "sim/input/facts_loader.hpp"
#include "sim/input/facts_tables.hpp"
#include "sim/model/parameters.hpp"

using namespace chokepoint;

namespace {

const std::string data_dir = CHOKEPOINT_SOURCE_DIR "/data";

CsvTable open_table(const std::string& name) {
  Problems problems;
  CsvTable table = read_csv(data_dir + "/" + name + ".csv", problems);
  CHECK_FALSE(problems.any());
  return table;
}

std::string cell(const CsvTable& table, const CsvRow& row, std::string_view column) {
  const std::size_t at = table.column(column);
  REQUIRE(at != CsvTable::npos);
  return row.cells[at];
}

Facts load() {
  Problems problems;
  Facts facts = load_facts(data_dir, "", make_date(2026, 6, 12), problems);
  for (const auto& error : problems.errors()) UNSCOPED_INFO(error);
  REQUIRE_FALSE(problems.any());
  return facts;
}

std::set<std::string> sources_of(const std::string& table_name) {
  const CsvTable table = open_table(table_name);
  std::set<std::string> sources;
  for (const CsvRow& row : table.rows) {
    for (const auto& part : split(cell(table, row, "source"), '|')) sources.insert(trim(part));
  }
  return sources;
}

/// Pages from which share prices or index levels of June 2026 were read.
std::set<std::string> price_sources() {
  std::set<std::string> sources = sources_of("listings");
  sources.merge(sources_of("index_levels"));
  sources.merge(sources_of("observed/2026-06"));
  return sources;
}

bool closed_on(const Facts& facts, const char* venue, Date date) {
  const auto& closed = facts.venues[facts.venue(venue)].closed;
  return std::find(closed.begin(), closed.end(), date) != closed.end();
}

}  // namespace

TEST_CASE("every data table loads without a complaint") {
  const Facts facts = load();
  CHECK(facts.venues.size() == 11);
  CHECK(facts.exposures.size() > 250);
  CHECK(facts.stakes.size() > 10);
}

TEST_CASE("at least forty lines of which twenty are dated") {
  const Facts facts = load();
  int lines = 0;
  int dated = 0;
  for (const Line& line : facts.lines) {
    if (line.group == LineGroup::composite) continue;
    ++lines;
    if (line.basis == PriceBasis::dated) ++dated;
  }
  CHECK(lines >= 40);
  CHECK(dated >= 20);
}

TEST_CASE("the T0 price of every listing is written out") {
  const CsvTable table = open_table("listings");
  for (const CsvRow& row : table.rows) {
    INFO(cell(table, row, "line"));
    CHECK(parse_number(cell(table, row, "price")).has_value());
  }
}

TEST_CASE("observed prices carry as_of, an address and a confidence, and lie after T0") {
  const CsvTable table = open_table("observed/2026-06");
  for (const CsvRow& row : table.rows) {
    INFO(table.path << ":" << row.where.line);
    CHECK_FALSE(cell(table, row, "as_of").empty());
    CHECK(cell(table, row, "source").find("http") != std::string::npos);
    const std::string confidence = cell(table, row, "confidence");
    CHECK((confidence == "high" || confidence == "medium" || confidence == "low"));
    const auto date = parse_date(cell(table, row, "date"));
    REQUIRE(date.has_value());
    CHECK(*date > make_date(2026, 6, 12));
  }
}

TEST_CASE("venues are closed on the days that matter in June and July 2026") {
  const Facts facts = load();
  CHECK(closed_on(facts, "XHKG", make_date(2026, 6, 19)));
  CHECK(closed_on(facts, "XHKG", make_date(2026, 7, 1)));
  CHECK(closed_on(facts, "XNYS", make_date(2026, 6, 19)));
  CHECK_FALSE(closed_on(facts, "XHKG", make_date(2026, 6, 15)));
  CHECK(facts.calendar_until >= make_date(2027, 6, 2));  // 252 sessions
}

TEST_CASE("caps agree with the figures reported for T0") {
  const Facts facts = load();
  const Line& zhipu = facts.lines[facts.line("2513.HK")];
  CHECK(zhipu.shares == 445843090);
  CHECK(zhipu.tradable == 17350800);
  CHECK(zhipu.price_local == 1097.0);
  CHECK(zhipu.level_low == 1060.0);
  CHECK(zhipu.level_high == 1500.0);
  CHECK(zhipu.thin);
  CHECK(zhipu.southbound);
  CHECK(zhipu.cap_bn_usd() == Approx(0.44584309 * 1097 * 0.127625).epsilon(1e-9));
  CHECK(facts.lines[facts.line("NVDA")].cap_bn_usd() == Approx(24.220525225 * 205.19).epsilon(1e-9));
  CHECK(facts.southbound_quota_usd == Approx(84e9 * 0.147878));
}

TEST_CASE("each region is completed by a composite larger than nothing") {
  const Facts facts = load();
  REQUIRE(facts.lines.size() > 4);
  const std::size_t first = facts.lines.size() - 4;
  const char* ids[] = {"US_REST", "CN_REST", "HK_REST", "ROW_REST"};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(facts.lines[first + i].id == ids[i]);
    CHECK(facts.lines[first + i].cap_bn_usd() > 1000);
    for (const bool may : facts.lines[first + i].may_buy) CHECK(may);
  }
}

TEST_CASE("no exposure and no population prior rests on a share price of June 2026") {
  const std::set<std::string> prices = price_sources();
  for (const char* name : {"exposures", "ownership_prior", "investor_mix", "volatility"}) {
    for (const auto& source : sources_of(name)) {
      INFO(name << ": " << source);
      CHECK(prices.count(source) == 0);
    }
  }
  const CsvTable volatility = open_table("volatility");
  for (const CsvRow& row : volatility.rows)
    CHECK(cell(volatility, row, "window").find("2026") == std::string::npos);
}

TEST_CASE("no parameter cites a share price of June 2026") {
  Parameters parameters;
  const FieldList fields = fields_of(parameters);
  const std::set<std::string> prices = price_sources();
  for (const Field& field : fields.all()) {
    INFO(field.name << ": " << field.source);
    CHECK(field.source.find("2026-06") == std::string::npos);
    CHECK(field.source.find("June 2026") == std::string::npos);
    for (const auto& source : prices) CHECK(field.source.find(source) == std::string::npos);
  }
}

TEST_CASE("the list of data files names every table of the folder") {
  std::set<std::string> in_folder;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir)) {
    if (entry.path().extension() == ".csv") in_folder.insert(entry.path().filename().string());
  }
  const auto files = data_files();
  CHECK(std::set<std::string>(files.begin(), files.end()) == in_folder);
  CHECK(files.size() == in_folder.size());
}
