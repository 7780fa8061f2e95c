/// Researchers whose nationality is barred from the models of the vendor that employs them.
///
/// They are less productive by `talent.lock_out_productivity_loss`, and each week quit with the chance
/// that `talent.lock_out_quit_hazard` per month implies; who quits searches at once (mobility.hpp) and
/// joins a vendor that does not lock them out, if the place has one. With a hazard of zero no draw is
/// made and nobody's place or employer differs.
/// Assumption: no observation of either effect was found; both are assumptions with wide ranges.
/// Neglects: redeployment to work without the models; hiring of replacements; that others who move for
/// their own reasons may shun a vendor that would lock them out.
/// Tests: tests/unit/talent_lock_out_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/model/talent/talent.hpp"

namespace chokepoint {

/// Takes those who quit off their vendor's staff, counts them and returns them, in order. `locked_out` by
/// vendor and nationality.
std::vector<std::size_t> quit_locked_out(Talent& talent, const TalentParams& params,
                                         std::span<const char> locked_out, const RandomStream& random,
                                         std::uint16_t week);

/// [persons] locked out, by nationality, of one vendor.
PersonsByNationality locked_out_persons(const Talent& talent, std::span<const char> locked_out,
                                        std::size_t vendor);

/// Output of a vendor's research staff over what the same staff would do without lock-out; 1 without staff.
double productive_share(const Talent& talent, const TalentParams& params, std::span<const char> locked_out,
                        std::size_t vendor);

}  // namespace chokepoint
