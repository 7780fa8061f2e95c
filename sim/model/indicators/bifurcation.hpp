/// How far the world has fallen into two: links that cross the boundary, against chance.
///
///   BI = 1 - cross / expected,   cross = sum_{b(i) != b(j)} f_ij / F,
///   expected = 1 - sum_{b(i) = b(j)} (f_i. / F) (f_.j / F)
///
/// f_ij >= 0: flow or stock from i to j (spending, persons, USD); F: its sum; b: the bloc of a place. BI = 1:
/// no link crosses; 0: as many as if margins were independent; below 0, at least -1 with two blocs: more than
/// that. 0 where it is not defined (no flow, or margins that leave no link to cross). Taken over blocs it is
/// the assortativity coefficient (sum e_bb - sum a_b b_b) / (1 - sum a_b b_b) of the matrix of blocs.
/// Reference: Newman (2003), "Mixing patterns in networks", Physical Review E 67, 026126, as given at
/// https://rdrr.io/github/knapply/homophily/man/assort_discrete.html
///
/// Blocs: {US, ROW} and {CN, HK}. To fall into two is to split along one boundary, and the one in question is
/// the boundary of law and of vendors' terms around China: terms leave out the mainland and, in one vendor's
/// case, Hong Kong, and serve the rest. Where HK and ROW form a third bloc, whatever they use crosses: when
/// Hong Kong goes from American to Chinese vendors no cross link changes, and the index hardly moves (.009
/// against .082 in the test's example). Left out of the matrix, they could not move it at all. Two blocs keep
/// both signs: Hong Kong that leaves American vendors raises BI, the rest of the world that takes up Chinese
/// models lowers it. `three_blocs` is there to see how much the choice matters. Assumption: ROW lies on the
/// American side, as its access does at T0; it is no claim about loyalties. Neglects: strength of a link
/// beyond its size; paths through third places (money routed through Hong Kong crosses twice or not at all).
/// Tests: tests/unit/bifurcation_test.cpp.
#pragma once

#include <array>
#include <span>

#include "sim/base/integer.hpp"
#include "sim/model/economy_facts.hpp"
#include "sim/model/talent/talent.hpp"

namespace chokepoint {

/// `flow` is [from][to], n x n; `bloc` has one entry per place.
double bifurcation(std::span<const double> flow, std::size_t n, std::span<const int> bloc);

constexpr int bloc_of(Region region) { return region == Region::cn || region == Region::hk ? 1 : 0; }
inline constexpr std::array<int, region_count> two_blocs{bloc_of(Region::us), bloc_of(Region::cn),
                                                         bloc_of(Region::hk), bloc_of(Region::row)};
inline constexpr std::array<int, region_count> three_blocs{0, 1, 2, 2};

/// [from][to] by region.
using RegionMatrix = std::array<double, region_count * region_count>;

inline double bifurcation(const RegionMatrix& flow, std::span<const int> bloc = two_blocs) {
  return bifurcation(flow, region_count, bloc);
}

/// Layer of use: spending from a vendor's home (from) by where users are (to). `vendor_spend` is
/// [vendor][region], as Usage has it.
RegionMatrix usage_links(std::span<const Vendor> vendors, std::span<const double> vendor_spend);

/// Layer of talent: researchers by region of their nationality (from; IN counts as ROW) and place (to).
RegionMatrix talent_links(const PersonsByOriginAndPlace& stock);

/// Layer of capital: value held [USD] by the holder's domicile (from) and the line's region (to). `held` is
/// [line][domicile], as World::held_by_domicile; `region` is that of the headquarters.
RegionMatrix capital_links(std::span<const std::array<Shares, region_count>> held,
                           std::span<const double> price_usd, std::span<const Region> region);

}  // namespace chokepoint
