#include "sim/study/evidence_facts.hpp"

#include <fmt/format.h>

#include <limits>

#include "sim/input/facts_tables.hpp"

namespace chokepoint {
namespace {

bool has_columns(const DataTable& table, Problems& problems) {
  bool complete = true;
  for (const std::string& column : table.layout.columns) {
    if (table.csv.column(column) != CsvTable::npos) continue;
    problems.add(data_error::missing_column, {table.csv.path, 1, 0},
                 fmt::format("the table has no column '{}'", column));
    complete = false;
  }
  return complete;
}

}  // namespace

std::vector<ObservedFact> read_observed_facts(const std::string& path, const std::string& key,
                                              Problems& problems) {
  const TableLayout layout{"observed",
                           {key, "value", "low", "high", "as_of", "source", "confidence"},
                           {key},
                           {{"source", "low", "high", "value"}}};
  const DataTable table{layout, read_csv(path, problems)};
  std::vector<ObservedFact> facts;
  if (table.csv.columns.empty() || !has_columns(table, problems)) return facts;
  const DataTables tables({table});
  check_provenance(tables, problems);
  for (DataRow& row : tables.rows(layout.name, problems)) {
    facts.push_back({row.text(key), row.number("value", 0, std::numeric_limits<double>::max()),
                     parse_number(row.optional_text("low")), parse_number(row.optional_text("high")),
                     row.optional_text("as_of"), row.optional_text("source"), row.optional_text("confidence"),
                     row.optional_text("note")});
  }
  return facts;
}

}  // namespace chokepoint
