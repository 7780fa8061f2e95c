/// Choice of the primary product, week by week.
///
///   a review comes after an exponential time of mean 1 / review_rate; the enterprise draws a product j from
///   the nested logit over its menu and, if j is not the product i in use, takes it with probability
///     min(1, exp(-SC + max(0, U_i when chosen - U_i now)))
///   a product that leaves the menu is replaced at once, by a draw, whatever it costs
///
/// With nothing changed, switches from i to j happen at a rate proportional to P_j, so that expected shares
/// stay what they are although enterprises move. A better offer elsewhere draws those who review; only a loss
/// in the product in use (access, price, hazard, a model withdrawn) makes them willing to bear SC.
/// Enterprises of one kind share a table of utilities and probabilities, made anew when offers or hazards
/// change; those that took something off their list compute their own.
/// Assumptions: switching_cost.hpp; one primary product. Neglects: notice periods, learning by use; the model
/// an enterprise used is its product's best by value from the day it is out.
/// Tests: tests/unit/enterprise_choice_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/model/enterprises/enterprises.hpp"
#include "sim/model/enterprises/switching_cost.hpp"

namespace chokepoint {

/// Utilities and probabilities by kind of enterprise, nothing taken off the list.
struct ChoiceTable {
  std::size_t products = 0;
  std::vector<double> utility;      ///< [kind][product]
  std::vector<double> probability;  ///< [menu class][product]
  std::vector<ProductSet> menu;     ///< [menu class]
};

ChoiceTable make_choice_table(const Demand& demand);

/// What reviews need to know; all of it outlives the step.
struct ChoiceInputs {
  const TasteParams& tastes;
  const SwitchingParams& switching;
  const std::vector<Product>& products;
  const ChoiceTable& table;
  double switching_cost = 0;
};

/// First choices and times of the first review (step 0).
void choose_first(const ChoiceInputs& inputs, const RandomStream& random, Enterprises& all);

/// Reviews and forced replacements of the last `days`. `step` numbers the weeks from 1.
void choose(const ChoiceInputs& inputs, const RandomStream& random, std::uint32_t step, double days,
            Enterprises& all);

}  // namespace chokepoint
