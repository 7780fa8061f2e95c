#include "sim/study/backtest/observed_events.hpp"

#include <fmt/format.h>

#include <map>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {
namespace {

constexpr std::array<const char*, 14> columns{
    "event",    "episode",  "date",       "ticker", "group",           "type",        "ar_pct",
    "car2_pct", "car4_pct", "return_pct", "beta",   "residual_sd_pct", "attribution", "selection"};

class RowReader {
 public:
  RowReader(const CsvTable& table, const CsvRow& row, Problems& problems)
      : table_(table), row_(row), problems_(problems) {}

  const std::string& cell(std::string_view column) const { return row_.cells[table_.column(column)]; }

  std::optional<double> share(std::string_view column) {
    const std::string& text = cell(column);
    if (text.empty()) return std::nullopt;
    const auto value = parse_number(text);
    if (!value) complain(column, "a number in per cent, or empty");
    return value ? std::optional(*value / 100.0) : std::nullopt;
  }

  template <class Enum, std::size_t N>
  Enum word(std::string_view column, const std::array<std::string_view, N>& names) {
    const auto value = parse_enum<Enum>(cell(column), names);
    if (!value) complain(column, "one of: " + join({names.begin(), names.end()}, ", "));
    return value.value_or(Enum{});
  }

  Date date(std::string_view column) {
    const auto value = parse_date(cell(column));
    if (!value) complain(column, "a date YYYY-MM-DD");
    return value.value_or(Date{});
  }

 private:
  void complain(std::string_view column, const std::string& wanted) {
    problems_.add("E024", row_.where, fmt::format("{} = '{}' (must be {})", column, cell(column), wanted));
  }

  const CsvTable& table_;
  const CsvRow& row_;
  Problems& problems_;
};

ObservedRow read_row(RowReader& row) {
  ObservedRow out;
  out.event = row.cell("event");
  out.episode = row.cell("episode");
  out.date = row.date("date");
  out.ticker = row.cell("ticker");
  out.group = row.cell("group");
  out.type = row.cell("type");
  out.abnormal = {row.share("ar_pct"), row.share("car2_pct"), row.share("car4_pct")};
  out.raw = row.share("return_pct");
  out.beta = 100.0 * row.share("beta").value_or(0.01);
  out.residual_sd = row.share("residual_sd_pct").value_or(0.0);
  out.attribution = row.word<Attribution>("attribution", attribution_names);
  out.selection = row.word<Selection>("selection", selection_names);
  return out;
}

}  // namespace

std::vector<ObservedRow> read_observed_events(const std::string& path, Problems& problems) {
  std::vector<ObservedRow> rows;
  const CsvTable table = read_csv(path, problems);
  for (const char* column : columns) {
    if (!table.columns.empty() && table.column(column) == CsvTable::npos) {
      problems.add("E022", {path, 1, 0}, fmt::format("column '{}' is missing", column));
    }
  }
  if (problems.any()) return rows;
  for (const CsvRow& line : table.rows) {
    RowReader reader(table, line, problems);
    rows.push_back(read_row(reader));
  }
  return rows;
}

}  // namespace chokepoint
