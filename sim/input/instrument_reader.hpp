/// Reading words of closed classes and the keys of an instrument from a TOML table.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "sim/base/text.hpp"
#include "sim/input/scenario_quantity.hpp"
#include "sim/input/toml_table.hpp"
#include "sim/model/event.hpp"

namespace chokepoint {

/// A word of a closed class, by index; complains of any other.
template <class Words>
std::optional<std::size_t> read_word(TomlTable& table, const std::string& key, const Words& allowed,
                                     Presence presence, Problems& problems) {
  std::string word;
  if (!table.read(key, word, presence)) return std::nullopt;
  const auto at = std::find(allowed.begin(), allowed.end(), word);
  if (at != allowed.end()) return static_cast<std::size_t>(at - allowed.begin());
  const std::vector<std::string> words(allowed.begin(), allowed.end());
  problems.add(
      "E034", table.position(key),
      fmt::format("'{}' = '{}' is none of: {}{}", key, word, join(words, ", "), suggestion(word, words)));
  return std::nullopt;
}

/// Walks the keys of an instrument and fills them from the event's table.
class InstrumentReader {
 public:
  InstrumentReader(TomlTable& event, Problems& problems) : event_(event), problems_(problems) {}

  template <class T>
  void required(const char* name, T& value, const char*, const char* unit = "") {
    read(name, value, Presence::required, unit);
  }
  template <class T>
  void optional(const char* name, T& value, const char*, const char* unit = "") {
    read(name, value, Presence::optional, unit);
  }
  /// Values that only the data can settle.
  const std::vector<Unsettled>& unsettled() const { return unsettled_; }
  /// The sub-tables that were opened.
  std::map<std::string, TomlTable>& nested() { return nested_; }

 private:
  /// The table that holds `name` ("claim.price" is `price` in the event's `claim`), or null; strips the path.
  TomlTable* owner_of(std::string& name, Presence presence) {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return &event_;
    const std::string outer = name.substr(0, dot);
    name = name.substr(dot + 1);
    if (const auto opened = nested_.find(outer); opened != nested_.end()) return &opened->second;
    if (closed_.contains(outer)) return nullptr;
    const toml::table* table = event_.table(outer, presence);
    if (table == nullptr) {
      closed_.insert(outer);
      return nullptr;
    }
    const std::string place = fmt::format("'{}' of {}", outer, event_.place());
    return &nested_.emplace(outer, TomlTable(*table, event_.position(outer), place, problems_)).first->second;
  }

  template <class T>
  void read(const std::string& key, T& value, Presence presence, const char* unit) {
    std::string name = key;
    TomlTable* table = owner_of(name, presence);
    if (table == nullptr) return;
    if constexpr (std::is_same_v<T, double> || std::is_same_v<T, std::optional<double>>) {
      take_number(*table, key, name, value, presence, unit);
    } else {
      take(*table, name, value, presence);
      if constexpr (std::is_same_v<T, std::vector<std::string>>) note_selections(*table, key, name);
    }
  }
  template <class T>
  void take(TomlTable& table, const std::string& name, T& value, Presence presence) {
    table.read(name, value, presence);
  }
  void take(TomlTable& table, const std::string& name, std::optional<Date>& value, Presence presence) {
    Date date;
    if (table.read(name, date, presence)) value = date;
  }

  /// A number, or text with a unit. Money of another currency stays in it until the rates are known.
  template <class T>
  void take_number(TomlTable& table, const std::string& key, const std::string& name, T& value,
                   Presence presence, const std::string& unit) {
    const toml::node* node = table.find(name, presence);
    if (node == nullptr || unit.empty() || !node->is_string()) {
      double number = 0;
      if (table.read(name, number, Presence::optional)) value = number;
      return;
    }
    const std::string& text = node->as_string()->get();
    if (const auto money = foreign_money(unit, text)) {
      value = money->amount;
      unsettled_.push_back({key, money->currency, table.position(name)});
    } else if (const auto number = value_in_unit(name, unit, text, table.position(name), problems_)) {
      value = *number;
    }
  }

  /// Items such as "firm[headquarters=CN]".
  void note_selections(TomlTable& table, const std::string& key, const std::string& name) {
    const toml::node* node = table.find(name, Presence::optional);
    if (node == nullptr || !node->is_array()) return;
    for (const toml::node& item : *node->as_array()) {
      if (!item.is_string() || item.as_string()->get().find('[') == std::string::npos) continue;
      unsettled_.push_back({key, item.as_string()->get(), position_of(item.source())});
    }
  }

  void take(TomlTable& table, const std::string& name, ClosedClass& value, Presence presence) {
    const auto word = read_word(table, name, value.allowed, presence, problems_);
    if (word) value.value = *(value.allowed.begin() + static_cast<std::ptrdiff_t>(*word));
  }

  TomlTable& event_;
  Problems& problems_;
  std::map<std::string, TomlTable> nested_;
  std::vector<Unsettled> unsettled_;
  std::set<std::string> closed_;  // missing or no tables: complained of once
};

}  // namespace chokepoint
