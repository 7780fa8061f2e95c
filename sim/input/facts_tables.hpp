/// The data tables as rows of text with typed, complaining readers: columns, keys, provenance.
///
/// A table is known by its name (the file without `.csv`). Every row says as of when it holds, where it comes
/// from and how sure we are; a value that is an assumption carries a range.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/csv.hpp"
#include "sim/base/date.hpp"
#include "sim/base/error.hpp"
#include "sim/base/integer.hpp"
#include "sim/base/text.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

/// Stable identifiers of complaints about data (E020 and E021 are those of base/csv).
namespace data_error {
inline constexpr const char* missing_column = "E022";
inline constexpr const char* repeated_key = "E023";
inline constexpr const char* bad_value = "E024";
inline constexpr const char* unknown_reference = "E025";
inline constexpr const char* provenance = "E026";
inline constexpr const char* wrong_date = "E027";
inline constexpr const char* inconsistent = "E028";
inline constexpr const char* overlay = "E029";
}  // namespace data_error

/// Columns that state the source of a value and its range.
struct SourceColumns {
  std::string source;
  std::string low;  ///< "" when the table has no range
  std::string high;
  std::string value;  ///< "" when no single number lies in the range
};

struct TableLayout {
  std::string name;
  std::vector<std::string> columns;  ///< columns that must exist; others (notes) may
  std::vector<std::string> key;      ///< columns that together name a row
  std::vector<SourceColumns> sources;
};

/// All tables, in the order of data/README.md.
std::vector<TableLayout> table_layouts();

/// Tables that read_compute (facts_compute.hpp) reads by itself; a folder may be without them.
std::vector<TableLayout> compute_layouts();

struct DataTable {
  TableLayout layout;
  CsvTable csv;

  std::string cell(const CsvRow& row, std::string_view column) const;
  std::string key_of(const CsvRow& row) const;
};

/// One row; each reader complains and returns a harmless value when the cell does not hold what it should.
class DataRow {
 public:
  DataRow(const DataTable& table, const CsvRow& row, Problems& problems)
      : table_(&table), row_(&row), problems_(&problems) {}

  const SourcePosition& where() const { return row_->where; }
  bool ok() const { return ok_; }  ///< false once a complaint was made through this object
  void complain(const char* code, const std::string& message);

  bool empty(std::string_view column) const { return optional_text(column).empty(); }
  std::string optional_text(std::string_view column) const { return table_->cell(*row_, column); }
  std::string text(std::string_view column);
  double number(std::string_view column, double low, double high);
  Shares shares(std::string_view column);
  Date date(std::string_view column);
  int second_of_day(std::string_view column);  ///< `09:30`
  bool yes(std::string_view column);           ///< `yes` or `no`
  /// One of the words; the index of the first when it is none of them.
  std::size_t word(std::string_view column, const std::vector<std::string>& words);

  template <class Enum, std::size_t N>
  Enum word_of(std::string_view column, const std::array<std::string_view, N>& names) {
    return static_cast<Enum>(word(column, {names.begin(), names.end()}));
  }
  /// Index of the item with the id in the cell, or npos. `kind` says what the id should name.
  template <class T>
  std::size_t reference(std::string_view column, const std::string& kind, const std::vector<T>& items) {
    const std::string id = text(column);
    const std::size_t at = detail::find_by_id(items, id);
    if (at == Facts::npos && !id.empty()) complain_unknown(kind, id, ids_of(items));
    return at;
  }
  void complain_unknown(const std::string& kind, const std::string& id,
                        const std::vector<std::string>& known);

  template <class T>
  static std::vector<std::string> ids_of(const std::vector<T>& items) {
    std::vector<std::string> ids;
    for (const T& item : items) ids.push_back(item.id);
    return ids;
  }

 private:
  const DataTable* table_;
  const CsvRow* row_;
  Problems* problems_;
  bool ok_ = true;
};

class DataTables {
 public:
  explicit DataTables(std::vector<DataTable> tables) : tables_(std::move(tables)) {}
  const DataTable& operator[](std::string_view name) const;
  std::vector<DataRow> rows(std::string_view name, Problems& problems) const;
  const std::vector<DataTable>& all() const { return tables_; }

 private:
  std::vector<DataTable> tables_;
};

/// Reads the tables of a folder. Missing files, columns and repeated keys are complaints.
std::vector<DataTable> read_tables(const std::string& folder, std::vector<TableLayout> layouts,
                                   Problems& problems);

/// Complains at `where` when the shares of a group do not sum to 1.
void check_share_sum(double sum, const DataTable& table, const SourcePosition& where, std::string_view group,
                     Problems& problems);

/// as_of, source, confidence and ranges of every row.
void check_provenance(const DataTables& tables, Problems& problems);

}  // namespace chokepoint
