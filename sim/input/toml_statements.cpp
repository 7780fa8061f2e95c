#include "sim/input/toml_statements.hpp"

#include <fmt/format.h>

#include <sstream>

#include "sim/base/text.hpp"
#include "sim/input/toml_table.hpp"

namespace chokepoint {
namespace {

/// A value on one line: numbers as short as they read back, texts without quotation marks.
std::string text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_floating_point()) return fmt::format("{}", number->get());
  if (const auto* list = node.as_array()) {
    std::vector<std::string> items;
    for (const toml::node& item : *list) items.push_back(text_of(item));
    return fmt::format("[{}]", join(items, ", "));
  }
  std::ostringstream out;
  node.visit([&](const auto& value) { out << value; });
  return out.str();
}

bool holds_records(const std::string& key) { return key == "arm" || key == "package"; }

class StatementList {
 public:
  void add_table(const toml::table& table, const std::string& prefix) {
    for (const TomlEntry& entry : entries_in_file_order(table, {})) {
      const std::string path = prefix + entry.key;
      if (entry.value->is_table()) {
        const bool records = prefix.empty() && holds_records(entry.key);
        if (records) add_named(*entry.value->as_table(), path + ".");
        if (!records) add_table(*entry.value->as_table(), path + ".");
      } else if (prefix.empty() && entry.value->is_array_of_tables()) {
        add_list(*entry.value->as_array(), path + ".");
      } else {
        all_.push_back({Statement::Kind::value, path, text_of(*entry.value), entry.where});
      }
    }
  }
  std::vector<Statement> take() { return std::move(all_); }

 private:
  void add_named(const toml::table& records, const std::string& prefix) {
    for (const TomlEntry& entry : entries_in_file_order(records, {})) {
      if (!entry.value->is_table()) continue;
      all_.push_back({Statement::Kind::record, prefix + entry.key, "", entry.where});
      add_table(*entry.value->as_table(), prefix + entry.key + ".");
    }
  }

  void add_list(const toml::array& records, const std::string& prefix) {
    for (const toml::node& record : records) {
      const std::string id = id_of(record);
      if (id.empty()) continue;
      all_.push_back({Statement::Kind::record, prefix + id, "", position_of(record.source())});
      add_table(*record.as_table(), prefix + id + ".");
    }
  }

  std::vector<Statement> all_;
};

}  // namespace

std::vector<Statement> statements_of(const toml::table& table) {
  StatementList list;
  list.add_table(table, "");
  return list.take();
}

}  // namespace chokepoint
