#include "sim/study/economy_tables.hpp"

#include <map>
#include <span>

#include "sim/base/text.hpp"
#include "sim/output/summary.hpp"

namespace chokepoint {
namespace {

struct EconomyTable {
  SeriesFile file;
  const char* name;
  std::vector<const char*> keys;  ///< selectors that have a column
};

std::vector<EconomyTable> economy_tables() {
  return {{SeriesFile::efficiency, "efficiency.csv", {"region", "enterprise", "model", "nationality"}},
          {SeriesFile::adoption, "adoption.csv", {"region", "vendor", "product", "government"}},
          {SeriesFile::talent, "talent_flows.csv", {"region", "origin", "from", "to", "vendor"}},
          {SeriesFile::compute, "compute.csv", {"region", "vendor", "channel"}},
          {SeriesFile::desks, "desks.csv", {"region", "enterprise", "from", "to"}},
          {SeriesFile::policy,
           "policy.csv",
           {"government", "instrument", "vendor", "object", "region", "component"}},
          {SeriesFile::indicators, "indicators.csv", {"layer", "region", "vendor"}}};
}

std::vector<std::size_t> series_of(const Study& study, SeriesFile file) {
  std::vector<std::size_t> selected;
  for (std::size_t s = 0; s < study.series.size(); ++s) {
    if (study.series[s].file == file) selected.push_back(s);
  }
  return selected;
}

std::vector<std::string> columns_of(const Study& study, const EconomyTable& table) {
  std::vector<std::string> columns{"scenario", "arm", "date"};
  columns.insert(columns.end(), table.keys.begin(), table.keys.end());
  columns.insert(columns.end(), {"variable", "unit"});
  add_summary_columns(columns, study.scenario.quantiles);
  columns.insert(columns.end(), {"effect_mean", "effect_q05", "effect_q50", "effect_q95"});
  return columns;
}

void write_effect(CsvWriter& csv, std::vector<double>& difference) {
  const Summary effect = summarise(difference, {0.05, 0.5, 0.95});
  csv.number(effect.mean);
  for (const double quantile : effect.quantiles) csv.number(quantile);
}

/// All series of a table on one row of the record, of one arm against the reference.
void write_rows(const Study& study, const EconomyTable& table, const std::string& arm,
                const std::string& date, const std::vector<double>& values,
                const std::vector<double>& reference, CsvWriter& csv) {
  const std::size_t columns = study.series.size();
  const std::size_t replicates = values.size() / columns;
  for (const std::size_t s : series_of(study, table.file)) {
    const Series& one = study.series[s];
    std::vector<double> sample(replicates), difference(replicates);
    for (std::size_t r = 0; r < replicates; ++r) {
      sample[r] = values[r * columns + s];
      difference[r] = sample[r] - reference[r * columns + s];
    }
    csv.text(study.scenario.id).text(arm).text(date);
    for (const char* key : table.keys) {
      const std::string* value = one.selector(key);
      csv.text(value == nullptr ? "" : *value);
    }
    csv.text(one.variable).text(one.unit);
    write_summary(csv, summarise(sample, study.scenario.quantiles));
    write_effect(csv, difference);
    csv.end_row();
  }
}

std::string date_of_row(const Study& study, std::size_t row) {
  return to_text(row == 0 ? study.scenario.as_of : study.calendar->days()[row - 1].date);
}

/// Rows of access.csv: spells of one model with the same days and reason.
using SpellGroup =
    std::tuple<std::size_t, std::int32_t, std::int32_t, Denial, std::size_t>;  ///< last: replicates

/// Users of a region with the same headquarters; bits are nationalities.
using Users = std::map<std::pair<std::size_t, std::size_t>, unsigned>;

std::map<SpellGroup, Users> group_spells(const std::vector<SpellCount>& spells) {
  std::map<SpellGroup, Users> groups;
  for (const SpellCount& spell : spells) {
    const auto& [model, cell, first, last, reason] = spell.key;
    const UserCell user = user_cell(cell);
    groups[{model, first, last, reason, spell.replicates}][{index(user.region), index(user.owner)}] |=
        1u << index(user.nationality);
  }
  return groups;
}

std::string names_of_bits(unsigned bits, std::span<const std::string_view> names) {
  if (bits + 1 == 1u << names.size()) return "any";
  std::vector<std::string> selected;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if ((bits >> i & 1u) != 0) selected.emplace_back(names[i]);
  }
  return join(selected, ";");
}

/// Regions of a group, with headquarters of the same nationalities joined: (region, nationalities) -> owners.
std::map<std::pair<std::size_t, unsigned>, unsigned> by_nationalities(const Users& users) {
  std::map<std::pair<std::size_t, unsigned>, unsigned> rows;
  for (const auto& [place, nationalities] : users) rows[{place.first, nationalities}] |= 1u << place.second;
  return rows;
}

double staff_share_of(const Facts& facts, std::size_t region, unsigned nationalities, unsigned owners) {
  double share = 0.0;
  for (std::size_t n = 0; n < nationality_count; ++n) {
    for (std::size_t o = 0; o < region_count; ++o) {
      if ((nationalities >> n & 1u) == 0 || (owners >> o & 1u) == 0) continue;
      share += staff_share(
          facts, {static_cast<Region>(region), static_cast<Nationality>(n), static_cast<Region>(o)});
    }
  }
  return share;
}

std::string date_of_day(const Study& study, std::int32_t day) {
  if (day == AccessSpell::open) return "";
  if (day == AccessSpell::since_t0) return "T0";
  return to_text(study.calendar->days()[static_cast<std::size_t>(day)].date);
}

}  // namespace

void write_access_table(const Study& study, const ExperimentResult& result, const std::string& folder) {
  const Facts& facts = study.facts;
  if (facts.vendors.empty()) return;
  CsvWriter csv(folder + "/access.csv",
                {"scenario", "arm", "model", "vendor", "reason", "region", "nationality", "headquarters",
                 "first_day", "last_day", "share_of_region_staff", "replicates", "n"});
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    for (const auto& [group, users] : group_spells(result.arms[a].spells)) {
      const auto& [model, first, last, reason, replicates] = group;
      for (const auto& [who, owners] : by_nationalities(users)) {
        csv.text(study.scenario.id).text(study.arms[a].id);
        csv.text(facts.models[model].id).text(facts.models[model].developer);
        csv.text(name_of(reason, denial_names)).text(region_names[who.first]);
        csv.text(names_of_bits(who.second, nationality_names)).text(names_of_bits(owners, region_names));
        csv.text(date_of_day(study, first)).text(date_of_day(study, last));
        csv.number(staff_share_of(facts, who.first, who.second, owners));
        csv.integer(static_cast<long long>(replicates)).integer(study.scenario.replicates);
        csv.end_row();
      }
    }
  }
  csv.close();
}

std::vector<std::size_t> economy_table_rows(const Calendar& calendar) {
  constexpr std::size_t long_run = 400;  // trading days from which a row a week is more than anybody reads
  const auto& days = calendar.days();
  std::vector<std::size_t> rows{0};
  for (std::size_t day = 0; day < days.size(); ++day) {
    const bool last = day + 1 == days.size();
    const bool month_ends =
        !last && to_text(days[day].date).substr(0, 7) != to_text(days[day + 1].date).substr(0, 7);
    const bool week_ends = !last && days[day + 1].new_week;
    if (last || (days.size() > long_run ? month_ends : week_ends)) rows.push_back(day + 1);
  }
  return rows;
}

void write_economy_tables(const Study& study, const Spool& spool, const std::string& folder) {
  if (study.facts.vendors.empty()) return;
  for (const EconomyTable& table : economy_tables()) {
    CsvWriter csv(folder + "/" + table.name, columns_of(study, table));
    for (std::size_t a = 0; a < study.arms.size(); ++a) {
      for (const std::size_t row : economy_table_rows(*study.calendar)) {
        write_rows(study, table, study.arms[a].id, date_of_row(study, row), spool.read(a, row, 1),
                   spool.read(study.reference, row, 1), csv);
      }
    }
    csv.close();
  }
}

}  // namespace chokepoint
