/// Facts about compute: chips, what vendors have of them, what China makes itself, and the rules of T0.
#pragma once

#include "sim/input/facts_tables.hpp"
#include "sim/model/compute/chip_rules.hpp"
#include "sim/model/compute_facts.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

/// Reads chips, vendor_compute and chip_rules of a folder. Vendors must have been read; rules that began
/// after `facts.as_of` are left out. A folder with none of the three describes a world without compute; one
/// or two of them are a complaint.
void read_compute(const std::string& dir, const Facts& facts, ComputeFacts& compute, ChipPolicy& at_start,
                  Problems& problems);

}  // namespace chokepoint
