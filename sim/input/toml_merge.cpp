#include "sim/input/toml_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "sim/base/text.hpp"
#include "sim/input/toml_table.hpp"

namespace chokepoint {
namespace {

constexpr std::array<const char*, 4> record_lists{"event", "rule", "metric", "check"};

bool is_record_list(std::string_view key) {
  return std::find(record_lists.begin(), record_lists.end(), key) != record_lists.end();
}

std::string id_of(const toml::node& record) {
  const toml::table* table = record.as_table();
  const toml::node* id = table == nullptr ? nullptr : table->get("id");
  return id != nullptr && id->is_string() ? id->as_string()->get() : "";
}

std::size_t find_record(const toml::array& records, const std::string& id) {
  std::size_t at = 0;
  while (at < records.size() && (id.empty() || id_of(records[at]) != id)) ++at;
  return at;
}

/// The record's `override`, taken out of it.
bool take_override(toml::table& record, Problems& problems) {
  bool override_given = false;
  TomlTable(record, {}, "record", problems).read("override", override_given, Presence::optional);
  record.erase("override");
  return override_given;
}

void lay_over(toml::table& under, toml::table&& over) {
  for (auto&& [key, value] : over) {
    toml::node* old = under.get(key.str());
    if (old != nullptr && old->is_table() && value.is_table()) {
      lay_over(*old->as_table(), std::move(*value.as_table()));
    } else {
      under.erase(key.str());  // so that the key's position is the new one
      under.insert(key, std::move(value));
    }
  }
}

void merge_record(toml::array& under, toml::table&& record, const std::string& list,
                  std::set<std::string>& own, Problems& problems) {
  const std::string id = id_of(record);
  const toml::node* id_node = record.get("id");
  const SourcePosition where = position_of(id_node == nullptr ? record.source() : id_node->source());
  const bool overrides = take_override(record, problems);
  const std::size_t at = find_record(under, id);
  const bool known = at < under.size();
  if (!overrides && !known) {
    own.insert(id);
    under.push_back(std::move(record));
  } else if (!known) {
    problems.add("E014", where,
                 fmt::format("'override' without anything to override (no earlier {} '{}')", list, id));
  } else if (!overrides || own.contains(id)) {
    problems.add(
        "E014", where,
        fmt::format("{} '{}' exists already ({}) write override = true in a file that extends it, or "
                    "choose another id",
                    list, id,
                    position_of(under[at].source()).path + ":" +
                        std::to_string(position_of(under[at].source()).line)));
  } else {
    own.insert(id);
    lay_over(*under[at].as_table(), std::move(record));
  }
}

/// Splits "set.a.b" into "set" and "a.b".
std::pair<std::string, std::string> split_head(const std::string& path) {
  const std::size_t dot = path.find('.');
  if (dot == std::string::npos) return {path, ""};
  return {path.substr(0, dot), path.substr(dot + 1)};
}

bool remove_path(toml::table& table, const std::string& path) {
  if (table.erase(path) > 0) return true;
  const auto [head, rest] = split_head(path);
  toml::node* node = table.get(head);
  if (node == nullptr || rest.empty()) return false;
  if (node->is_table()) return remove_path(*node->as_table(), rest);
  if (!is_record_list(head) || !node->is_array()) return false;
  toml::array& records = *node->as_array();
  const std::size_t at = find_record(records, rest);
  if (at == records.size()) return false;
  records.erase(records.begin() + static_cast<std::ptrdiff_t>(at));
  return true;
}

/// What could be removed: for suggestions.
std::vector<std::string> removable(const toml::table& table) {
  std::vector<std::string> paths;
  for (const auto& [key, value] : table) {
    const std::string head(key.str());
    paths.push_back(head);
    if (value.is_table()) {
      for (const auto& path : removable(*value.as_table())) paths.push_back(head + "." + path);
    } else if (is_record_list(head) && value.is_array()) {
      for (const toml::node& record : *value.as_array()) paths.push_back(head + "." + id_of(record));
    }
  }
  return paths;
}

}  // namespace

void merge_tables(toml::table& under, toml::table&& over, Problems& problems) {
  for (const char* list : record_lists) {
    toml::node* records = over.get(list);
    toml::node* old = under.get(list);
    if (records != nullptr && records->is_array() && records->as_array()->empty()) {
      problems.add(
          "E033", position_of(records->source()),
          fmt::format("'{0}' must be written as [[{0}]] (an empty list removes nothing) use 'remove'", list));
      over.erase(list);
      continue;
    }
    if (records == nullptr || !records->is_array_of_tables() || (old != nullptr && !old->is_array()))
      continue;
    if (old == nullptr) {
      toml::array empty;
      under.insert(list, std::move(empty));
      old = under.get(list);
    }
    std::set<std::string> own;
    for (toml::node& record : *records->as_array()) {
      merge_record(*old->as_array(), std::move(*record.as_table()), list, own, problems);
    }
    over.erase(list);
  }
  lay_over(under, std::move(over));
}

void remove_entries(toml::table& table, const std::vector<Removal>& removals, Problems& problems) {
  for (const Removal& removal : removals) {
    if (remove_path(table, removal.path)) continue;
    problems.add("E015", removal.where,
                 fmt::format("cannot remove '{}' (it is not there){}", removal.path,
                             suggestion(removal.path, removable(table))));
  }
}

}  // namespace chokepoint
