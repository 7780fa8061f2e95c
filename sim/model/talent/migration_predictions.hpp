/// What tastes fitted on 2019 and older evidence say of later years, beside what was observed.
///
/// Work shares of 2022: the stock of 2019 by origin moves on for three years, leaves at the retirement
/// rate and is joined by as many newcomers as make its origin mix that of 2022 (an input) while the stock
/// grows at entry less retirement. Newcomers begin at `first_place`.
/// Six-year stay: of those of Chinese origin in the US in 2019, the share that is there six years later.
/// Observed values: data/observed/talent.csv; none of them later than 2019 is used in the fit.
/// Assumption: pulls stay those of 2019. Neglects: what changed them.
/// Tests: tests/unit/talent_migration_test.cpp holds the comparison that data/README.md states.
#pragma once

#include "sim/model/talent/migration_costs.hpp"

namespace chokepoint {

/// [share] of the top fifth by place of work in 2022.
PlaceShares predicted_work_shares_2022(const TalentFacts& facts,
                                       const TalentFacts::ByOriginAndPlace& first_place,
                                       const TalentParams& params, const MigrationTastes& tastes);

/// [share] of those of Chinese origin in the US who are there `years` later, the profession not left.
double predicted_stay(const TalentParams& params, const MigrationTastes& tastes, double years);

}  // namespace chokepoint
