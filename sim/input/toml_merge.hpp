/// The two operations on layers: laying one table over another, and removing entries.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace chokepoint {

/// An entry of `remove`.
struct Removal {
  std::string path;
  SourcePosition where;
};

/// Lays `over` over `under` by the rules in toml_layers.hpp.
void merge_tables(toml::table& under, toml::table&& over, Problems& problems);
/// Key by key, without records: what `over` says stands.
void lay_over(toml::table& under, toml::table&& over);
/// The record of a list ([[event]], [[rule]]) with this id, or null.
toml::table* find_record(toml::table& table, const std::string& list, const std::string& id);
void remove_entries(toml::table& table, const std::vector<Removal>& removals, Problems& problems);

}  // namespace chokepoint
