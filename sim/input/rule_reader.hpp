/// [[rule]], [package.<id>], and events that announce several measures at once.
///
/// A measure is written with the keys of its instrument, `attention`, and `force`, `level` and `duration`
/// where its instrument is a measure that binds. Its id is that of the rule or event with a number:
/// `hk_bridge.1`.
#pragma once

#include <toml++/toml.h>

#include <set>
#include <string>
#include <vector>

#include "sim/input/scenario.hpp"
#include "sim/input/toml_table.hpp"

namespace chokepoint {

/// The packages of a scenario, and who has adopted them so far.
class Packages {
 public:
  Packages(TomlTable& top, const std::vector<std::string>& layers, Problems& problems);

  /// The measures of a record: those of the package that `key` names, or its own under `measures`. Complains
  /// of both, neither, and of a package that does not exist.
  std::vector<Event> measures_of(TomlTable& record, const char* key);
  /// Complains of packages that nobody adopts.
  void finish() const;

 private:
  std::vector<Package> packages_;
  std::set<std::string> adopted_;
  Problems& problems_;
};

/// True for an [[event]] that announces several measures: it has `package` or `measures`.
bool announces_several(const toml::table& event);
/// The events of such a record, one of each measure, in its order.
std::vector<Event> read_several(const toml::table& event, Packages& packages, Problems& problems);

/// One record; the scenario's events have been read.
Rule read_rule(const toml::table& record, const Scenario& scenario, Packages& packages, Problems& problems);
/// [[rule]]; the scenario's events have been read. Complains of ids and groups by which items could not be
/// told apart.
void read_rules(TomlTable& top, Packages& packages, Scenario& scenario, Problems& problems);

}  // namespace chokepoint
