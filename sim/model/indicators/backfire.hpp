/// Does a denial make those who are denied stronger? Levels whose difference between two arms answers it.
///
/// The index is a difference between an arm with the policy and its twin without, same draws, and so cannot
/// be told inside a run. A run records levels for each region; the study takes paired differences:
///
///   B_compute = [effective_compute(target)]_policy - [..]_twin                          log points
///   B_market  = [third_country_share(target)]_policy - [..]_twin                        share
///   B_value   = [ln value(target) - ln value(sender)]_policy - [..]_twin                log points
///
///   effective_compute(region)   = mean over its vendors with a usable model of c_f / compute_weight
///   third_country_share(region) = what enterprises of ROW and HK spend on vendors of the region, over what
///                                 they spend on all vendors; users of the region itself do not count
///
/// Above 0: the policy strengthened its target in that channel. c_f / compute_weight is capability in the
/// compute that it would take: ln(compute x algorithms) up to a constant that the difference removes. With
/// compute_weight 0, where compute does not count, points are converted at the default weight. Market values
/// are recorded already; B_value needs nothing from here.
/// Neglects: size of vendors (each counts once); use of public weights on own machines, which no vendor is
/// paid for. Differences between arms with different compute_weight mean nothing.
/// Tests: tests/unit/backfire_test.cpp.
#pragma once

#include <span>

#include "sim/model/capability.hpp"

namespace chokepoint {

/// [log points]; 0 for a region none of whose vendors has a usable model.
double effective_compute(const CapabilityParams& params, const Facts& facts, const Capability& capability,
                         Region region);

/// [share in 0..1]; 0 when nothing is spent. `vendor_spend` is [vendor][region of use] (Usage::vendor_spend).
double third_country_share(const Facts& facts, std::span<const double> vendor_spend, Region region);

}  // namespace chokepoint
