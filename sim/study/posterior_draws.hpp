/// Parameters drawn in each replicate: beliefs from the posterior of the fit, what no past event tells from
/// its prior (structural_priors.hpp). A replicate has a parameter point of its own, the same in all arms, so
/// that bands hold what the fit and the sources leave open. What a scenario or arm sets itself is not drawn.
/// What is backed out of T0 is backed out again where a draw changes a parameter of the economy, so that T0
/// stays what it is. Tests: tests/unit/posterior_draws_test.cpp, tests/unit/structural_priors_test.cpp.
#pragma once

#include "sim/study/study.hpp"

namespace chokepoint {

/// Reads the table of `data.structural`, and priors and draws of `data.calibration` where there is a market;
/// nothing without these keys. A parameter in both is a complaint.
void load_draws(Study& study, Problems& problems);

/// True when replicates differ in parameters.
bool draws_parameters(const Study& study);

/// Parameters of a replicate with `set` on top of what was drawn.
Parameters drawn_parameters(const Study& study, const std::vector<Setting>& set, std::size_t replicate);
/// Those of an arm of the scenario.
Parameters drawn_parameters(const Study& study, std::size_t arm, std::size_t replicate);

/// All arms of the scenario with the replicate's parameters (arm_variants.hpp).
std::vector<ArmPlan> drawn_arms(const Study& study, std::size_t replicate);

/// True when all parameters are equal but those of the market, which nothing backed out of T0 depends on.
bool same_economy(const Parameters& a, Parameters b);

/// What the parameter is drawn from in the whole scenario: "posterior", "prior" or "".
std::string drawn_from(const Study& study, const std::string& parameter);

/// True when the parameter is drawn in the whole scenario.
bool is_drawn(const Study& study, const std::string& parameter);

/// How far a metric is backed: "calibrated" when it rests on prices and beliefs were drawn from the fit,
/// "prior" when it rests on assumptions alone.
std::string backing_of(const Study& study, const BoundMetric& metric);

/// What bands are over, in words.
std::string bands_text(const Study& study);

}  // namespace chokepoint
