/// All that a run's future depends on, field by field: for hashing, comparing and naming.
///
/// Left out, each because nothing is lost with it:
///   Facts, `lines`          never change in a run
///   `holding_view`          a copy of `holding`, made anew with every change of it
///   `clearing`              work space, filled anew by every clear, and counters that nothing in a run reads
///   `spells`                the access of each day told over time; nothing in a run reads it
/// The kept factors of the solver (`chord`) are in: where an iteration starts decides the last digits of a
/// price.
///
/// A member that is added to a struct does not compile until it is told in state_fields.cpp,
/// economy_fields.cpp or law_fields.cpp, for all members are bound there by name. Tests:
/// tests/unit/state_fields_test.cpp.
#pragma once

#include <cstdint>

#include "sim/model/state_field.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

/// Calls `visit` for every field, always in the same order.
void visit_state(const World& world, const StateVisitor& visit);
void visit_state(const Economy& economy, const StateVisitor& visit);

/// Of the whole state: equal for arms that have not differed yet.
std::uint64_t fingerprint(const World& world);
std::uint64_t fingerprint(const Economy& economy);

}  // namespace chokepoint
