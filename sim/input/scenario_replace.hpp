/// `replace` of an arm: an event or rule that has other keys in this arm.
///
/// The record is read again with the keys of `replace` laid over its own, and checked as a whole. It is moved
/// out of a tree made for the purpose, since a copied toml++ node forgets where it came from.
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <string>

#include "sim/input/scenario.hpp"
#include "sim/input/toml_table.hpp"

namespace chokepoint {

/// Makes the merged tree of the scenario anew, as all of it was read from.
using FreshTree = std::function<toml::table()>;

/// Reads one entry of `replace` into the arm, whose `exclude` has been read. Complains of items that are
/// unknown or excluded, of keys that tell an item from others, and of a replacement that changes nothing.
void read_replacement(const TomlEntry& entry, const std::vector<std::string>& known, const FreshTree& fresh,
                      const Scenario& scenario, Arm& arm, Problems& problems);

}  // namespace chokepoint
