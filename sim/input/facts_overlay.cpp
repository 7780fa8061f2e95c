#include "sim/input/facts_overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace chokepoint {
namespace {

void check_header(const CsvTable& overlay, const std::vector<DataTable>& tables, Problems& problems) {
  std::vector<std::string> known;
  for (const DataTable& table : tables) {
    known.insert(known.end(), table.csv.columns.begin(), table.csv.columns.end());
  }
  for (const auto& column : overlay.columns) {
    if (column == "table" || std::find(known.begin(), known.end(), column) != known.end()) continue;
    problems.add(data_error::overlay, {overlay.path, 1, 0},
                 fmt::format("no table has a column '{}'{}", column, suggestion(column, known)));
  }
  if (overlay.column("table") == CsvTable::npos) {
    problems.add(data_error::overlay, {overlay.path, 1, 0},
                 "the overlay has no column 'table' (it says which table a row belongs to)");
  }
}

DataTable* find_table(const std::string& name, const CsvRow& row, std::vector<DataTable>& tables,
                      Problems& problems) {
  std::vector<std::string> names;
  for (DataTable& table : tables) {
    if (table.layout.name == name) return &table;
    names.push_back(table.layout.name);
  }
  problems.add(data_error::overlay, row.where,
               fmt::format("unknown table '{}'{}", name, suggestion(name, names)));
  return nullptr;
}

/// The overlay's cells in the order of the table's columns.
CsvRow arrange(const CsvTable& overlay, const CsvRow& row, const DataTable& table, Problems& problems) {
  CsvRow arranged{std::vector<std::string>(table.csv.columns.size()), row.where};
  for (std::size_t i = 0; i < overlay.columns.size(); ++i) {
    if (overlay.columns[i] == "table" || trim(row.cells[i]).empty()) continue;
    const std::size_t at = table.csv.column(overlay.columns[i]);
    if (at != CsvTable::npos) {
      arranged.cells[at] = row.cells[i];
    } else {
      problems.add(data_error::overlay, row.where,
                   fmt::format("table '{}' has no column '{}'{}", table.layout.name, overlay.columns[i],
                               suggestion(overlay.columns[i], table.csv.columns)));
    }
  }
  return arranged;
}

bool requotes(const DataTable& table, const CsvRow& row) {
  if (table.layout.name != "listings" || !table.cell(row, "price").empty()) return false;
  for (const auto* column : {"quoted_price", "quoted_on", "price_basis", "home"}) {
    if (!table.cell(row, column).empty()) return true;
  }
  return false;
}

void replace_or_add(DataTable& table, const CsvRow& row) {
  const std::string key = table.key_of(row);
  for (CsvRow& base : table.csv.rows) {
    if (table.key_of(base) != key) continue;
    if (requotes(table, row)) base.cells[table.csv.column("price")].clear();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (!row.cells[i].empty()) base.cells[i] = row.cells[i];
    }
    base.where = row.where;
    return;
  }
  table.csv.rows.push_back(row);
}

bool has_key(const DataTable& table, const CsvRow& row, Problems& problems) {
  for (const auto& column : table.layout.key) {
    if (!table.cell(row, column).empty()) continue;
    problems.add(data_error::overlay, row.where,
                 fmt::format("'{}' is empty (a row of '{}' is named by {})", column, table.layout.name,
                             join(table.layout.key, ", ")));
    return false;
  }
  return true;
}

}  // namespace

void apply_overlay(const std::string& path, std::vector<DataTable>& tables, Problems& problems) {
  const CsvTable overlay = read_csv(path, problems);
  if (overlay.columns.empty()) return;
  check_header(overlay, tables, problems);
  const std::size_t table_column = overlay.column("table");
  if (table_column == CsvTable::npos) return;
  std::set<std::string> seen;
  for (const CsvRow& row : overlay.rows) {
    DataTable* table = find_table(trim(row.cells[table_column]), row, tables, problems);
    if (table == nullptr) continue;
    const CsvRow arranged = arrange(overlay, row, *table, problems);
    if (!has_key(*table, arranged, problems)) continue;
    if (!seen.insert(table->layout.name + ": " + table->key_of(arranged)).second) {
      problems.add(
          data_error::repeated_key, row.where,
          fmt::format("the overlay gives '{}' of '{}' twice", table->key_of(arranged), table->layout.name));
      continue;
    }
    replace_or_add(*table, arranged);
  }
}

}  // namespace chokepoint
