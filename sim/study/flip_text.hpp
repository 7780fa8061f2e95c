/// What would have to be true, in sentences and tables. Tests: tests/unit/flip_test.cpp.
#pragma once

#include <string>

#include "sim/study/flip.hpp"

namespace chokepoint {

/// The headline, the smallest single change, the others, the joint change, what could not be looked at.
std::string flip_text(const Study& study, const FlipQuestion& question, const Flip& flip);

/// "Reverses if vendor.uses_per_person falls below 3.1 (here 10; -1.2 prior sd), all else as it is.", or what
/// comes nearest.
std::string smallest_change(const Flip& flip);

/// The joint change, with the parameters that carry four fifths of its squared length.
std::string joint_change(const Flip& flip);

/// flip.csv: a row for each parameter and direction; flip_joint.csv: the joint change.
void write_flip(const Flip& flip, const std::string& folder);

}  // namespace chokepoint
