#include "sim/input/vintages.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "sim/model/sessions.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::string data_dir = CHOKEPOINT_SOURCE_DIR "/data";

std::string all(const std::vector<std::string>& messages) {
  std::string text;
  for (const auto& message : messages) text += message + "\n";
  return text;
}

const Vintages& shipped() {
  static const Vintages loaded = [] {
    Problems problems;
    Vintages vintages = load_vintages(data_dir, problems);
    problems.throw_if_any();
    return vintages;
  }();
  return loaded;
}

VintageLine line_of(const std::string& id, Region region, double float_share, LineClass line_class) {
  VintageLine one;
  one.line.id = id;
  one.line.region = region;
  one.line.tickers = {{id, region == Region::us ? std::size_t{0} : std::size_t{1}}};
  one.line.line_class = line_class;
  one.firm = {"firm-" + id, id, region, "chips", true, true, 0.0};
  one.float_share = float_share;
  return one;
}

/// Two lines in the US, one in Hong Kong, and the composites of both, half of Hong Kong's tradable.
Vintages small_vintages() {
  Vintages v;
  v.base.venues = {{"XNYS", Region::us, Session::b, "USD", "America/New_York", 34200, 57600, 0, 0, {}},
                   {"XHKG", Region::hk, Session::a, "HKD", "Asia/Hong_Kong", 34200, 57600, 43200, 46800, {}}};
  v.base.southbound_quota_usd = 5e9;
  for (const auto& [id, region] : {std::pair("US_REST", Region::us), std::pair("HK_REST", Region::hk)}) {
    Line composite;
    composite.id = id;
    composite.region = region;
    composite.group = LineGroup::composite;
    composite.shares = 1000;
    composite.tradable = region == Region::us ? 900 : 500;
    v.base.lines.push_back(composite);
  }
  v.lines = {line_of("A", Region::us, 0.8, LineClass::chips), line_of("B", Region::us, 0.5, LineClass::chips),
             line_of("C", Region::hk, 0.05, LineClass::thin_ai)};
  v.caps = {{{make_date(2020, 12, 31), 100.0}, {make_date(2021, 12, 31), 150.0}},
            {{make_date(2020, 12, 31), 40.0}},
            {{make_date(2021, 6, 30), 20.0}}};
  v.totals[index(Region::us)] = {{make_date(2020, 12, 31), 1000.0}, {make_date(2021, 12, 31), 1500.0}};
  v.totals[index(Region::hk)] = {{make_date(2020, 12, 31), 300.0}};
  const auto row = [](const char* firm, Channel channel, const char* towards, double share, Date known) {
    return DatedExposure{{firm, channel, towards, share}, known};
  };
  v.exposures = {row("firm-A", Channel::target, "x", 0.1, make_date(2020, 1, 1)),
                 row("firm-A", Channel::vacated, "x", 0.5, make_date(2020, 1, 1)),
                 row("firm-A", Channel::target, "y", 0.7, make_date(2020, 6, 1)),
                 row("firm-A", Channel::target, "x", 0.2, make_date(2021, 3, 1)),
                 row("firm-B", Channel::target, "x", 0.9, make_date(2021, 3, 1)),
                 row("US_REST", Channel::regime, "trade", 0.3, make_date(2021, 3, 1)),
                 row("firm-A", Channel::target, "x", 0.4, make_date(2021, 9, 1))};
  return v;
}

double exposure(const Facts& facts, const std::string& firm, Channel channel, const std::string& towards) {
  double found = -1.0;
  for (const Exposure& row : facts.exposures) {
    if (row.firm != firm || row.channel != channel || row.counterpart != towards) continue;
    CHECK(found == -1.0);  // one row each
    found = row.share;
  }
  return found;
}

const Line& line(const Facts& facts, const std::string& id) {
  REQUIRE(facts.line(id) != Facts::npos);
  return facts.lines[facts.line(id)];
}

constexpr const char* source = ",https://example.org,high,\n";

/// A copy of the base tables with vintages of one line.
void write_small_data(const TemporaryFolder& folder, const std::string& exposures,
                      const std::string& more_lines = "") {
  for (const auto& entry : std::filesystem::directory_iterator(data_dir)) {
    if (entry.path().extension() == ".csv") std::filesystem::copy(entry.path(), folder.at(""));
  }
  const std::string s = source;
  const std::string end = ",as_of,source,confidence,note\n";
  folder.write(
      "vintages/lines.csv",
      "line,firm,name,headquarters,sector,tickers,home,board,line_class,listed_since,"
      "float_share,low,high" +
          end +
          "Z.HK,zeta,Zeta,CN,chips,Z.HK@XHKG;ZZ@XNYS,XHKG,main,chips,2021-03-04,0.4,0.3,0.5,2024-01-01" + s +
          more_lines);
  folder.write("vintages/caps.csv", "line,date,cap_bn_usd,low,high" + end +
                                        "Z.HK,2024-06-30,9,8,10,2024-06-30" + s +
                                        "Z.HK,2023-06-30,7,6,8,2023-06-30" + s);
  folder.write("vintages/market_totals.csv",
               "region,date,total_bn_usd,low,high" + end + "US,2023-12-31,50,40,60,2023-12-31" + s);
  folder.write("vintages/exposures.csv", "firm,kind,counterpart,share,low,high" + end + exposures);
  folder.write("vintages/etf_weights.csv", "etf,date,ticker,weight,low,high" + end);
  folder.write("vintages/closed_days.csv", "venue,date,reason" + end + "XNYS,2024-07-04,x,2024-07-04" + s +
                                               "XSHG,2024-02-12,x,2024-02-12" + s);
  folder.write("vintages/suspensions.csv",
               "line,first,last" + end + "Z.HK,2024-03-01,2024-03-05,2024-03-05" + s);
  folder.write("vintages/share_supply.csv",
               "event,line,date,shares,tradable,unlocked,offer_price,currency,usd_per_unit,low,high" + end);
}

}  // namespace

TEST_CASE("vintages: a value is the newest of the dates before, else the earliest", "[unit][vintages]") {
  const std::vector<DatedValue> rows{{make_date(2020, 12, 31), 1.0}, {make_date(2021, 12, 31), 2.0}};
  CHECK(known_on(rows, make_date(2019, 1, 1)) == 1.0);
  CHECK(known_on(rows, make_date(2020, 12, 31)) == 1.0);
  CHECK(known_on(rows, make_date(2021, 12, 30)) == 1.0);
  CHECK(known_on(rows, make_date(2021, 12, 31)) == 2.0);
  CHECK(known_on(rows, make_date(2026, 1, 1)) == 2.0);
}

TEST_CASE("vintages: lines have the market value and the float of the eve", "[unit][vintages]") {
  const Vintages v = small_vintages();
  const Facts early = light_world(v, make_date(2021, 12, 30), {0, 2});
  CHECK(early.as_of == make_date(2021, 12, 30));
  CHECK(early.southbound_quota_usd == 5e9);
  REQUIRE(early.lines.size() == 4);
  CHECK(line(early, "A").cap_bn_usd() == Approx(100.0));
  CHECK(line(early, "A").tradable_share() == Approx(0.8));
  CHECK(line(early, "A").group == LineGroup::ai);
  CHECK(early.firms[line(early, "A").firm].id == "firm-A");
  CHECK_FALSE(line(early, "A").thin);
  CHECK(line(early, "C").thin);  // 5 % of a thin class
  CHECK(early.line("B") == Facts::npos);
  CHECK(early.firm("firm-B") == Facts::npos);
  CHECK(line(light_world(v, make_date(2021, 12, 31), {0}), "A").cap_bn_usd() == Approx(150.0));
}

TEST_CASE("vintages: a composite is its region's total without the lines", "[unit][vintages]") {
  const Vintages v = small_vintages();
  const Facts both = light_world(v, make_date(2021, 7, 1), {0, 1, 2});
  CHECK(line(both, "US_REST").cap_bn_usd() == Approx(1000.0 - 100.0 - 40.0));
  CHECK(line(both, "US_REST").tradable_share() == Approx(0.9));
  CHECK(line(both, "HK_REST").cap_bn_usd() == Approx(300.0 - 20.0));
  CHECK(line(both, "HK_REST").tradable_share() == Approx(0.5));
  const Facts later = light_world(v, make_date(2021, 12, 31), {1});
  CHECK(line(later, "US_REST").cap_bn_usd() == Approx(1500.0 - 40.0));
  CHECK(line(later, "HK_REST").cap_bn_usd() == Approx(300.0));
  CHECK(later.lines.back().group == LineGroup::composite);
}

TEST_CASE("vintages: two lines of one firm are one firm", "[unit][vintages]") {
  Vintages v = small_vintages();
  v.lines[1].firm = v.lines[0].firm;
  const Facts facts = light_world(v, make_date(2021, 7, 1), {0, 1});
  CHECK(facts.firms.size() == 1);
  CHECK(line(facts, "A").firm == line(facts, "B").firm);
}

TEST_CASE("vintages: exposures are the newest that were known, and none later", "[unit][vintages]") {
  const Vintages v = small_vintages();
  const Facts early = light_world(v, make_date(2021, 2, 28), {0});
  CHECK(early.exposures.size() == 3);
  CHECK(exposure(early, "firm-A", Channel::target, "x") == 0.1);
  CHECK(exposure(early, "firm-A", Channel::target, "y") == 0.7);
  CHECK(exposure(early, "firm-A", Channel::vacated, "x") == 0.5);
  const Facts later = light_world(v, make_date(2021, 3, 1), {0});
  CHECK(exposure(later, "firm-A", Channel::target, "x") == 0.2);
  CHECK(exposure(later, "firm-A", Channel::target, "y") == 0.7);
  CHECK(exposure(later, "US_REST", Channel::regime, "trade") == 0.3);  // a composite is always there
  CHECK(exposure(later, "firm-B", Channel::target, "x") == -1.0);      // B is not in this world
  CHECK(exposure(light_world(v, make_date(2021, 8, 31), {0}), "firm-A", Channel::target, "x") == 0.2);
  CHECK(exposure(light_world(v, make_date(2021, 9, 1), {0}), "firm-A", Channel::target, "x") == 0.4);
}

TEST_CASE("vintages: a figure of a year is known at its end, of a month at its start", "[unit][vintages]") {
  const TemporaryFolder folder;
  const std::string s = source;
  write_small_data(folder, "zeta,target,month,0.1,0.1,0.2,2024-03" + s + "zeta,target,year,0.2,0.1,0.3,2023" +
                               s + "zeta,target,day,0.3,0.2,0.4,2024-02-29" + s +
                               "zeta,stake,lab,0.3,0.2,0.4,2024-02-29" + s);
  Problems problems;
  const Vintages v = load_vintages(folder.at(""), problems);
  INFO(all(problems.errors()));
  REQUIRE_FALSE(problems.any());
  REQUIRE(v.exposures.size() == 3);  // by date; marks of private firms are not known by date
  CHECK(v.exposures[0].exposure.counterpart == "year");
  CHECK(v.exposures[0].known == make_date(2023, 12, 31));
  CHECK(v.exposures[1].exposure.counterpart == "day");
  CHECK(v.exposures[1].known == make_date(2024, 2, 29));
  CHECK(v.exposures[2].exposure.counterpart == "month");
  CHECK(v.exposures[2].known == make_date(2024, 3, 1));
}

TEST_CASE("vintages: tables are read into lines, values by date, closed days and suspensions",
          "[unit][vintages]") {
  const TemporaryFolder folder;
  write_small_data(folder, "");
  Problems problems;
  const Vintages v = load_vintages(folder.at(""), problems);
  INFO(all(problems.errors()));
  REQUIRE_FALSE(problems.any());
  REQUIRE(v.lines.size() == 1);
  CHECK(v.lines[0].line.region == Region::hk);
  CHECK(v.lines[0].firm.headquarters == Region::cn);
  CHECK(v.lines[0].listed_since == make_date(2021, 3, 4));
  CHECK(v.line_of_ticker("ZZ") == 0);
  CHECK(v.line_of_ticker("Z") == Facts::npos);
  REQUIRE(v.lines[0].line.tickers.size() == 2);
  CHECK(v.base.venues[v.lines[0].line.tickers[1].venue].id == "XNYS");
  REQUIRE(v.caps[0].size() == 2);
  CHECK(v.caps[0][0].value == 7.0);  // the file has them the other way round
  const auto closed = [&](const char* venue) { return v.base.venues[v.base.venue(venue)].closed; };
  CHECK(closed("XNAS") == std::vector<Date>{make_date(2024, 7, 4)});
  CHECK(closed("XNYS") == closed("XNAS"));
  CHECK(closed("XSHE") == std::vector<Date>{make_date(2024, 2, 12)});
  CHECK(closed("XHKG").empty());  // those from T0 on are gone
  REQUIRE(v.suspensions.size() == 1);
  CHECK(v.suspensions[0].last == make_date(2024, 3, 5));
}

TEST_CASE("vintages: a line without a market value and an unknown line are complaints", "[unit][vintages]") {
  const TemporaryFolder folder;
  write_small_data(folder, "");
  folder.write("vintages/caps.csv", std::string("line,date,cap_bn_usd,low,high,as_of,source,confidence,note\n"
                                                "Y.HK,2024-06-30,9,8,10,2024-06-30") +
                                        source);
  Problems problems;
  load_vintages(folder.at(""), problems);
  const std::string text = all(problems.errors());
  CHECK_THAT(text, Catch::Contains("Y.HK") && Catch::Contains("line 'Z.HK' has no market value"));
}

TEST_CASE("vintages: a line's first day is a date or empty", "[unit][vintages]") {
  const auto complaints_of = [](const std::string& since) {
    const TemporaryFolder folder;
    write_small_data(
        folder, "",
        "Y.HK,upsilon,Y,CN,chips,Y.HK@XHKG,XHKG,main,chips," + since + ",0.4,0.3,0.5,2024-01-01" + source);
    folder.write("vintages/caps.csv",
                 std::string("line,date,cap_bn_usd,low,high,as_of,source,confidence,note\n"
                             "Z.HK,2024-06-30,9,8,10,2024-06-30") +
                     source + "Y.HK,2024-06-30,9,8,10,2024-06-30" + source);
    Problems problems;
    const Vintages v = load_vintages(folder.at(""), problems);
    if (!problems.any()) CHECK(v.lines[1].listed_since == Date{});
    return all(problems.errors());
  };
  CHECK(complaints_of("").empty());
  CHECK_THAT(complaints_of("soon"), Catch::Contains("lines.csv:3") && Catch::Contains("soon"));
}

TEST_CASE("vintages: the shipped tables load without complaint and hold what they say", "[unit][vintages]") {
  const Vintages& v = shipped();
  CHECK(v.lines.size() > 80);
  const std::size_t nvidia = v.line_of_ticker("NVDA");
  REQUIRE(nvidia != Facts::npos);
  CHECK(known_on(v.caps[nvidia], make_date(2020, 6, 1)) == 143.3);  // of 2019-12-31
  CHECK(v.line_of_ticker("BABA") == v.line_of_ticker("9988.HK"));
  CHECK(v.lines[nvidia].listed_since == Date{});  // long before
  CHECK(v.lines[v.line_of_ticker("ARM")].listed_since == make_date(2023, 9, 14));
  for (std::size_t region = 0; region < region_count; ++region) CHECK(v.totals[region].size() >= 9);
  REQUIRE(v.basket("SMH") != nullptr);
  CHECK(v.basket("SMH")->front().ticker == "TSM");
  CHECK(v.basket("NVDA") == nullptr);
  const Venue& new_york = v.base.venues[v.base.venue("XNAS")];
  CHECK_FALSE(is_open(new_york, make_date(2022, 11, 24)));  // Thanksgiving
  CHECK(is_open(new_york, make_date(2022, 11, 25)));
}

TEST_CASE("vintages: in every year all lines together leave every composite a market", "[unit][vintages]") {
  const Vintages& v = shipped();
  std::vector<std::size_t> lines(v.lines.size());
  for (std::size_t k = 0; k < lines.size(); ++k) lines[k] = k;
  for (int year = 2018; year <= 2026; ++year) {
    const Facts facts = light_world(v, make_date(year, 3, 1), lines);
    CAPTURE(year);
    for (std::size_t k = v.lines.size(); k < facts.lines.size(); ++k) {
      CAPTURE(facts.lines[k].id);
      CHECK(facts.lines[k].cap_bn_usd() >
            0.2 * known_on(v.totals[index(facts.lines[k].region)], facts.as_of));
    }
  }
}
