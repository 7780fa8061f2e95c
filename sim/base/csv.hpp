/// Reading and writing CSV (RFC 4180): UTF-8, comma, quotes where needed, a header, LF or CRLF.
#pragma once

#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/error.hpp"

namespace chokepoint {

/// One data row; `line` is the line of the file on which it begins.
struct CsvRow {
  std::vector<std::string> cells;
  SourcePosition where;
};

/// A table as text. All rows have as many cells as there are columns.
struct CsvTable {
  std::string path;
  std::vector<std::string> columns;
  std::vector<CsvRow> rows;

  /// Index of a column, or npos.
  std::size_t column(std::string_view name) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

/// Reads a whole file. Missing files, ragged rows, repeated columns and blank headers are complaints.
CsvTable read_csv(const std::string& path, Problems& problems);

/// Writes rows to a file opened by the caller's folder check. Throws Error{run_failed} when the disk refuses.
class CsvWriter {
 public:
  CsvWriter(const std::string& path, const std::vector<std::string>& columns);
  ~CsvWriter();
  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;

  CsvWriter& text(std::string_view value);
  CsvWriter& number(double value);  ///< six significant digits; empty when not finite
  CsvWriter& integer(long long value);
  void end_row();
  std::size_t rows() const { return rows_; }
  void close();

 private:
  void separator();
  std::string path_;
  std::string buffer_;
  std::FILE* file_ = nullptr;
  double last_number_ = 0;
  std::string last_text_ = "0";
  std::size_t columns_ = 0;
  std::size_t cells_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace chokepoint
