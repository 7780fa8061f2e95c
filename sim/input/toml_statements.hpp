/// A TOML table as a list of statements: one for each value, and one for the head of each record.
#pragma once

#include <toml++/toml.h>

#include <vector>

#include "sim/input/setting_history.hpp"

namespace chokepoint {

/// In the order of the file. Records are the entries of [[list]] that have an `id`, and the tables of [arm]
/// and [package].
std::vector<Statement> statements_of(const toml::table& table);

}  // namespace chokepoint
