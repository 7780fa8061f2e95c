/// Pricing power: what a vendor's own demand lets it ask above cost.
///
///   eps_j = alpha_p [1 / lambda - (1 / lambda - 1) s_{j|g} - s_j] + eta      own-price elasticity in a menu
///   L_j   = min(.99, 1 / eps_j)                                              Lerner index (p - mc) / p
///
///   s_j, s_{j|g}   -   share of product j in the menu, and in its nest g (nested_logit.hpp)
///   alpha_p        -   `enterprise.price_weight`;   lambda   `enterprise.nest_scale`
///   eta            -   `enterprise.token_elasticity`: seats that stay buy fewer tokens
///
/// Demand is tokens. A vendor has one price in all menus, so elasticities are averaged over the menus of a
/// region by the tokens that j sells in each (staff x share x tokens per seat): that is the elasticity of the
/// region's demand, and L its inverse. A vendor's L over all regions is the mean of these by expected
/// spending, not by what a sample of enterprises happened to choose: with unchanged offers it is unchanged to
/// the bit. L rises when rivals leave menus, most when they were in the same nest.
/// References: elasticity as in https://github.com/fraserclarkCMA/GEV.jl (src/Elasticities_nlogit.jl), with
/// the price coefficient on log price; a seller's index is the inverse of its elasticity, Lerner (1934), "The
/// Concept of Monopoly and the Measurement of Monopoly Power", as told in
/// https://policonomics.com/lerner-index.
///
/// Assumptions: each vendor sets one price for its closed product,
/// rivals' prices given; hazards, law and terms as they are today. Neglects: what a vendor loses to its own
/// open models; tacit agreement; prices by region; entry; demand of consumers.
/// Tests: tests/unit/pricing_power_test.cpp.
#pragma once

#include <vector>

#include "sim/model/enterprises/enterprise_week.hpp"

namespace chokepoint {

/// eps of a product in one menu, from its choice probabilities [product]; eta where its share is 0.
double own_price_elasticity(const EnterpriseParams& params, const std::vector<Product>& products,
                            std::span<const double> share, std::size_t product);

/// L at an elasticity.
double lerner_index(double elasticity);

/// L of the vendor's closed product in each region [vendor][region]; 0 where it has none or sells none.
std::vector<double> lerner_by_region(const Facts& facts, const EnterpriseParams& params,
                                     const EnterpriseSetup& setup, const EnterpriseDemand& demand,
                                     const DenialHazard& hazard);

/// Mean of L over the regions where the vendor sells [vendor], by expected spending; 0 where it sells
/// nowhere.
std::vector<double> lerner_of_vendors(const Facts& facts, const EnterpriseParams& params,
                                      const EnterpriseSetup& setup, const EnterpriseDemand& demand,
                                      const DenialHazard& hazard);

}  // namespace chokepoint
