/// One trading day, as a list of verbs. Nothing else moves the world.
#pragma once

#include "sim/model/plan.hpp"
#include "sim/model/verbs.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

/// Runs day `day` of the plan's calendar; `observer` may look at the world after each verb, those of the
/// economy's day included. Throws Error{run_failed} when an identity breaks.
void tick(World& world, const Parameters& params, const RandomStream& random, const Plan& plan,
          std::size_t day, const VerbObserver& observer = {});

}  // namespace chokepoint
