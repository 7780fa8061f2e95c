#include "sim/input/facts_tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "sim/base/check.hpp"

namespace chokepoint {

namespace {

SourceColumns unranged() { return {"source", "", "", ""}; }
SourceColumns ranged(const std::string& value) { return {"source", "low", "high", value}; }

std::vector<TableLayout> world_layouts() {
  return {
      {"venues",
       {"venue", "name", "region", "session", "currency", "timezone", "open", "close", "lunch_start",
        "lunch_end", "index", "closed_days_known_to"},
       {"venue"},
       {unranged()}},
      {"calendar", {"venue", "date", "status", "reason", "low", "high"}, {"venue", "date"}, {ranged("")}},
      {"index_reviews", {"venue", "effective_on", "index"}, {"venue", "effective_on", "index"}, {unranged()}},
      {"fx", {"currency", "date", "usd_per_unit"}, {"currency"}, {unranged()}},
      {"index_levels", {"index", "date", "level"}, {"index", "date"}, {unranged()}},
      {"firms", {"firm", "name", "headquarters", "sector", "ai", "status", "parent"}, {"firm"}, {unranged()}},
      {"private_firms",
       {"firm", "mark_bn_usd", "low", "high", "marked_on"},
       {"firm"},
       {ranged("mark_bn_usd")}},
      {"models",
       {"model", "developer", "released", "weights", "capability_index", "capability_vintage",
        "claimed_best_open", "price_in_usd_mtok", "price_out_usd_mtok", "low", "high"},
       {"model"},
       {ranged("capability_index")}},
  };
}

/// Price, share count and float each have a provenance of their own.
TableLayout listings_layout() {
  return {"listings",
          {"line",
           "firm",
           "tickers",
           "home",
           "board",
           "currency",
           "line_class",
           "status",
           "shares",
           "shares_low",
           "shares_high",
           "shares_as_of",
           "shares_source",
           "tradable_shares",
           "tradable_low",
           "tradable_high",
           "tradable_source",
           "quoted_price",
           "quoted_on",
           "price_basis",
           "price",
           "level_low",
           "level_high"},
          {"line"},
          {{"source", "level_low", "level_high", "price"},
           {"shares_source", "shares_low", "shares_high", "shares"},
           {"tradable_source", "tradable_low", "tradable_high", ""}}};
}

std::vector<TableLayout> line_layouts() {
  return {
      listings_layout(),
      {"composites",
       {"composite", "region", "index", "total_bn_usd", "total_on", "float_share", "unit_price_usd", "low",
        "high"},
       {"composite"},
       {ranged("total_bn_usd")}},
      {"price_limits", {"venue", "board", "limit", "since"}, {"venue", "board"}, {unranged()}},
      {"stock_connect",
       {"direction", "quota_bn", "currency", "unit", "links", "since"},
       {"direction"},
       {unranged()}},
      {"line_access",
       {"line", "domicile", "may_buy", "channel", "since", "low", "high"},
       {"line", "domicile"},
       {ranged("")}},
      {"lockups",
       {"line", "holder", "kind", "domicile", "shares", "unlocks_on", "low", "high"},
       {"line", "holder", "unlocks_on"},
       {ranged("shares")}},
      {"volatility", {"line", "daily_sd_pct", "window"}, {"line"}, {unranged()}},
  };
}

std::vector<TableLayout> investor_layouts() {
  return {
      {"ownership_prior",
       {"venue_region", "domicile", "share", "low", "high"},
       {"venue_region", "domicile"},
       {ranged("share")}},
      {"investor_mix",
       {"domicile", "investor_type", "share", "low", "high"},
       {"domicile", "investor_type"},
       {ranged("share")}},
      {"exposures",
       {"firm", "kind", "counterpart", "share", "low", "high"},
       {"firm", "kind", "counterpart"},
       {ranged("share")}},
  };
}

std::vector<TableLayout> economy_layouts() {
  return {
      {"vendors", {"vendor", "measure", "value", "low", "high"}, {"vendor", "measure"}, {ranged("value")}},
      {"access_rules",
       {"authority", "vendor", "kind", "region", "allowed", "since", "low", "high"},
       {"authority", "vendor", "kind", "region"},
       {ranged("")}},
      {"workforce",
       {"region", "kind", "group", "share", "low", "high"},
       {"region", "kind", "group"},
       {ranged("share")}},
      {"ai_spend", {"region", "share", "low", "high"}, {"region"}, {ranged("share")}},
      {"vendor_shares",
       {"region", "vendor", "product", "share", "period", "low", "high"},
       {"region", "vendor", "product"},
       {ranged("share")}},
      {"bank_desks",
       {"enterprise", "name", "headquarters", "region", "staff", "reading", "removed_vendor", "removed_on",
        "low", "high"},
       {"enterprise", "region"},
       {ranged("staff")}},
  };
}

std::vector<TableLayout> talent_layouts() {
  return {
      {"talent_shares",
       {"year", "origin", "location", "share", "low", "high"},
       {"year", "origin", "location"},
       {ranged("share")}},
      {"talent_stock",
       {"origin", "location", "persons", "low", "high"},
       {"origin", "location"},
       {ranged("persons")}},
      {"talent_entry",
       {"year", "origin", "first_place", "share", "low", "high"},
       {"year", "origin", "first_place"},
       {ranged("share")}},
  };
}

}  // namespace

std::vector<TableLayout> compute_layouts() {
  return {
      {"chips",
       {"chip", "designer", "tpp", "bandwidth_gb_s", "h100e", "on_sale", "price_usd", "price_low",
        "price_high", "price_source"},
       {"chip"},
       {unranged(), {"price_source", "price_low", "price_high", "price_usd"}}},
      {"vendor_compute",
       {"vendor", "measure", "value", "low", "high"},
       {"vendor", "measure"},
       {ranged("value")}},
      {"chip_rules",
       {"measure", "government", "kind", "targets", "by_parent", "tpp_above", "bandwidth_above", "licence",
        "units_per_firm", "vendors", "level", "since", "low", "high"},
       {"measure", "kind", "licence"},
       {ranged("level")}},
  };
}

std::vector<TableLayout> table_layouts() {
  std::vector<TableLayout> all = world_layouts();
  for (auto& layout : line_layouts()) all.push_back(std::move(layout));
  for (auto& layout : investor_layouts()) all.push_back(std::move(layout));
  for (auto& layout : economy_layouts()) all.push_back(std::move(layout));
  for (auto& layout : talent_layouts()) all.push_back(std::move(layout));
  return all;
}

std::string DataTable::cell(const CsvRow& row, std::string_view column) const {
  const std::size_t at = csv.column(column);
  return at == CsvTable::npos ? "" : trim(row.cells[at]);
}

std::string DataTable::key_of(const CsvRow& row) const {
  std::vector<std::string> parts;
  for (const auto& column : layout.key) parts.push_back(cell(row, column));
  return join(parts, ", ");
}

void DataRow::complain(const char* code, const std::string& message) {
  problems_->add(code, where(), message);
  ok_ = false;
}

void DataRow::complain_unknown(const std::string& kind, const std::string& id,
                               const std::vector<std::string>& known) {
  complain(data_error::unknown_reference, fmt::format("unknown {} '{}'{}", kind, id, suggestion(id, known)));
}

std::string DataRow::text(std::string_view column) {
  std::string value = optional_text(column);
  if (value.empty()) complain(data_error::bad_value, fmt::format("'{}' is empty", column));
  return value;
}

double DataRow::number(std::string_view column, double low, double high) {
  const std::string cell = optional_text(column);
  const auto value = parse_number(cell);
  if (!value || *value < low || *value > high) {
    const std::string range = high < std::numeric_limits<double>::max()
                                  ? fmt::format("from {} to {}", short_number(low), short_number(high))
                                  : fmt::format("of at least {}", short_number(low));
    complain(data_error::bad_value, fmt::format("{} = '{}' (must be a number {})", column, cell, range));
    return low;
  }
  return *value;
}

Shares DataRow::shares(std::string_view column) {
  const std::string cell = optional_text(column);
  const auto value = parse_integer(cell);
  if (!value || *value < 0) {
    complain(data_error::bad_value,
             fmt::format("{} = '{}' (must be a whole number of shares)", column, cell));
    return 0;
  }
  return *value;
}

Date DataRow::date(std::string_view column) {
  const std::string cell = optional_text(column);
  const auto value = parse_date(cell);
  if (!value)
    complain(data_error::bad_value, fmt::format("{} = '{}' (must be a date YYYY-MM-DD)", column, cell));
  return value.value_or(Date{});
}

int DataRow::second_of_day(std::string_view column) {
  const std::string cell = optional_text(column);
  const auto parts = split(cell, ':');
  const long long hour = parse_integer(parts[0]).value_or(-1);
  const long long minute = parts.size() == 2 ? parse_integer(parts[1]).value_or(-1) : -1;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
    complain(data_error::bad_value, fmt::format("{} = '{}' (must be a time HH:MM)", column, cell));
    return 0;
  }
  return static_cast<int>(hour * 3600 + minute * 60);
}

bool DataRow::yes(std::string_view column) { return word(column, {"no", "yes"}) == 1; }

std::size_t DataRow::word(std::string_view column, const std::vector<std::string>& words) {
  const std::string cell = optional_text(column);
  const auto at = std::find(words.begin(), words.end(), cell);
  if (at != words.end()) return static_cast<std::size_t>(at - words.begin());
  complain(data_error::bad_value,
           fmt::format("{} = '{}' (must be one of: {})", column, cell, join(words, ", ")));
  return 0;
}

const DataTable& DataTables::operator[](std::string_view name) const {
  const auto at = std::find_if(tables_.begin(), tables_.end(),
                               [&](const DataTable& table) { return table.layout.name == name; });
  CHOKEPOINT_EXPECT(at != tables_.end());
  return *at;
}

std::vector<DataRow> DataTables::rows(std::string_view name, Problems& problems) const {
  const DataTable& table = (*this)[name];
  std::vector<DataRow> result;
  for (const CsvRow& row : table.csv.rows) result.emplace_back(table, row, problems);
  return result;
}

namespace {

void check_columns(const DataTable& table, Problems& problems) {
  if (table.csv.columns.empty()) return;  // read_csv has complained about the file
  std::vector<std::string> needed = table.layout.columns;
  needed.insert(needed.end(), {"as_of", "source", "confidence"});
  for (const auto& column : needed) {
    if (table.csv.column(column) != CsvTable::npos) continue;
    problems.add(data_error::missing_column, {table.csv.path, 1, 0},
                 fmt::format("the table has no column '{}'", column));
  }
}

void check_keys(const DataTable& table, Problems& problems) {
  std::set<std::string> seen;
  for (const CsvRow& row : table.csv.rows) {
    const std::string key = table.key_of(row);
    if (seen.insert(key).second) continue;
    problems.add(data_error::repeated_key, row.where,
                 fmt::format("'{}' appears twice ({} names a row)", key, join(table.layout.key, ", ")));
  }
}

/// `2026`, `2026-06` or `2026-06-12`.
bool is_as_of(const std::string& text) {
  if (text.size() == 4) return parse_date(text + "-01-01").has_value();
  if (text.size() == 7) return parse_date(text + "-01").has_value();
  return parse_date(text).has_value();
}

bool states_source(const std::string& source) {
  return source.starts_with("assumption") || source.starts_with("derived") ||
         source.find("http://") != std::string::npos || source.find("https://") != std::string::npos;
}

void check_range(DataRow& row, const SourceColumns& columns) {
  const std::string source = row.optional_text(columns.source);
  const bool assumed = source.starts_with("assumption");
  const bool stated = !columns.low.empty() && !row.empty(columns.low) && !row.empty(columns.high);
  if (assumed && !stated) {
    const std::string where_to = columns.low.empty()
                                     ? "the table has no columns for one: give an address"
                                     : fmt::format("fill {} and {}", columns.low, columns.high);
    row.complain(data_error::provenance,
                 fmt::format("{} is an assumption without a range ({})", columns.source, where_to));
  }
  if (!stated) return;
  constexpr double any = std::numeric_limits<double>::max();
  const double low = row.number(columns.low, 0, any);
  const double high = row.number(columns.high, 0, any);
  const auto value = columns.value.empty() ? std::nullopt : parse_number(row.optional_text(columns.value));
  if (low > high || (value && (*value < low || *value > high))) {
    row.complain(
        data_error::bad_value,
        fmt::format("range {} to {} does not hold{} (set {} and {} with the value)", short_number(low),
                    short_number(high), value ? fmt::format(" {} = {}", columns.value, *value) : "",
                    columns.low, columns.high));
  }
}

void check_row_provenance(DataRow& row, const TableLayout& layout) {
  const std::string as_of = row.optional_text("as_of");
  if (!is_as_of(as_of)) {
    row.complain(data_error::provenance, fmt::format("as_of = '{}' (must be a year, month or date)", as_of));
  }
  const std::string confidence = row.optional_text("confidence");
  if (confidence != "high" && confidence != "medium" && confidence != "low") {
    row.complain(data_error::provenance,
                 fmt::format("confidence = '{}' (must be high, medium or low)", confidence));
  }
  for (const SourceColumns& columns : layout.sources) {
    const std::string source = row.optional_text(columns.source);
    if (!states_source(source)) {
      row.complain(data_error::provenance,
                   fmt::format("{} = '{}' (must hold an address, or begin with 'assumption' or 'derived')",
                               columns.source, source));
    }
    check_range(row, columns);
  }
}

}  // namespace

std::vector<DataTable> read_tables(const std::string& folder, std::vector<TableLayout> layouts,
                                   Problems& problems) {
  std::vector<DataTable> tables;
  for (TableLayout& layout : layouts) {
    DataTable table{std::move(layout), {}};
    table.csv = read_csv(folder + "/" + table.layout.name + ".csv", problems);
    check_columns(table, problems);
    check_keys(table, problems);
    tables.push_back(std::move(table));
  }
  return tables;
}

void check_share_sum(double sum, const DataTable& table, const SourcePosition& where, std::string_view group,
                     Problems& problems) {
  if (std::abs(sum - 1.0) <= 1e-9) return;
  problems.add(
      data_error::inconsistent, where,
      fmt::format("the shares of '{}' in '{}' sum to {:.12g} (must be 1)", group, table.layout.name, sum));
}

void check_provenance(const DataTables& tables, Problems& problems) {
  for (const DataTable& table : tables.all()) {
    for (DataRow& row : tables.rows(table.layout.name, problems)) check_row_provenance(row, table.layout);
  }
}

}  // namespace chokepoint
