#include "sim/study/economy_tables.hpp"

#include <array>

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
          {SeriesFile::talent, "talent_flows.csv", {"region", "origin", "from", "to", "vendor"}}};
}

/// Rows of the record that the tables show: T0, the last trading day of each week, the last day.
std::vector<std::size_t> weekly_rows(const Calendar& calendar) {
  std::vector<std::size_t> rows{0};
  const auto& days = calendar.days();
  for (std::size_t day = 0; day < days.size(); ++day) {
    if (day + 1 == days.size() || days[day + 1].new_week) rows.push_back(day + 1);
  }
  return rows;
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

}  // namespace

void write_economy_tables(const Study& study, const Spool& spool, const std::string& folder) {
  if (study.facts.vendors.empty()) return;
  for (const EconomyTable& table : economy_tables()) {
    CsvWriter csv(folder + "/" + table.name, columns_of(study, table));
    for (std::size_t a = 0; a < study.arms.size(); ++a) {
      for (const std::size_t row : weekly_rows(*study.calendar)) {
        write_rows(study, table, study.arms[a].id, date_of_row(study, row), spool.read(a, row, 1),
                   spool.read(study.reference, row, 1), csv);
      }
    }
    csv.close();
  }
}

}  // namespace chokepoint
