// The loader on the world of small_world.hpp: every number below is worked out by hand from its tables.
#include "sim/input/facts_loader.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/small_world.hpp"

using namespace chokepoint;

namespace {

std::string all(const Problems& problems) {
  std::string text;
  for (const auto& error : problems.errors()) text += error + "\n";
  return text;
}

/// True when a complaint with this code names this place and holds this text.
bool complains(const Problems& problems, const std::string& code, const std::string& place,
               const std::string& text = "") {
  for (const auto& error : problems.errors()) {
    const bool at_end = error.size() >= place.size() && error.ends_with(place);
    if (error.find("[" + code + "]") != std::string::npos && at_end &&
        error.find(text) != std::string::npos) {
      return true;
    }
  }
  return false;
}

Problems problems_of(const SmallWorld& world) {
  Problems problems;
  world.load(problems);
  INFO(all(problems));
  CHECK(problems.errors().size() == 1);
  return problems;
}

}  // namespace

TEST_CASE("prices and caps are those worked out by hand") {
  Problems problems;
  const Facts facts = SmallWorld().load(problems);
  INFO(all(problems));
  REQUIRE_FALSE(problems.any());
  REQUIRE(facts.lines.size() == 7);

  const Line& dated = facts.lines[facts.line("ALPHA")];
  CHECK(dated.cap_bn_usd() == Approx(100.0));  // 1 bn shares x 100 USD
  CHECK(dated.tradable == 900000000);
  CHECK(dated.basis == PriceBasis::dated);

  const Line& moved = facts.lines[facts.line("0001.HK")];
  CHECK(moved.price_local == Approx(100.0));  // 80 x 250 / 200
  CHECK(moved.price_usd == Approx(12.5));     // x 0.125
  CHECK(moved.cap_bn_usd() == Approx(5.0));   // x 0.4 bn shares
  CHECK(moved.level_low == 90.0);
  CHECK(moved.level_high == 120.0);
  CHECK(moved.quoted_on == "2026-05-15");

  const Line& mainland = facts.lines[facts.line("600001.SH")];
  CHECK(mainland.cap_bn_usd() == Approx(0.6));  // 0.2 bn shares x 20 x 0.15
  CHECK(facts.stale == std::vector<std::string>{"0001.HK", "US_REST", "CN_REST", "HK_REST"});
}

TEST_CASE("a composite is the moved total less the lines of its region") {
  Problems problems;
  const Facts facts = SmallWorld().load(problems);
  REQUIRE(facts.lines.size() == 7);
  CHECK(facts.lines[3].id == "US_REST");
  CHECK(facts.lines[3].shares == 12000000);  // (200 x 1.1 - 100) bn / 10,000
  CHECK(facts.lines[3].tradable == 10800000);
  CHECK(facts.lines[4].shares == 740000);  // CN: (10 x 0.8 - 0.6) bn
  CHECK(facts.lines[5].shares ==
        2000000);  // HK: (20 x 1.25 - 5) bn; the line's ticker in New York counts here
  CHECK(facts.lines[6].shares == 3000000);  // ROW
  CHECK(facts.lines[6].basis == PriceBasis::dated);
  for (std::size_t at = 3; at < 7; ++at) {
    CHECK(facts.lines[at].group == LineGroup::composite);
    CHECK(facts.lines[at].line_class == LineClass::composite);
    CHECK(facts.lines[at].firm == Line::npos);
    CHECK(facts.lines[at].price_usd == 10000.0);
    CHECK(facts.lines[at].usd_per_unit == 1.0);
  }
  CHECK(facts.venues[facts.lines[6].tickers[0].venue].session == Session::b);
}

TEST_CASE("groups, limits, volatilities and thin floats are joined to their lines") {
  Problems problems;
  const Facts facts = SmallWorld().load(problems);
  REQUIRE(facts.lines.size() == 7);
  CHECK(facts.lines[0].group == LineGroup::ai);
  CHECK(facts.lines[1].group == LineGroup::other);
  CHECK(facts.lines[0].limit == 0.0);
  CHECK(facts.lines[2].limit == 0.2);
  CHECK(facts.lines[0].daily_sd == Approx(0.016));
  CHECK(facts.lines[1].daily_sd == 0.0);
  CHECK_FALSE(facts.lines[0].thin);
  CHECK(facts.lines[1].thin);
  CHECK_FALSE(facts.lines[2].thin);
}

TEST_CASE("access: a row of the ticker beats the venue's, any ticker opens the line") {
  Problems problems;
  const Facts facts = SmallWorld().load(problems);
  REQUIRE(facts.lines.size() == 7);
  const auto may = [&](const char* line, Region domicile) {
    return facts.lines[facts.line(line)].may_buy[index(domicile)];
  };
  CHECK(may("ALPHA", Region::us));
  CHECK_FALSE(may("ALPHA", Region::cn));
  CHECK(may("0001.HK", Region::cn));  // by its own row, against XHKG/*
  CHECK(may("0001.HK", Region::us));  // through the ticker in New York only
  CHECK_FALSE(may("600001.SH", Region::us));
  CHECK(may("600001.SH", Region::cn));
  CHECK(facts.lines[facts.line("0001.HK")].southbound);
  CHECK_FALSE(facts.lines[facts.line("600001.SH")].southbound);
  CHECK(facts.southbound_quota_usd == Approx(12.6e9));  // 42 bn x 2 links x 0.15
}

TEST_CASE("calendar, firms, lock-ups, exposures and shares of owners") {
  Problems problems;
  const Facts facts = SmallWorld().load(problems);
  const Venue& hong_kong = facts.venues[facts.venue("XHKG")];
  CHECK(hong_kong.closed == std::vector<Date>{make_date(2026, 6, 19), make_date(2026, 7, 1)});
  CHECK(hong_kong.open == 34200);
  CHECK(hong_kong.lunch_end == 46800);
  CHECK(facts.venues[facts.venue("XNYS")].closed.size() == 1);  // a half day is a trading day
  CHECK(facts.calendar_until == make_date(2026, 12, 31));       // Hong Kong knows least
  CHECK(facts.firms[facts.firm("delta")].mark_bn_usd == 50.0);
  REQUIRE(facts.lockups.size() == 2);
  CHECK(facts.lockups[0].domicile == Region::row);
  CHECK(facts.lockups[0].kind == HolderKind::cornerstone);
  CHECK(facts.lockups[1].unlocks_on == make_date(2027, 1, 8));
  CHECK(facts.exposures.size() == 3);
  REQUIRE(facts.stakes.size() == 1);
  CHECK(facts.stakes[0].holder == facts.firm("alpha"));
  CHECK(facts.stakes[0].private_firm == facts.firm("delta"));
  CHECK(facts.ownership_prior[0][3] == 0.2);
  CHECK(facts.investor_mix[0][index(InvestorType::retail)] == 0.4);
  REQUIRE(facts.model("m1") != nullptr);
  CHECK_FALSE(facts.model("m1")->open);
  CHECK(facts.reviews.size() == 1);
}

TEST_CASE("an overlay replaces cells by key and computes the price again") {
  Problems problems;
  const Facts facts = SmallWorld()
                          .overlay(
                              "table,line,quoted_price,firm,kind,counterpart,share,high\n"
                              "listings,0001.HK,88,,,,,\n"
                              "exposures,,,alpha,restricted_sales,CN,0.35,0.4\n")
                          .load(problems);
  INFO(all(problems));
  REQUIRE_FALSE(problems.any());
  CHECK(facts.lines[1].price_local == Approx(110.0));  // 88 x 250 / 200
  CHECK(facts.lines[1].shares == 400000000);           // empty cells keep the base value
  CHECK(facts.lines[5].shares == 1950000);             // HK_REST: 25 - 5.5 bn
  CHECK(facts.exposures[0].share == 0.35);
  CHECK(facts.exposures.size() == 3);
}

TEST_CASE("an overlay adds rows with new keys") {
  Problems problems;
  const Facts facts = SmallWorld()
                          .overlay(
                              "table,line,holder,unlocks_on,kind,domicile,shares,as_of,source,confidence\n"
                              "lockups,600001.SH,Placees,2026-09-07,pre_ipo,CN,1000,2026-06-12,"
                              "https://d.org,low\n")
                          .load(problems);
  INFO(all(problems));
  REQUIRE_FALSE(problems.any());
  REQUIRE(facts.lockups.size() == 3);
  CHECK(facts.lockups[2].shares == 1000);
}

TEST_CASE("mistakes in an overlay are told with its line") {
  Problems problems;
  SmallWorld()
      .overlay(
          "table,line,quoted_prise,firm,share\n"
          "listngs,ALPHA,,,\n"
          "listings,ALPHA,,,0.5\n"
          "exposures,,,alpha,0.5\n"
          "listings,ALPHA,,alpha,\n"
          "volatility,NOPE,,,\n")
      .load(problems);
  INFO(all(problems));
  CHECK(complains(problems, "E029", "overlay.csv:1", "did you mean 'quoted_price'?"));
  CHECK(complains(problems, "E029", "overlay.csv:2", "did you mean 'listings'?"));
  CHECK(complains(problems, "E029", "overlay.csv:3", "table 'listings' has no column 'share'"));
  CHECK(complains(problems, "E029", "overlay.csv:4", "'kind' is empty"));
  CHECK(complains(problems, "E023", "overlay.csv:5"));
  CHECK(complains(problems, "E025", "overlay.csv:6", "unknown line 'NOPE'"));
  CHECK(complains(problems, "E026", "overlay.csv:6", "confidence"));  // an added row brings its own source
}

TEST_CASE("a replaced row is told with the line of the overlay") {
  SmallWorld world;
  world.overlay("table,line,quoted_price,price\nlistings,0001.HK,88,100\n");
  CHECK(complains(problems_of(world), "E028", "overlay.csv:2", "the quotation gives 110"));
}

TEST_CASE("a missing file, a missing column and a repeated key are told at once") {
  Problems problems;
  SmallWorld()
      .without("volatility")
      .change("models", "developer", "maker")
      .change("firms", "beta,Beta", "alpha,Beta")
      .load(problems);
  INFO(all(problems));
  CHECK(problems.errors().size() == 3);
  CHECK(complains(problems, "E021", "volatility.csv"));
  CHECK(complains(problems, "E022", "models.csv:1", "'developer'"));
  CHECK(complains(problems, "E023", "firms.csv:3", "'alpha'"));
}

TEST_CASE("another date is a complaint that says which date the data have") {
  Problems problems;
  const Facts facts = SmallWorld().load(problems, make_date(2026, 6, 11));
  INFO(all(problems));
  CHECK(problems.errors().size() == 1);
  CHECK(complains(problems, "E027", "fx.csv:2", "the data describe 2026-06-12"));
  CHECK(facts.as_of == make_date(2026, 6, 11));
}

TEST_CASE("prices that do not follow from their quotation are refused") {
  SECTION("stated price differs") {
    SmallWorld world;
    world.change("listings", "moved,100,90,120", "moved,100.01,90,120");
    CHECK(complains(problems_of(world), "E028", "listings.csv:3"));
  }
  SECTION("a difference below one millionth is rounding") {
    SmallWorld world;
    world.change("listings", "moved,100,90,120", "moved,100.00005,90,120");
    Problems problems;
    world.load(problems);
    CHECK_FALSE(problems.any());
  }
  SECTION("dated but more than ten sessions old") {
    SmallWorld world;
    world.change("listings", "2026-06-10,dated", "2026-05-28,dated");  // eleven weekdays
    CHECK(complains(problems_of(world), "E027", "listings.csv:4", "11 sessions"));
  }
  SECTION("ten sessions old is dated") {
    SmallWorld world;
    world.change("listings", "2026-06-10,dated", "2026-05-29,dated");
    Problems problems;
    world.load(problems);
    CHECK_FALSE(problems.any());
  }
}

TEST_CASE("a quotation after T0 must be moved back, and moves need their index") {
  SECTION("after T0") {
    SmallWorld world;
    world.change("listings", "2026-06-12,dated", "2026-06-15,dated");
    CHECK(complains(problems_of(world), "E027", "listings.csv:2", "after T0"));
  }
  SECTION("after T0, moved back by the index") {
    SmallWorld world;
    world.change("listings", "20,2026-06-10,dated,20", "20,2026-06-15,moved_back,16")
        .change("index_levels", "IXC,2026-06-12,40,$", "IXC,2026-06-12,40,$\nIXC,2026-06-15,50,$");
    Problems problems;
    const Facts facts = world.load(problems);
    INFO(all(problems));
    CHECK_FALSE(problems.any());
    CHECK(facts.lines[2].price_local == Approx(16.0));  // 20 x 40 / 50
  }
  SECTION("no index level to move with") {
    SmallWorld world;
    world.change("listings", "2026-05-15,moved", "2026-05-14,moved");
    CHECK(complains(problems_of(world), "E025", "listings.csv:3", "'IXH' on 2026-05-14"));
  }
}

TEST_CASE("shares, floats and locked lots must fit") {
  SECTION("float above shares") {
    SmallWorld world;
    world.change("listings", ",900000000,", ",1000000001,");
    CHECK(complains(problems_of(world), "E028", "listings.csv:2", "exceed shares"));
  }
  SECTION("negative float") {
    SmallWorld world;
    world.change("listings", ",900000000,", ",-5,");
    CHECK(complains(problems_of(world), "E024", "listings.csv:2", "tradable_shares = '-5'"));
  }
  SECTION("tradable and locked above shares") {
    SmallWorld world;
    world.change("lockups", "350000000", "350000001");
    CHECK(complains(problems_of(world), "E028", "lockups.csv:3", "380000001"));
  }
  SECTION("a lot that is free at T0") {
    SmallWorld world;
    world.change("lockups", "2026-07-08", "2026-06-12");
    CHECK(complains(problems_of(world), "E027", "lockups.csv:2"));
  }
  SECTION("a composite below its lines") {
    SmallWorld world;
    world.change("composites", "IXU,200", "IXU,90");
    CHECK(complains(problems_of(world), "E028", "composites.csv:2", "less than"));
  }
}

TEST_CASE("names that nothing carries are refused, with the nearest one") {
  SECTION("firm") {
    SmallWorld world;
    world.change("exposures", "alpha,restricted_sales", "alfa,restricted_sales");
    CHECK(complains(problems_of(world), "E025", "exposures.csv:2", "did you mean 'alpha'?"));
  }
  SECTION("venue") {
    SmallWorld world;
    world.change("listings", "BETA@XNYS", "BETA@XNSY");
    CHECK(complains(problems_of(world), "E025", "listings.csv:3", "BETA@XNSY"));
  }
  SECTION("model") {
    SmallWorld world;
    world.change("exposures", "target,m1", "target,m2");
    CHECK(complains(problems_of(world), "E025", "exposures.csv:3", "unknown model 'm2'"));
  }
  SECTION("line of an access row") {
    SmallWorld world;
    world.change("line_access", "600001.SH,US", "600002.SH,US");
    CHECK(complains(problems_of(world), "E025", "line_access.csv:11", "did you mean '600001.SH'?"));
  }
}

TEST_CASE("provenance is required of every row") {
  SECTION("no source") {
    SmallWorld world;
    world.change("volatility", "2025-10,$", "2025-10,2026-06-12,hearsay,high");
    CHECK(complains(problems_of(world), "E026", "volatility.csv:2", "source = 'hearsay'"));
  }
  SECTION("an assumption without a range") {
    SmallWorld world;
    world.change("exposures", "0.25,$", "0.25,2026-06-12,assumption: guess,low");
    CHECK(complains(problems_of(world), "E026", "exposures.csv:4", "without a range"));
  }
  SECTION("a float that is assumed needs one as well") {
    SmallWorld world;
    world.change("listings", ",.4,.6,", ",,,");
    CHECK(complains(problems_of(world), "E026", "listings.csv:4", "tradable_source"));
  }
  SECTION("a value outside its range") {
    SmallWorld world;
    world.change("exposures", "0.2,$,0.1", "0.35,$,0.1");
    CHECK(complains(problems_of(world), "E024", "exposures.csv:2", "0.1 to 0.3"));
  }
  SECTION("no date") {
    SmallWorld world;
    world.change("models", "160,$", "160,soon,https://e.org,high");
    CHECK(complains(problems_of(world), "E026", "models.csv:2", "as_of = 'soon'"));
  }
}

TEST_CASE("shares of owners must sum to one") {
  SmallWorld prior;
  prior.change("ownership_prior", "US,ROW,0.2", "US,ROW,0.200000002");
  CHECK(complains(problems_of(prior), "E028", "ownership_prior.csv:5", "'US'"));
  SmallWorld mix;
  mix.change("investor_mix", "US,fund,0.6", "US,fund,0.5");
  CHECK(complains(problems_of(mix), "E028", "investor_mix.csv:3", "sum to 0.9"));
}

TEST_CASE("other contradictions between rows") {
  SECTION("a closing day on a week-end") {
    SmallWorld world;
    world.change("calendar", "XLON,2026-08-31", "XLON,2026-08-30");
    CHECK(complains(problems_of(world), "E027", "calendar.csv:7"));
  }
  SECTION("a stake in a listed firm") {
    SmallWorld world;
    world.change("exposures", "alpha,stake,delta", "alpha,stake,beta");
    CHECK(complains(problems_of(world), "E028", "exposures.csv:4"));
  }
  SECTION("a composite touched by anything but the regime") {
    SmallWorld world;
    world.change("exposures", "HK_REST,regime", "HK_REST,deploy");
    CHECK(complains(problems_of(world), "E028", "exposures.csv:5"));
  }
  SECTION("access that begins after T0") {
    SmallWorld world;
    world.change("line_access", "2026-06-08", "2026-06-15");
    CHECK(complains(problems_of(world), "E027", "line_access.csv:10"));
  }
  SECTION("a listed line of a private firm") {
    SmallWorld world;
    world.change("listings", "ALPHA,alpha", "ALPHA,delta");
    CHECK(complains(problems_of(world), "E028", "listings.csv:2", "private"));
  }
  SECTION("a missing composite") {
    SmallWorld world;
    world.change("composites", "ROW_REST,ROW,IXW,30,2026-06-12,0.9,10000,$,,\n", "");
    CHECK(complains(problems_of(world), "E028", "composites.csv", "ROW_REST is missing"));
  }
}
