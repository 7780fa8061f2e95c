/// Newcomers and leavers, once a month, and the audit of heads.
///
/// Each year `talent.entry_rate` times the head count of T0 enter, by origin and first place as in
/// data/talent_entry.csv: a flow of graduates that no event changes within a run, so that all arms of a
/// scenario add the same agents. Persons due are carried until they make an agent of the place's usual
/// weight. Newcomers work for a vendor of the place with the chance that its staff had among the place's
/// persons of T0. Everybody leaves the profession with `talent.retirement_rate`, in a month drawn at the
/// start.
/// Audit: per origin, stock now = stock of T0 + entered - left, in whole persons; per cell, the same with
/// moves; the agents' weights add up to the cells, and those employed to the vendors' staff; moves of the top
/// tier are among all moves, and those whose stay ended among those who moved away.
/// Assumption: a constant flow, whatever its graduates will find.
/// Neglects: growth of the flow of graduates; a career's length.
/// Tests: tests/unit/talent_cohorts_test.cpp.
#pragma once

#include "sim/model/talent/talent.hpp"

namespace chokepoint {

/// One month, counted from T0, the first is 0; `week` is the week that begins, from which newcomers search.
void step_talent_month(Talent& talent, const TalentParams& params, const TalentFacts& facts,
                       const RandomStream& random, std::uint16_t month, std::uint16_t week);

/// Throws Error{run_failed} naming what does not add up.
void check_head_counts(const Talent& talent);

}  // namespace chokepoint
