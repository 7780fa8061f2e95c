/// What is told of the whole economy in a number each; made anew whenever use is measured, read by the study.
///
/// Nothing in the model reads them. Formulas are in the headers named; one member is one line of
/// indicators.csv, policy.csv or compute.csv:
///
///   bifurcation            bifurcation.hpp            of use (spending) and of researchers
///   concentration          concentration.hpp          of spending, world and by region
///   third_country_share    backfire.hpp               B_market between arms
///   effective_compute      backfire.hpp               B_compute between arms
///   routed, leaky          enterprises/routing.hpp    use beyond the letter of terms
///   denial                 policy/effective_denial.hpp  on paper and in fact: weights of Chinese developers
///   and
///                          interfaces of US vendors by region of use, chips by the buyers' headquarters
///   bridge_index           bridge_index.hpp           Hong Kong between the two sides
///   willingness_to_pay     enterprises/sovereign_premium.hpp    by region, to be rid of the US government's
///   hazard premium                enterprises/premium_regression.hpp   beside the structural premium
///
/// Components of the bridge index: access, desks' efficiency (enterprises' where a region has no desks), net
/// inflow of researchers since T0 over the stock, 1 added so that an outflow counts below 1, and use beyond
/// the letter. The float of AI listings is left out: it is of the market, and a world may have none. Vendors
/// in the regression are those that earn a tenth of their firm's revenue or more by use of models: of others
/// a price says nothing about models. Tests: tests/unit/indicators_test.cpp.
#pragma once

#include <array>

#include "sim/model/enterprises/premium_regression.hpp"
#include "sim/model/indicators/concentration.hpp"
#include "sim/model/policy/effective_denial.hpp"

namespace chokepoint {

struct Economy;
struct EconomyDay;

enum class DeniedObject : unsigned { weights, interface, chips };
inline constexpr std::size_t denied_object_count = 3;
inline constexpr std::array<std::string_view, denied_object_count> denied_object_names{"weights", "interface",
                                                                                       "chips"};

struct Indicators {
  double bifurcation_of_use = 0;
  double bifurcation_of_talent = 0;
  Concentration concentration;
  std::array<double, region_count> third_country_share{};  ///< of vendors of the region
  std::array<double, region_count> effective_compute{};    ///< [log points]
  std::array<double, region_count> routed{}, leaky{};      ///< [share] of the region's staff
  std::array<std::array<EffectiveDenial, region_count>, denied_object_count>
      denial{};                                           ///< [object][region of use]
  std::array<double, region_count> willingness_to_pay{};  ///< [share of price] to be rid of US hazard
  double bridge_index = 0;
  PremiumRegression premium;
};

Indicators measure_indicators(const EconomyDay& today, const Economy& economy);

}  // namespace chokepoint
