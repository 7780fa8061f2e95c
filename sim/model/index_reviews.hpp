/// Index reviews: index funds follow a changed float, on the day the index does.
///
///   at a review of the home venue:  a_ik += ln(F' / F) for index funds that hold the line,
///   F the float they held against, F' today's
///
/// Between reviews a larger float (lock-up, issue) finds no index buyers.
/// Assumption: full weight change on one day; members stay members. Neglects: additions and deletions,
/// which need membership data; several indices per venue.
/// Tests: tests/unit/index_review_test.cpp.
#pragma once

#include "sim/model/plan.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

void review_indices(World& world, const Plan& plan);

}  // namespace chokepoint
