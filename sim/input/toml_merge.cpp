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

std::size_t record_at(const toml::array& records, const std::string& id) {
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

void merge_record(toml::array& under, toml::table&& record, const std::string& list,
                  std::set<std::string>& own, Problems& problems) {
  const std::string id = id_of(record);
  const toml::node* id_node = record.get("id");
  const SourcePosition where = position_of(id_node == nullptr ? record.source() : id_node->source());
  const bool overrides = take_override(record, problems);
  const std::size_t at = record_at(under, id);
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
  const std::size_t at = record_at(records, rest);
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

/// A package of an earlier layer is laid over only by one that says so.
void check_packages(toml::table& under, toml::table& over, Problems& problems) {
  const toml::table* old = under.get("package") == nullptr ? nullptr : under.get("package")->as_table();
  toml::table* packages = over.get("package") == nullptr ? nullptr : over.get("package")->as_table();
  if (packages == nullptr) return;
  std::vector<std::string> refused;
  for (auto&& [key, value] : *packages) {
    if (!value.is_table()) continue;
    const bool known = old != nullptr && old->contains(key);
    const bool overrides = take_override(*value.as_table(), problems);
    if (known == overrides) continue;
    const std::string id(key.str());
    refused.push_back(id);
    problems.add(
        "E014", position_of(value.source()),
        known ? fmt::format("package '{}' exists already (line {} of {}) write override = true, or choose "
                            "another id",
                            id, position_of(old->get(id)->source()).line,
                            position_of(old->get(id)->source()).path)
              : fmt::format("'override' without anything to override (no earlier package '{}')", id));
  }
  for (const auto& id : refused) packages->erase(id);
}

}  // namespace

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

toml::table* find_record(toml::table& table, const std::string& list, const std::string& id) {
  toml::node* node = table.get(list);
  if (node == nullptr || !node->is_array()) return nullptr;
  toml::array& records = *node->as_array();
  const std::size_t at = record_at(records, id);
  return at == records.size() ? nullptr : records[at].as_table();
}

void merge_tables(toml::table& under, toml::table&& over, Problems& problems) {
  check_packages(under, over, problems);
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
