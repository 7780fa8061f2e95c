/// Beliefs drawn from the posterior: each replicate of a scenario has a parameter point of its own, the same
/// in all arms, so that bands hold what the fit leaves open. What a scenario or arm sets itself is not drawn.
/// Tests: tests/unit/posterior_draws_test.cpp.
#pragma once

#include "sim/study/study.hpp"

namespace chokepoint {

/// Reads priors and draws of `data.calibration`; nothing without the key or without a market.
void load_draws(Study& study, Problems& problems);

/// Parameters of an arm in a replicate.
Parameters drawn_parameters(const Study& study, std::size_t arm, std::size_t replicate);

/// The arm with the replicate's parameters.
ArmPlan drawn_arm(const Study& study, std::size_t arm, std::size_t replicate);

/// True when the parameter is drawn in the whole scenario.
bool is_drawn(const Study& study, const std::string& parameter);

/// How far a metric is backed: "calibrated" when it rests on prices and beliefs were drawn from the fit,
/// "prior" when it rests on assumptions alone.
std::string backing_of(const Study& study, const BoundMetric& metric);

/// What bands are over, in words.
std::string bands_text(const Study& study);

}  // namespace chokepoint
