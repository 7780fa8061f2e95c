/// Vendors of open models decide each month whether the generation of that month, if any, is published.
///
///   P_f = logistic(open_intercept + sovereign_weight d_sovereign_f + finance_weight d_finance_f
///                  - api_weight d_api_f)
///   chance of publication = 1 - endogenous (1 - P_f);  0 where the own government bars it
///
///   d_sovereign  1/year  mean hazard of denial by other governments as users feel it, since T0: weights that
///                        cannot be taken back sell better the more denial is feared
///   d_finance    log     change of the firm's value since T0: attention is worth most when shares are sold
///   d_api        share   of the vendor's revenue that comes from closed products, less that at T0: what free
///                        weights compete with
///
/// endogenous = 0 publishes everything that no law bars, as before T0, exactly. A bar holds at any value: it
/// is law, not a choice. The draw is of the vendor's name and the month, so that arms differ only where the
/// odds do. What was published stays public (capability.hpp); a vendor that keeps a generation back goes on
/// serving it, and a later one that is published carries everything.
///
/// Assumptions: all four numbers; at the intercept nine months in ten publish. A logit of expected payoffs is
/// a form, not a finding. Neglects: which of a vendor's models is opened; vendors that never published;
/// licences that restrict use; what rivals do with the weights, complements sold beside them. Tests:
/// tests/unit/release_choice_test.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct ReleaseParams {
  double open_intercept = 2.2;
  double sovereign_weight = 1.0;
  double finance_weight = 0.5;
  double api_weight = 2.0;
  double endogenous = 1.0;

  static void fields(FieldList& list, ReleaseParams& p) {
    list.add("release.open_intercept", p.open_intercept, "log odds", -5, 10,
             "assumption: 2.2 is a chance of .9 in a month",
             "inclination to publish a generation as things are at T0");
    list.add("release.sovereign_weight", p.sovereign_weight, "year", 0, 10, "assumption: .2-4",
             "log odds of publication that a hazard of denial by others of 1 a year adds");
    list.add("release.finance_weight", p.finance_weight, "-", 0, 10, "assumption",
             "log odds of publication that a log point of the firm's value adds");
    list.add("release.api_weight", p.api_weight, "-", 0, 20, "assumption: .5-6",
             "log odds of publication that revenue all from closed products instead of none takes away");
    list.add("release.endogenous", p.endogenous, "share", 0, 1,
             "assumption: 1 lets vendors choose, 0 publishes every generation",
             "weight of the choice in the chance of publication; 0 switches it off");
  }
};

/// What publication brings and costs. All by vendor, all changes since T0.
struct ReleasePayoffs {
  std::span<const double> sovereign;  ///< 1/year, mean hazard of denial by other governments
  std::span<const double> finance;    ///< log change of the firm's value
  std::span<const double> api;   ///< revenue from its closed products over all its revenue, less that at T0
  std::span<const char> barred;  ///< 1: its own government controls publication
};

/// Chance that a vendor which nothing bars publishes.
double publication_chance(const ReleaseParams& params, double sovereign, double finance, double api);

/// [vendor] 1 where this month's generation would be published; 0 for vendors that have no open model.
std::vector<char> choose_publication(const ReleaseParams& params, const Facts& facts,
                                     const ReleasePayoffs& payoffs, const RandomStream& random,
                                     std::uint32_t month);

}  // namespace chokepoint
