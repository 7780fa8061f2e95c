#include "sim/base/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>

#include "sim/base/check.hpp"
#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

/// Splits text into records; a quoted field may hold commas, quotes ("") and line breaks.
class RecordReader {
 public:
  explicit RecordReader(std::string text) : text_(std::move(text)) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  bool done() const { return at_ >= text_.size(); }

  CsvRow next(const std::string& path) {
    CsvRow row;
    row.where = {path, line_, 0};
    std::string cell;
    bool quoted = false;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\n') ++line_;
      if (quoted) {
        if (c != '"') {
          cell += c;
        } else if (at_ < text_.size() && text_[at_] == '"') {
          cell += text_[at_++];
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.empty()) {
        quoted = true;
      } else if (c == ',') {
        row.cells.push_back(std::move(cell));
        cell.clear();
      } else if (c == '\n') {
        break;
      } else if (c != '\r') {
        cell += c;
      }
    }
    row.cells.push_back(std::move(cell));
    unclosed_ = quoted;
    return row;
  }

  /// The last record ended inside quotes: the file's end was reached before their end.
  bool unclosed() const { return unclosed_; }

 private:
  std::string text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool unclosed_ = false;
};

void check_header(const CsvTable& table, Problems& problems) {
  std::set<std::string> seen;
  for (const auto& name : table.columns) {
    if (name.empty()) problems.add("E020", {table.path, 1, 0}, "a column of the header has no name");
    if (!seen.insert(name).second) {
      problems.add("E020", {table.path, 1, 0}, fmt::format("column '{}' appears twice in the header", name));
    }
  }
}

}  // namespace

std::size_t CsvTable::column(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i] == name) return i;
  }
  return npos;
}

CsvTable read_csv(const std::string& path, Problems& problems) {
  CsvTable table;
  table.path = path;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    problems.add("E021", {path, 0, 0}, fmt::format("cannot read the file ({})", std::strerror(errno)));
    return table;
  }
  std::stringstream text;
  text << file.rdbuf();
  RecordReader reader(text.str());
  if (reader.done()) {
    problems.add("E020", {path, 0, 0}, "the file is empty (a header row is needed)");
    return table;
  }
  table.columns = reader.next(path).cells;
  check_header(table, problems);
  while (!reader.done()) {
    CsvRow row = reader.next(path);
    if (reader.unclosed()) {
      problems.add("E020", row.where, "a quotation mark is never closed");
      continue;
    }
    if (row.cells.size() == 1 && row.cells[0].empty()) continue;  // a blank line at the end
    if (row.cells.size() != table.columns.size()) {
      problems.add(
          "E020", row.where,
          fmt::format("{} cells, but the header has {} columns", row.cells.size(), table.columns.size()));
      continue;
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

CsvWriter::CsvWriter(const std::string& path, const std::vector<std::string>& columns)
    : path_(path), columns_(columns.size()) {
  file_ = std::fopen(path.c_str(), "wb");
  if (file_ == nullptr) {
    throw Error(ExitCode::run_failed, fmt::format("cannot write '{}' ({})", path, std::strerror(errno)));
  }
  for (const auto& name : columns) text(name);
  end_row();
  rows_ = 0;
}

CsvWriter::~CsvWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

void CsvWriter::separator() {
  if (cells_++ > 0) buffer_ += ',';
}

CsvWriter& CsvWriter::text(std::string_view value) {
  separator();
  const auto needs_quotes = [](char c) { return c == ',' || c == '"' || c == '\n' || c == '\r'; };
  if (std::none_of(value.begin(), value.end(), needs_quotes)) {
    buffer_ += value;
    return *this;
  }
  buffer_ += '"';
  for (const char c : value) {
    if (c == '"') buffer_ += '"';
    buffer_ += c;
  }
  buffer_ += '"';
  return *this;
}

CsvWriter& CsvWriter::number(double value) {
  separator();
  if (!std::isfinite(value)) return *this;
  if (value != last_number_) {  // quantiles of equal replicates are one number many times
    last_number_ = value;
    last_text_ = short_number(value);
  }
  buffer_ += last_text_;
  return *this;
}

CsvWriter& CsvWriter::integer(long long value) {
  separator();
  buffer_ += std::to_string(value);
  return *this;
}

void CsvWriter::end_row() {
  CHOKEPOINT_EXPECT(cells_ == columns_);
  buffer_ += '\n';
  cells_ = 0;
  ++rows_;
  if (buffer_.size() < (1u << 16)) return;
  if (std::fwrite(buffer_.data(), 1, buffer_.size(), file_) != buffer_.size()) {
    throw Error(ExitCode::run_failed, fmt::format("cannot write '{}' ({})", path_, std::strerror(errno)));
  }
  buffer_.clear();
}

void CsvWriter::close() {
  if (file_ == nullptr) return;
  const bool written = std::fwrite(buffer_.data(), 1, buffer_.size(), file_) == buffer_.size();
  const bool closed = std::fclose(file_) == 0;
  file_ = nullptr;
  if (!written || !closed) {
    throw Error(ExitCode::run_failed, fmt::format("cannot write '{}' ({})", path_, std::strerror(errno)));
  }
}

}  // namespace chokepoint
