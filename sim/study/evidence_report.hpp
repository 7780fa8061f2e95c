/// Answer of the command `evidence`: what the model says of facts beside what was observed, as tables.
///
/// Error is model less observed, in percentage points for shares. A row that a fit used says which quantity
/// was fitted; `backed out` rows start from the observation among other surveys. Observations come from
/// <data folder>/observed, with source and confidence printed below; those that nothing in the model answers
/// are named. Tests: tests/unit/evidence_report_test.cpp.
#pragma once

#include "sim/study/adoption_evidence.hpp"
#include "sim/study/evidence_facts.hpp"
#include "sim/study/study.hpp"

namespace chokepoint {

/// One table of facts, then the sources of its observations. Throws Error{scenario} for an observation that
/// `observed` does not have; `path` is where it was looked for.
std::string evidence_table(const std::vector<ModelledFact>& modelled,
                           const std::vector<ObservedFact>& observed, const std::string& path);

/// The whole report; throws Error{scenario} for tables of observations that cannot be read.
std::string evidence_report(const Study& study);

}  // namespace chokepoint
