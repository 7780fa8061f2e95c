/// What the model says of researchers: where they worked in 2022, who stayed, how pay moves them.
///
/// Tastes are fitted on 2019 and older evidence (model/talent/migration_costs.hpp), so that 2022 and the stay
/// of six years are predicted. An elasticity to pay is
///
///   of a choice taken with chance P          d ln P / d ln wage of choice_shares
///   of the steady number in the US           the same of steady_shares, first places held fixed
///
/// and b_w was chosen so that the first equals the published ones at P = .97 (home) and .05 (abroad).
/// Tests: tests/unit/evidence_report_test.cpp.
#pragma once

#include "sim/model/economy_facts.hpp"
#include "sim/model/talent/talent_params.hpp"
#include "sim/study/evidence_facts.hpp"

namespace chokepoint {

std::vector<ModelledFact> talent_evidence(const TalentFacts& facts, const TalentParams& params);

}  // namespace chokepoint
