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
void remove_entries(toml::table& table, const std::vector<Removal>& removals, Problems& problems);

}  // namespace chokepoint
