/// State in words: which variable of whom, and what it was.
#pragma once

#include <optional>
#include <string>

#include "sim/model/state_fields.hpp"

namespace chokepoint {

/// "account 17 (fund/CN#3) of line 2513.HK" for an element of a field; empty for a single number.
std::string place_of(const World& world, const StateField& field, std::size_t element);

/// The number as it is written, with all its digits.
std::string value_text(const StateField& field, std::size_t element);

/// Where two states part: the first element that differs, and how much else does.
struct StateDifference {
  std::string variable;       ///< "cash"
  std::string place;          ///< whose; empty: nobody's in particular
  std::string unit;           ///< empty: none
  std::string here, there;    ///< its values in the two worlds
  std::size_t elements = 0;   ///< of the same variable that differ too
  std::size_t variables = 0;  ///< others that differ
};

/// Empty when the states are the same bits.
std::optional<StateDifference> difference(const World& here, const World& there);

/// "cash of account 17 (fund/CN#3)".
std::string name_of(const StateDifference& difference);

}  // namespace chokepoint
