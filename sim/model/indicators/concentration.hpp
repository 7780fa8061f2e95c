/// Who takes how much: concentration of spending on models among vendors, of the world and by region.
///
///   H = sum_v s_v^2,   s_v = x_v / sum x
///
/// x: spending on a vendor's models. H = 1: one vendor has all; 1/n: n vendors have the same; 0 where nobody
/// spends. A winner that takes its part of a divided world shows as H that rises by region and falls for the
/// world. Reference: the index of Herfindahl, http://sciref.net/o31076.html
/// Neglects: products without vendor, which earn nobody revenue; common owners of vendors.
/// Tests: tests/unit/concentration_test.cpp.
#pragma once

#include <array>
#include <span>

#include "sim/model/types.hpp"

namespace chokepoint {

/// Shares or amounts, none negative: only their proportions count.
double herfindahl(std::span<const double> shares);

struct Concentration {
  double world = 0;
  std::array<double, region_count> region{};
};

/// `vendor_spend` is [vendor][region], as Usage has it.
Concentration concentration(std::span<const double> vendor_spend);

}  // namespace chokepoint
