/// The layers of a scenario: a file and the files it extends, merged into one TOML table.
///
///   Files in `extends` (paths relative to the file) come first, left to right, then the file itself.
///   Tables merge key by key; lists of values are replaced whole.
///   [[event]], [[rule]], [[metric]] and [[check]] merge by `id`, [package.<id>] by its name; using one again
///   needs `override = true`.
///   `remove = ["event.x", "set.a.b"]` is applied last in each file; what is not there cannot be removed.
///
/// Nodes are moved, never copied: a copied toml++ node forgets where it came from.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/input/setting_history.hpp"

namespace chokepoint {

struct LayeredToml {
  toml::table table;
  std::vector<std::string> layers;    ///< files in the order in which they were merged
  std::vector<Statement> statements;  ///< what each file says, in the order in which they were merged
  bool is_base = false;               ///< the last file says kind = "base"
  bool complete = true;               ///< false: a layer could not be read, so nothing can be called missing
};

/// `schema`, `extends`, `remove`, `kind` are taken out; `id` and `title` are the last file's own.
LayeredToml read_layers(const std::string& path, Problems& problems);

}  // namespace chokepoint
