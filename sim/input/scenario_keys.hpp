/// The keys of scenario files as rows: what `chokepoint schema` prints is made of them, of the parameters and
/// of the instruments' own keys. A key that a reader learns is a row here; a test compares with what readers
/// know (tests/unit/scenario_schema_test.cpp).
#pragma once

#include <span>
#include <string_view>

namespace chokepoint {

struct KeyRow {
  std::string_view table;  ///< "" for the top of the file; "measure" are keys that measures add to an event
  std::string_view key;
  bool required = false;  ///< in a file that extends no other and is no base
  std::string_view type;  ///< a word that scenario_schema.cpp knows
  std::string_view meaning;
};

std::span<const KeyRow> scenario_keys();

}  // namespace chokepoint
