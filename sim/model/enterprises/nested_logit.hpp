/// Nested logit: probabilities of choosing among products of which some resemble each other.
///
///   P_j = [e^(U_j / lambda) / S_g] [S_g^lambda / sum_h S_h^lambda],    S_g = sum_{i in g} e^(U_i / lambda)
///
/// over the products in `menu`; g is the nest of j. lambda = 1 is the plain logit, in which a product taken
/// off the menu loses its users to all others in proportion; with lambda < 1 it loses them to its own nest
/// first. Alone in its nest, a product behaves as in the plain logit.
/// References: introduced by McFadden (1978), according to Börsch-Supan (1990), "On the compatibility of
/// nested logit models with utility maximization", Journal of Econometrics 43, 373-388; presented in Train
/// (2009), "Discrete Choice Methods with Simulation", chapter 4.
/// Tests: tests/unit/enterprise_nested_logit_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/model/enterprises/products.hpp"

namespace chokepoint {

/// Fills `probability` [product]; 0 off the menu, all 0 for an empty menu. Utilities on the menu are finite.
void choice_probabilities(const std::vector<Product>& products, std::span<const double> utility,
                          ProductSet menu, double lambda, std::span<double> probability);

/// The product at `u` in (0, 1) of the cumulated probabilities; `otherwise` when they are all 0.
std::size_t draw_product(std::span<const double> probability, double u, std::size_t otherwise);

}  // namespace chokepoint
