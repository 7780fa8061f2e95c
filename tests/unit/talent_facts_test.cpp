// Tables of researchers in the world of small_world.hpp, which has none as made.
#include <catch2/catch.hpp>

#include "sim/input/facts_talent.hpp"
#include "tests/unit/small_world.hpp"

using namespace chokepoint;

namespace {

const char* const shares_header = "year,origin,location,share,$,low,high\n";

/// 2019: twenty cells of .05, the first one as given.
std::string shares(const std::string& first = "0.05") {
  std::string text = shares_header;
  for (const auto origin : nationality_names) {
    for (const auto place : region_names) {
      const bool is_first = origin == "US" && place == "US";
      text += "2019," + std::string(origin) + "," + std::string(place) + "," + (is_first ? first : "0.05") +
              ",$,,\n";
    }
    text += "2022," + std::string(origin) + ",,0.2,$,,\n";
  }
  return text;
}

std::string only_complaint(const SmallWorld& world) {
  Problems problems;
  world.load(problems);
  REQUIRE(problems.errors().size() == 1);
  return problems.errors()[0];
}

}  // namespace

TEST_CASE("talent tables: shares and head counts are read by origin and place", "[unit][talent]") {
  Problems problems;
  const Facts facts = SmallWorld()
                          .change("talent_shares", shares_header, shares())
                          .change("talent_stock", "high\n", "high\nIN,HK,40,$,,\nCN,US,7,$,,\n")
                          .load(problems);
  REQUIRE_FALSE(problems.any());
  CHECK(facts.talent.share_2019[index(Nationality::in)][index(Region::row)] == 0.05);
  CHECK(facts.talent.origin_share_2022[index(Nationality::hk)] == 0.2);
  CHECK(facts.talent.stock[index(Nationality::in)][index(Region::hk)] == 40);
  CHECK(facts.talent.stock[index(Nationality::cn)][index(Region::us)] == 7);
}

TEST_CASE("talent tables: complaints", "[unit][talent]") {
  CHECK(only_complaint(SmallWorld().change("talent_shares", shares_header, shares("0.06")))
            .find("'2019' in 'talent_shares' sum to 1.01") != std::string::npos);
  const std::string half =
      only_complaint(SmallWorld().change("talent_stock", "high\n", "high\nIN,HK,40.5,$,,\n"));
  CHECK(half.find("[E024]") != std::string::npos);
  Problems empty_cell;
  SmallWorld().change("talent_shares", shares_header, shares("0")).load(empty_cell);
  REQUIRE(empty_cell.errors().size() == 2);  // the sum, and the cell
  CHECK(empty_cell.errors()[1].find("no share of origin US in US") != std::string::npos);
  Problems entry;
  SmallWorld().change("talent_entry", "high\n", "high\n2022,US,,1,$,,\n").load(entry);
  CHECK(entry.errors().size() == 10);  // no first places, of five origins and two years
}

TEST_CASE("talent tables: vendors cannot employ more researchers than there are", "[unit][talent]") {
  Facts facts;
  facts.talent.stock[index(Nationality::cn)][index(Region::us)] = 900;
  facts.vendors.assign(2, Vendor{});
  for (Vendor& vendor : facts.vendors) vendor.research_staff = 450;
  TableLayout layout;
  layout.name = "talent_stock";
  const DataTables tables({DataTable{layout, {}}});
  Problems problems;
  check_research_staff(tables, facts, problems);
  CHECK_FALSE(problems.any());
  facts.vendors[0].research_staff = 451;
  check_research_staff(tables, facts, problems);
  REQUIRE(problems.errors().size() == 1);
  CHECK(problems.errors()[0].find("vendors of US employ 901 researchers, more than the 900") !=
        std::string::npos);
}
