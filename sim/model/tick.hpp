/// One trading day, as a list of verbs. Nothing else moves the world.
#pragma once

#include "sim/model/plan.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

/// Runs day `day` of the plan's calendar. Throws Error{run_failed} when an identity breaks.
void tick(World& world, const Parameters& params, const RandomStream& random, const Plan& plan,
          std::size_t day);

/// Fingerprint of prices, holdings of cash and attention: equal for arms that have not differed yet.
std::uint64_t fingerprint(const World& world);

}  // namespace chokepoint
