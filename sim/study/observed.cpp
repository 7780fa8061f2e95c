#include "sim/study/observed.hpp"

#include <fmt/format.h>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

bool is_ticker(const std::vector<Series>& series, const std::string& id) {
  for (const Series& one : series) {
    if (one.entity_type == "ticker" && one.entity == id) return true;
  }
  return false;
}

}  // namespace

std::vector<ObservedValue> read_observed(const std::string& path, const std::vector<Series>& series,
                                         Date as_of, Problems& problems) {
  const CsvTable table = read_csv(path, problems);
  std::vector<ObservedValue> values;
  std::vector<std::size_t> at;
  for (const char* name : {"date", "ticker", "session", "measure", "ratio_to_eve", "source"}) {
    at.push_back(table.column(name));
    if (at.back() == CsvTable::npos && !table.columns.empty()) {
      problems.add("E022", {path, 1, 0}, fmt::format("column '{}' is missing", name));
    }
  }
  if (problems.any()) return values;
  for (const CsvRow& row : table.rows) {
    const auto date = parse_date(row.cells[at[0]]);
    const auto ratio = parse_number(row.cells[at[4]]);
    const std::string& measure = row.cells[at[3]];
    if (!date || *date <= as_of) {
      problems.add("E024", row.where,
                   fmt::format("date = '{}' (must be a date after {})", row.cells[at[0]], to_text(as_of)));
    } else if (!is_ticker(series, row.cells[at[1]])) {
      problems.add("E024", row.where, fmt::format("ticker '{}' is not in listings.csv", row.cells[at[1]]));
    } else if (!ratio || !(*ratio > 0)) {
      problems.add("E024", row.where,
                   fmt::format("ratio_to_eve = '{}' (must be positive)", row.cells[at[4]]));
    } else if (measure != "close" && measure != "high") {
      problems.add("E024", row.where, fmt::format("measure = '{}' (must be close or high)", measure));
    } else {
      values.push_back({*date, row.cells[at[1]], row.cells[at[2]], measure, *ratio, row.cells[at[5]]});
    }
  }
  return values;
}

}  // namespace chokepoint
