/// What enterprises value in a model: capability, price, and that nobody can take it away.
///
///   value(c, p) = alpha_c (c - c_ref) - alpha_p ln(p / 5)      [log points of choice odds]
///
/// c [index points], p [USD per million tokens], c_ref the best model out at T0 (a constant: it shifts all
/// products alike against using none). alpha_p is the elasticity of demand across hosts of one model. alpha_c
/// is derived, not observed: with the six leading models of late 2025, their prices, tokens per seat falling
/// with the square root of the price, two nests (closed, open) and no brands at all, it is the weight with
/// which open models get 30 % of tokens, as they did; tests/unit/enterprise_nested_logit_test.cpp repeats
/// the derivation. It therefore takes all preference for closed models to be preference for capability.
/// Reference: random utility and nested choice, Train (2009), "Discrete Choice Methods with Simulation",
/// chapter 4. Neglects: tasks (one value of capability for all uses), latency, privacy.
/// Tests: tests/unit/enterprise_nested_logit_test.cpp, tests/unit/enterprise_tastes_test.cpp.
#pragma once

#include "sim/base/field.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {

inline constexpr double reference_token_price = 5.0;  ///< [USD per million tokens]

struct TasteParams {
  double capability_weight = 0.73;  ///< alpha_c
  double price_weight = 1.11;       ///< alpha_p
  double hazard_aversion = 1.0;     ///< rho_h
  double nest_scale = 0.5;          ///< lambda
  double routing_cost = 0.5;        ///< kappa

  static void fields(FieldList& list, TasteParams& p) {
    list.add(
        "enterprise.capability_weight", p.capability_weight, "1/point", 0, 2,
        "derived so that open models get 30 % of tokens in late 2025 as in "
        "https://whoisnnamdi.com/tokens-arent-fungible (0.53 if tokens per seat did not depend on price)",
        "alpha_c: log odds of choosing a product per index point of capability");
    list.add("enterprise.price_weight", p.price_weight, "-", 0, 5,
             "https://aione.chat/2026/01/04/"
             "price-elasticity-of-demand-for-large-language-models-estimated-at-1-11-en-version/"
             " (elasticity -1.11 between hosts of open models; other studies 1.0 to 1.8)",
             "alpha_p: log odds of choosing a product per log point of its price");
    list.add("enterprise.hazard_aversion", p.hazard_aversion, "log points x year", 0, 10,
             "assumption: 0-5; 0 switches fear of denial off",
             "rho_h: log odds lost by a product whose government denies with hazard 1 a year");
    list.add("enterprise.nest_scale", p.nest_scale, "-", 0.1, 1,
             "assumption: 1 is no closer substitution within a nest",
             "lambda: smaller means closer substitution among products of one kind");
    list.add(
        "enterprise.routing_cost", p.routing_cost, "log odds", 0, 10,
        "assumption: 0-3; two banks stopped rather than bear it "
        "(https://pomegra.io/news/jpmorgan-cuts-anthropic-ai-access-for-hong-kong-staff); 0 switches off",
        "kappa: legal risk of serving staff by a contract made elsewhere");
  }
};

/// Value of a model's capability, measured from `reference`, at its price.
inline double value_of(const TasteParams& params, double capability, double reference, double price) {
  return params.capability_weight * (capability - reference) -
         params.price_weight * logarithm(price / reference_token_price);
}

}  // namespace chokepoint
