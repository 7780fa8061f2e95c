/// The sovereign premium as an investor would look for it in prices: a regression over vendors.
///
///   ln(value / revenue)_f = b0 + b1 growth_f + b2 capability_f + b3 open_f + premium x non_revocable_f + e_f
///
///   growth         log points a year   of revenue;      capability   index points   of the best model
///   open           0 or 1   the vendor has an open model
///   non_revocable  0 or 1   more than half of its spending cannot be taken away: all spending on its open
///                           models, and that on closed ones from regions whose users see its government deny
///                           with a hazard of at most `premium.calm_hazard`
///
/// Ordinary least squares; the standard error is the classical one with n - 5 degrees of freedom. Regressors
/// are centred and scaled first, so that units do not decide what counts as collinear. The coefficient is not
/// identified with five vendors or fewer, or when any regressor is (nearly) a combination of the others, such
/// as a dummy that is the same for all: variance inflation above 1e8.
/// It is a reduced form. Held against the structural premium (sovereign_premium.hpp) it tells whether what
/// such a regression finds would be the premium at all; with a dozen vendors it seldom will. Reference:
/// ordinary least squares. Neglects: weights, dependence between vendors, dates other than one. Tests:
/// tests/unit/premium_regression_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/access/denial_hazard.hpp"
#include "sim/model/enterprises/usage.hpp"

namespace chokepoint {

struct PremiumRegressionParams {
  double calm_hazard = 0.05;

  static void fields(FieldList& list, PremiumRegressionParams& p) {
    list.add("premium.calm_hazard", p.calm_hazard, "1/year", 0, 10,
             "assumption: one denial in twenty years; above the hazard of T0, below that after one denial",
             "hazard of denial up to which users' spending on closed models counts as safe from it");
  }
};

struct PremiumRegression {
  double coefficient = 0;     ///< [log points]; 0 when not identified
  double standard_error = 0;  ///< [log points]
  int n = 0;                  ///< vendors
  bool identified = false;
};

/// One element per vendor that has a value and revenue.
PremiumRegression regress_premium(std::span<const double> log_value_to_revenue,
                                  std::span<const double> growth, std::span<const double> capability,
                                  std::span<const double> open, std::span<const double> non_revocable);

/// [vendor] share of enterprises' spending on its models that cannot be taken away; 0 for those without any.
std::vector<double> non_revocable_share(const PremiumRegressionParams& params, const Facts& facts,
                                        const std::vector<Product>& products, const Usage& usage,
                                        const DenialHazard& hazard);

}  // namespace chokepoint
