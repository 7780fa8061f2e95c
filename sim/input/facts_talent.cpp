#include "sim/input/facts_talent.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

using Matrix = TalentFacts::ByOriginAndPlace;

double sum_of(const Matrix& shares) {
  double sum = 0;
  for (const auto& row : shares) {
    for (const double share : row) sum += share;
  }
  return sum;
}

/// Every cell of 2019 needs somebody: a place that nobody chooses has no finite pull.
void check_shares(const DataTable& table, const TalentFacts& talent, Problems& problems) {
  check_share_sum(sum_of(talent.share_2019), table, {table.csv.path, 0, 0}, "2019", problems);
  double origins = 0;
  for (const double share : talent.origin_share_2022) origins += share;
  check_share_sum(origins, table, {table.csv.path, 0, 0}, "2022", problems);
  for (std::size_t o = 0; o < nationality_count; ++o) {
    for (std::size_t l = 0; l < region_count; ++l) {
      if (talent.share_2019[o][l] > 0) continue;
      problems.add(
          data_error::inconsistent, {table.csv.path, 0, 0},
          fmt::format("no share of origin {} in {} in 2019 (must be above 0: pulls are logarithms of shares)",
                      nationality_names[o], region_names[l]));
    }
  }
}

void read_talent_shares(const DataTables& tables, TalentFacts& talent, Problems& problems) {
  bool complete = true;
  for (DataRow& row : tables.rows("talent_shares", problems)) {
    const bool of_2019 = row.word("year", {"2022", "2019"}) == 1;
    const std::size_t origin = index(row.word_of<Nationality>("origin", nationality_names));
    const double share = row.number("share", 0, 1);
    if (of_2019) {
      const std::size_t location = index(row.word_of<Region>("location", region_names));
      talent.share_2019[origin][location] = share;
    } else {
      talent.origin_share_2022[origin] = share;
    }
    complete = complete && row.ok();
  }
  const bool given = !tables["talent_shares"].csv.rows.empty();
  if (given && complete) check_shares(tables["talent_shares"], talent, problems);
}

void read_talent_stock(const DataTables& tables, TalentFacts& talent, Problems& problems) {
  for (DataRow& row : tables.rows("talent_stock", problems)) {
    const std::size_t origin = index(row.word_of<Nationality>("origin", nationality_names));
    const std::size_t location = index(row.word_of<Region>("location", region_names));
    const double persons = row.number("persons", 0, 1e9);
    if (persons != std::floor(persons)) {
      row.complain(data_error::bad_value, fmt::format("persons = '{}' (must be whole)", persons));
    }
    talent.stock[origin][location] = static_cast<std::int64_t>(persons);
  }
}

void read_talent_entry(const DataTables& tables, TalentFacts& talent, Problems& problems) {
  const DataTable& entry = tables["talent_entry"];
  bool complete = true;
  for (DataRow& row : tables.rows("talent_entry", problems)) {
    const bool of_2019 = row.word("year", {"2022", "2019"}) == 1;
    const std::size_t origin = index(row.word_of<Nationality>("origin", nationality_names));
    const double share = row.number("share", 0, 1);
    if (row.empty("first_place")) {
      talent.entry_share[origin] = share;
    } else {
      const std::size_t place = index(row.word_of<Region>("first_place", region_names));
      (of_2019 ? talent.first_place_2019 : talent.first_place)[origin][place] = share;
    }
    complete = complete && row.ok();
  }
  if (!complete || tables["talent_entry"].csv.rows.empty()) return;
  double entrants = 0;
  for (std::size_t o = 0; o < nationality_count; ++o) {
    entrants += talent.entry_share[o];
    double now = 0;
    double in_2019 = 0;
    for (std::size_t l = 0; l < region_count; ++l) {
      now += talent.first_place[o][l];
      in_2019 += talent.first_place_2019[o][l];
    }
    check_share_sum(now, entry, {entry.csv.path, 0, 0},
                    fmt::format("origin {} in 2022", nationality_names[o]), problems);
    check_share_sum(in_2019, entry, {entry.csv.path, 0, 0},
                    fmt::format("origin {} in 2019", nationality_names[o]), problems);
  }
  check_share_sum(entrants, entry, {entry.csv.path, 0, 0}, "all origins", problems);
}

}  // namespace

void read_talent(const DataTables& tables, Facts& facts, Problems& problems) {
  read_talent_shares(tables, facts.talent, problems);
  read_talent_stock(tables, facts.talent, problems);
  read_talent_entry(tables, facts.talent, problems);
}

void check_research_staff(const DataTables& tables, const Facts& facts, Problems& problems) {
  for (std::size_t l = 0; l < region_count; ++l) {
    std::int64_t staff = 0;
    std::int64_t stock = 0;
    for (const Vendor& vendor : facts.vendors) staff += index(vendor.home) == l ? vendor.research_staff : 0;
    for (const auto& origin : facts.talent.stock) stock += origin[l];
    if (stock == 0 || staff <= stock) continue;  // a world without researchers
    problems.add(data_error::inconsistent, {tables["talent_stock"].csv.path, 0, 0},
                 fmt::format("vendors of {} employ {} researchers, more than the {} who are there",
                             region_names[l], staff, stock));
  }
}

}  // namespace chokepoint
