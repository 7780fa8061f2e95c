/// The JSON Schema of scenario files, for editors: keys, types, ranges, words of closed classes, defaults and
/// meanings, from scenario_keys, the registry of parameters and the instruments' own lists.
///
/// Draft 7, with keywords that are in draft 4 as well, since editors of TOML know these: an event is any one
/// of the definitions `event-<instrument>`. Dates count as text in their form. A schema cannot say what the
/// reader checks beyond single values: `chokepoint check` stays the judge.
#pragma once

#include <string>

namespace chokepoint {

/// The whole document, with a line break at its end. The committed copy is data/schema/scenario-1.json.
std::string scenario_schema();

}  // namespace chokepoint
