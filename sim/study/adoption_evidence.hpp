/// What the model says of who uses which models: tokens at the end of 2025 and in mid-2026, changes of
/// product within a year, spending in the US.
///
/// Tokens are those of a router: customers in the US who may use everything, choose among the hosted products
/// of a day (what data/models.csv has with index and price by then, one product per vendor and kind) and have
/// no brands in their heads. Access, offers, choice and tokens per seat are the model's own functions, with
/// the scenario's parameters; only `as_of` is another day. Share of product j in tokens:
///
///   P_j t_j / sum over k of P_k t_k        P nested_logit.hpp, t usage.hpp
///
/// Changes of product are simulated: reviews and choices of a year in which offers stay those of T0, mean of
/// a number of populations. Spending is expected spending of the menus of the US at T0.
/// Assumption: prices are those of the table, mostly of August 2026. Neglects: free models on the router.
/// Tests: tests/unit/evidence_report_test.cpp.
#pragma once

#include <cstdint>

#include "sim/model/economy.hpp"
#include "sim/study/evidence_facts.hpp"

namespace chokepoint {

/// A product of the router's choice set.
struct RouterProduct {
  std::string vendor;
  bool open = false;
  bool chinese = false;
  double capability = 0;   ///< [index points] of the model in use
  double price = 0;        ///< [USD per million tokens]
  double token_share = 0;  ///< of all tokens of the router
};

/// The choice set of a day with the tokens that each product gets, in the order of the usage table.
std::vector<RouterProduct> router_products(const Facts& facts, const Parameters& parameters, Date day);

/// The days whose tokens are compared with observations.
inline Date end_of_2025() { return make_date(2025, 12, 31); }
inline Date middle_of_2026() { return make_date(2026, 6, 12); }

/// [share] of staff whose enterprise changes its product within a year in which nothing happens; mean of 20
/// populations.
double yearly_switching(const Facts& facts, const Parameters& parameters, const EconomySetup& setup,
                        std::uint64_t seed);

/// Facts must have vendors.
std::vector<ModelledFact> adoption_evidence(const Facts& facts, const Parameters& parameters,
                                            std::uint64_t seed);

}  // namespace chokepoint
