/// Tastes: the utility of a product, and the brands that make the model start from observed shares.
///
///   U_j = value(c_j, p_j) - rho_h h[g(j)][r] + ln(coverage_j) - kappa routed_j + brand[j][r]
///   U_none = brand[none][r]
///
/// routed_j is 1 for a pragmatic reader of a product that no strict reader of the same place and headquarters
/// may use: it serves its staff by a contract made elsewhere, and bears the risk (kappa, `routing_cost`). It
/// does so at T0 as well, so that what routing costs there is in the brands. g(j) is the government of the
/// vendor's home; only closed products bear its hazard, since weights that are out cannot be recalled. brand
/// is backed out once per set of parameters: over the menus of region r, each weighted by its share of the
/// region's staff, expected shares equal the usage table:
///
///   brand_j <- brand_j + lambda (ln s_j - ln s_j(brand))      until |s_j - s_j(brand)| < 1e-10
///
/// Shares fix brands up to a constant: none has brand 0 where it is used. A product without users, or on no
/// menu of the region, has brand -infinity: nobody there ever takes it up.
/// References: inversion of market shares, Berry (1994), "Estimating Discrete-Choice Models of Product
/// Differentiation", RAND Journal of Economics 25(2), 242-262; damping as in the contraction for the nested
/// logit of https://rdrr.io/cran/choicer/man/nl_blp_contraction.html.
/// Neglects: differences of taste within a region, other than what law and terms bring about. A share that no
/// tastes can reach (more users than have the product on their menu) stays short; `largest_gap` shows it.
/// Leaky readers pay nothing: they do not ask. Tests: tests/unit/enterprise_tastes_test.cpp.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "sim/model/enterprises/menus.hpp"

namespace chokepoint {

struct DemandTastes {
  std::vector<double> brand;                       ///< [region][product]; -infinity: never chosen there
  double capability_reference = 0;                 ///< c_ref [index points]
  std::array<double, region_count> largest_gap{};  ///< of expected shares from the usage table
};

/// Everything that the utility of a product depends on.
struct Demand {
  const Facts& facts;
  const TasteParams& params;
  const std::vector<Product>& products;
  const DemandTastes& tastes;
  const OfferTable& offers;
  const DenialHazard& hazard;
};

/// U of every product for a kind of enterprise; -infinity where it is not offered or never chosen.
void utilities(const Demand& demand, std::size_t kind, std::span<double> utility);

/// The products of finite utility, as far as the approved list allows them.
ProductSet products_on(const Demand& demand, std::span<const double> utility, Region owner,
                       bool approves_rival, ProductSet removed);

/// Choice probabilities [product] of one menu.
std::vector<double> shares_of_menu(const Demand& demand, const Menu& menu);

/// Expected shares [product] of a region's staff over its menus.
std::vector<double> expected_shares(const Demand& demand, const std::vector<Menu>& menus, Region region);

DemandTastes back_out_tastes(const Facts& facts, const TasteParams& params,
                             const std::vector<Product>& products, const std::vector<Menu>& menus,
                             const OfferTable& offers);

}  // namespace chokepoint
