/// What enterprises get out of models: access, compute, efficiency, output; tokens and spending.
///
///   access_b  = sum_n staff_n exp(-(c_front - c_bn) / sigma_c)   what the menu allows; 0 for staff unserved
///   tokens_b  = coverage (p / 5)^-elasticity                     per seat; 1 at 5 USD per million tokens
///   compute_b = min(cap, tokens_b)^d exp(-(c_front - c_used) / sigma_c)   what is used, in the worth of the
///               best model out; 0 when none is used
///   E_b       = access_b^a compute_b
///   output_b  = (1 + psi E_b) / (1 + psi E_b at T0)
///
/// All of it is against the best model out today: when the frontier slows, those behind it come nearer and E
/// rises although nobody can do more. What is used in absolute terms is `capability` beside it.
///
/// c_front is the best model out, whoever may use it; c_bn the best that staff of nationality n may use of
/// any product on the menu, in use or not; c_used that of the model in use. With d = 1, as the formula
/// "efficiency is access times compute" has it, whoever is pushed to a weak and cheap model looks better off,
/// since tokens grow with the square root of cheapness. d = .3 ranks products as enterprises do when they
/// choose: 1 / sigma_c against d x elasticity is capability_weight against price_weight (taste_params.hpp). E
/// is a product, so that a loss of either side loses the other's work; its change since T0 splits into two
/// parts that add up, each the mean over the two orders of change:
///
///   access part = (A - A0)(C0 + C) / 2,   compute part = (C - C0)(A0 + A) / 2,   A = access^a, C = compute
///
/// Tokens are per seat; spending is tokens times price. Means weight enterprises by staff. psi: gains
/// measured are 14 % in support, 26 % in coding (field trials), 25 % in consulting, -19 % among experts on
/// own code; sigma_c, cap and the elasticity of tokens per seat are assumptions. References: the split is the
/// Shapley value of two factors, Shorrocks (2013), "Decomposition procedures for distributional analysis",
/// Journal of Economic Inequality 11(1), 99-126. Neglects: learning, several products side by side. Tests:
/// tests/unit/enterprise_usage_test.cpp.
#pragma once

#include <array>
#include <vector>

#include "sim/model/enterprises/enterprises.hpp"

namespace chokepoint {

struct UseParams {
  double token_elasticity = 0.5;  ///< elasticity
  double access_scale = 10;       ///< sigma_c
  double access_exponent = 1;     ///< a
  double compute_exponent = 0.3;  ///< d
  double compute_cap = 4;         ///< cap
  double productivity = 0.10;     ///< psi

  static void fields(FieldList& list, UseParams& p);
};

/// What use comes to, by kind of enterprise; made anew with the offers.
struct UseTable {
  std::size_t products = 0;
  std::vector<double> tokens;   ///< [kind][product] per seat
  std::vector<double> spend;    ///< [kind][product] tokens times USD per million tokens
  std::vector<double> compute;  ///< [kind][product] compute
  std::vector<double> access;   ///< [menu class] access^a with nothing taken off the list
};

UseTable make_use_table(const UseParams& params, const Facts& facts, const std::vector<Product>& products,
                        const OfferTable& offers);

/// access^a of an enterprise: its kind's, or of what its own list leaves.
double access_of(const UseParams& params, const Facts& facts, const std::vector<Product>& products,
                 const OfferTable& offers, const UseTable& use, const Enterprises& all, std::size_t i);

/// Means over staff.
struct Efficiency {
  double staff = 0;  ///< share of the world's staff with models
  double access = 0;
  double compute = 0;
  double efficiency = 0;
  double output = 0;
  double capability = 0;    ///< [index points] of the model in use, mean over staff with one
  double with_model = 0;    ///< share of the world's staff that uses a model
  double change = 0;        ///< of efficiency since T0
  double access_part = 0;   ///< of that change
  double compute_part = 0;  ///< of that change
};

struct Usage {
  std::array<Efficiency, region_count> region;
  Efficiency hong_kong_desks;
  std::vector<Efficiency> desk;      ///< [bank desk]
  std::vector<double> staff;         ///< [region][product] share of the region's staff
  std::vector<double> tokens;        ///< [region][product] per seat of the region
  std::vector<double> spend;         ///< [region][product] per seat of the region
  std::vector<double> vendor_spend;  ///< [vendor][region] per seat of the world
};

/// Writes down access and compute of T0. Products in use are known.
void remember_start(const UseParams& params, const Facts& facts, const std::vector<Product>& products,
                    const OfferTable& offers, const UseTable& use, Enterprises& all);

Usage measure_use(const UseParams& params, const Facts& facts, const std::vector<Product>& products,
                  const OfferTable& offers, const UseTable& use, const Enterprises& all);

}  // namespace chokepoint
