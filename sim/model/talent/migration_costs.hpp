/// Why researchers are where they are: pulls of places and the cost of moving, from where they were.
///
/// A researcher of origin o searches in a week with chance p and then compares all regions,
///
///   P(l' | l) = exp(U_l' - c 1[l' != l]) / sum over l'' of exp(U_l'' - c 1[l'' != l]),
///
/// U_l = pull[o][l] at T0 and pull + attributes later (mobility.hpp). With entry e[o] where graduates are
/// and a weekly renewal n of a growing stock, the steady distribution solves
///
///   pi = n e + (1 - n) pi M,   M = (1 - p) I + p P.
///
/// Fit: for a given c, pulls such that pi[o] equals the target, by damped iteration on log shares; c such
/// that of those of Chinese origin in the US the share `stay_five_years` is there five years later, by
/// bisection. The target is the matrix of 2019 (data/talent_shares.csv), the stay rate that of Chinese
/// doctorates of 2002 in 2007: nothing later than 2019 is used, so that 2022 and 2025 remain to be
/// predicted (migration_predictions.hpp).
/// Reference: stay rates of Finn as reported in
///   https://www.universityworldnews.com/post.php?story=20100305112257670.
/// Assumption: one cost for all moves; a steady state in 2019; a doctorate's stay is an AI researcher's.
/// Neglects: distance, age, families; visas but as part of the pulls.
/// Tests: tests/unit/talent_migration_test.cpp.
#pragma once

#include <array>

#include "sim/model/economy_facts.hpp"
#include "sim/model/talent/talent_params.hpp"

namespace chokepoint {

using PlaceShares = std::array<double, region_count>;
using PlaceTransition = std::array<PlaceShares, region_count>;  ///< [from][to], rows sum to 1

inline constexpr double stay_five_years = 0.92;

struct MigrationTastes {
  TalentFacts::ByOriginAndPlace pull{};  ///< [utility] by origin and place; the US is 0
  double move_cost = 0;                  ///< [utility]
};

/// Chances of each place for one who searches from `present`; a place of utility -infinity has none.
PlaceShares choice_shares(const PlaceShares& utility, std::size_t present, double move_cost);

/// One week of all, searching or not.
PlaceTransition weekly_transition(const PlaceShares& utility, double move_cost, double weekly_search);

PlaceShares steady_shares(const PlaceTransition& week, const PlaceShares& first_place, double weekly_renewal);

/// Where those who are in `place` are `years` later.
PlaceShares whereabouts(const PlaceTransition& week, std::size_t place, double years);

/// Throws Error{scenario} when no cost gives the stay rate. `target` by origin and place, cells above 0.
MigrationTastes fit_tastes(const TalentFacts::ByOriginAndPlace& target,
                           const TalentFacts::ByOriginAndPlace& first_place, const TalentParams& params);

}  // namespace chokepoint
