/// Strict reading of one TOML table: asking for a key makes it known, and whatever nobody asked for is a
/// complaint. Every complaint carries file, line and column of the key or value it is about.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/error.hpp"

namespace chokepoint {

SourcePosition position_of(const toml::source_region& region);
/// Reads a file; empty after a complaint (at `named_at` when there is no such file).
std::optional<toml::table> parse_toml_file(const std::string& path, const SourcePosition& named_at,
                                           Problems& problems);

/// The `id` of a table in a list, or "".
std::string id_of(const toml::node& record);

/// "a string", "an integer" ...: what a node is, for messages.
std::string kind_of(const toml::node& node);

enum class Presence { optional, required };

/// A key of a table with its value, in the order of the file.
struct TomlEntry {
  std::string key;
  SourcePosition where;
  const toml::node* value = nullptr;
};

/// Entries sorted by the layer they stand in, then by line and column (toml++ keeps keys by alphabet).
std::vector<TomlEntry> entries_in_file_order(const toml::table& table,
                                             const std::vector<std::string>& layers);

class TomlTable {
 public:
  /// `place` names the table in messages: "[run]", "event 'x'".
  TomlTable(const toml::table& table, SourcePosition where, std::string place, Problems& problems);

  /// Each `read` returns true when the key was there and its value could be taken.
  bool read(const std::string& key, std::string& value, Presence presence);
  bool read(const std::string& key, long long& value, Presence presence);
  bool read(const std::string& key, double& value, Presence presence);
  bool read(const std::string& key, bool& value, Presence presence);
  bool read(const std::string& key, Date& value, Presence presence);
  bool read(const std::string& key, Instant& value, Presence presence);
  bool read(const std::string& key, std::vector<std::string>& value, Presence presence);
  bool read(const std::string& key, std::vector<double>& value, Presence presence);

  /// The value of a key, or null; complains when a required key is missing.
  const toml::node* find(const std::string& key, Presence presence);
  const toml::table* table(const std::string& key, Presence presence);
  /// The tables of `[[key]]`, in order; a value of another kind is a complaint.
  std::vector<const toml::table*> records(const std::string& key);

  SourcePosition position(const std::string& key) const;
  const SourcePosition& where() const { return where_; }
  const std::string& place() const { return place_; }
  /// Complains that the value of `key` is not `wanted`.
  void wrong_kind(const std::string& key, const toml::node& node, const std::string& wanted);

  std::vector<std::string> known() const { return {known_.begin(), known_.end()}; }
  /// Keys nobody asked for.
  std::vector<TomlEntry> unknown() const;
  void complain_of_unknown(const TomlEntry& entry);
  /// Complains of every key nobody asked for.
  void finish();

 private:
  const toml::table& table_;
  SourcePosition where_;
  std::string place_;
  Problems& problems_;
  std::set<std::string> known_;
};

}  // namespace chokepoint
