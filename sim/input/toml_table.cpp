#include "sim/input/toml_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <tuple>

#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

/// The value as a T, or empty: integers are taken for numbers, nothing else is converted.
template <class T>
std::optional<T> exact(const toml::node& node) {
  if constexpr (std::is_same_v<T, double>) {
    if (const auto* whole = node.as_integer()) return static_cast<double>(whole->get());
  }
  const auto* value = node.as<T>();
  if (value == nullptr) return std::nullopt;
  return value->get();
}

Date to_date(const toml::date& date) { return make_date(date.year, date.month, date.day); }

}  // namespace

std::optional<toml::table> parse_toml_file(const std::string& path, const SourcePosition& named_at,
                                           Problems& problems) {
  std::error_code ignored;
  std::ifstream file(path, std::ios::binary);
  if (!std::filesystem::is_regular_file(path, ignored) || !file) {
    problems.add("E010", named_at, fmt::format("cannot read '{}' (no such file)", path));
    return std::nullopt;
  }
  std::stringstream text;
  text << file.rdbuf();
  try {
    return toml::parse(text.str(), path);
  } catch (const toml::parse_error& error) {
    problems.add("E010", position_of(error.source()), fmt::format("not valid TOML: {}", error.description()));
    return std::nullopt;
  }
}

SourcePosition position_of(const toml::source_region& region) {
  const std::string path = region.path ? *region.path : "";
  if (path.starts_with("--set")) return {path, 0, 0};  // typed on the command line
  return {path, region.begin.line, region.begin.column};
}

std::string kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return node.is_array_of_tables() ? "a list of tables" : "a list";
    case toml::node_type::string:
      return "text";
    case toml::node_type::integer:
      return "an integer";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time of day";
    default:
      return "a date with time";
  }
}

std::string id_of(const toml::node& record) {
  const toml::table* table = record.as_table();
  const toml::node* id = table == nullptr ? nullptr : table->get("id");
  return id != nullptr && id->is_string() ? id->as_string()->get() : "";
}

std::vector<TomlEntry> entries_in_file_order(const toml::table& table,
                                             const std::vector<std::string>& layers) {
  std::vector<TomlEntry> entries;
  for (const auto& [key, value] : table) {
    entries.push_back({std::string(key.str()), position_of(key.source()), &value});
  }
  const auto rank = [&](const TomlEntry& entry) {
    const auto layer = std::find(layers.begin(), layers.end(), entry.where.path) - layers.begin();
    return std::tuple(layer, entry.where.line, entry.where.column);
  };
  std::stable_sort(entries.begin(), entries.end(),
                   [&](const TomlEntry& a, const TomlEntry& b) { return rank(a) < rank(b); });
  return entries;
}

TomlTable::TomlTable(const toml::table& table, SourcePosition where, std::string place, Problems& problems)
    : table_(table), where_(std::move(where)), place_(std::move(place)), problems_(problems) {}

const toml::node* TomlTable::find(const std::string& key, Presence presence) {
  known_.insert(key);
  const toml::node* node = table_.get(key);
  if (node == nullptr && presence == Presence::required) {
    problems_.add("E030", where_, fmt::format("'{}' is missing (every {} needs it)", key, place_));
  }
  return node;
}

SourcePosition TomlTable::position(const std::string& key) const {
  const toml::node* node = table_.get(key);
  return node == nullptr ? where_ : position_of(node->source());
}

void TomlTable::wrong_kind(const std::string& key, const toml::node& node, const std::string& wanted) {
  problems_.add("E033", position_of(node.source()),
                fmt::format("'{}' must be {} (found {})", key, wanted, kind_of(node)));
}

bool TomlTable::read(const std::string& key, std::string& value, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node == nullptr) return false;
  const auto text = exact<std::string>(*node);
  if (!text) return wrong_kind(key, *node, "text"), false;
  if (trim(*text).empty()) {
    problems_.add("E035", position_of(node->source()),
                  fmt::format("'{}' is empty (leave it out or say it)", key));
    return false;
  }
  value = *text;
  return true;
}

bool TomlTable::read(const std::string& key, long long& value, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node == nullptr) return false;
  const auto whole = exact<std::int64_t>(*node);
  if (!whole) return wrong_kind(key, *node, "an integer"), false;
  value = *whole;
  return true;
}

bool TomlTable::read(const std::string& key, double& value, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node == nullptr) return false;
  const auto number = exact<double>(*node);
  if (!number || !std::isfinite(*number)) return wrong_kind(key, *node, "a finite number"), false;
  value = *number;
  return true;
}

bool TomlTable::read(const std::string& key, bool& value, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node == nullptr) return false;
  const auto yes = exact<bool>(*node);
  if (!yes) return wrong_kind(key, *node, "true or false"), false;
  value = *yes;
  return true;
}

bool TomlTable::read(const std::string& key, Date& value, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node == nullptr) return false;
  const auto date = exact<toml::date>(*node);
  if (!date) return wrong_kind(key, *node, "a date such as 2026-06-12, without quotes"), false;
  value = to_date(*date);
  return true;
}

bool TomlTable::read(const std::string& key, Instant& value, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node == nullptr) return false;
  const auto moment = exact<toml::date_time>(*node);
  if (!moment || !moment->offset) {
    wrong_kind(key, *node, "a date with time and offset such as 2026-06-12T17:21:00-04:00, without quotes");
    return false;
  }
  const int second = moment->time.hour * 3600 + moment->time.minute * 60 + moment->time.second;
  value = to_instant(to_date(moment->date), second, moment->offset->minutes * 60);
  return true;
}

bool TomlTable::read(const std::string& key, std::vector<std::string>& value, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node == nullptr) return false;
  if (!node->is_array()) return wrong_kind(key, *node, "a list of texts"), false;
  std::vector<std::string> texts;
  bool good = true;
  for (const toml::node& item : *node->as_array()) {
    const auto text = exact<std::string>(item);
    if (!text || trim(*text).empty()) {
      wrong_kind(key, item, "a list of texts that are not empty");
      good = false;
      continue;
    }
    if (std::find(texts.begin(), texts.end(), *text) != texts.end()) {
      problems_.add("E036", position_of(item.source()), fmt::format("'{}' stands twice in '{}'", *text, key));
      good = false;
    }
    texts.push_back(*text);
  }
  if (good) value = std::move(texts);
  return good;
}

bool TomlTable::read(const std::string& key, std::vector<double>& value, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node == nullptr) return false;
  if (!node->is_array()) return wrong_kind(key, *node, "a list of numbers"), false;
  std::vector<double> numbers;
  bool good = true;
  for (const toml::node& item : *node->as_array()) {
    const auto number = exact<double>(item);
    if (!number || !std::isfinite(*number)) {
      wrong_kind(key, item, "a list of finite numbers");
      good = false;
    } else {
      numbers.push_back(*number);
    }
  }
  if (good) value = std::move(numbers);
  return good;
}

const toml::table* TomlTable::table(const std::string& key, Presence presence) {
  const toml::node* node = find(key, presence);
  if (node != nullptr && !node->is_table()) wrong_kind(key, *node, "a table");
  return node == nullptr ? nullptr : node->as_table();
}

std::vector<const toml::table*> TomlTable::records(const std::string& key) {
  std::vector<const toml::table*> records;
  const toml::node* node = find(key, Presence::optional);
  if (node == nullptr) return records;
  if (!node->is_array()) return wrong_kind(key, *node, fmt::format("written as [[{}]]", key)), records;
  for (const toml::node& item : *node->as_array()) {
    if (item.is_table()) {
      records.push_back(item.as_table());
    } else {
      wrong_kind(key, item, fmt::format("written as [[{}]]", key));
    }
  }
  return records;
}

std::vector<TomlEntry> TomlTable::unknown() const {
  std::vector<TomlEntry> rest;
  for (TomlEntry& entry : entries_in_file_order(table_, {})) {
    if (!known_.contains(entry.key)) rest.push_back(std::move(entry));
  }
  return rest;
}

void TomlTable::complain_of_unknown(const TomlEntry& entry) {
  const std::string near = suggestion(entry.key, known());
  const std::string hint = near.empty() ? " known here: " + join(known(), ", ") : near;
  problems_.add("E012", entry.where,
                fmt::format("unknown key '{}' (not a key of {}){}", entry.key, place_, hint));
}

void TomlTable::finish() {
  for (const TomlEntry& entry : unknown()) complain_of_unknown(entry);
}

}  // namespace chokepoint
