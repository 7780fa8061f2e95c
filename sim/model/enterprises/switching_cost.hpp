/// How seldom enterprises change their primary product.
///
/// An enterprise reviews its choice `review_rate` times a year and draws a product from the nested logit; a
/// different one is taken with probability e^-SC (choice.hpp). With nothing changed, the share of staff whose
/// enterprise has switched at least once within a year is
///
///   sum over menus w, products j:  w P_j (1 - exp(-review_rate e^-SC (1 - P_j)))
///
/// and SC is what makes it equal to `switching_share`; 0 when even free switching is rarer than observed.
/// switching_share: 11 % of teams, survey (https://parallect.ai/reports/
/// ai-model-switching-loyalty-commoditization-2026-b3cec7). review_rate: assumption; with SC tied to the
/// observed share it sets how soon enterprises notice that their product got worse.
/// Reference: a cost of changing as the cause of inertia, Dubé, Hitsch and Rossi (2010), "State dependence
/// and alternative explanations for consumer inertia", RAND Journal of Economics 41(3), 417-445. Neglects:
/// use of several products at a time (81 % of large firms run three model families or more). Tests:
/// tests/unit/enterprise_choice_test.cpp.
#pragma once

#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/enterprises/tastes.hpp"

namespace chokepoint {

struct SwitchingParams {
  double review_rate = 4.0;
  double switching_share = 0.11;

  static void fields(FieldList& list, SwitchingParams& p) {
    list.add("enterprise.review_rate", p.review_rate, "1/year", 0, 52, "assumption: quarterly",
             "how often an enterprise reviews its primary product");
    list.add("enterprise.switching_share", p.switching_share, "share/year", 0, 0.6,
             "https://parallect.ai/reports/ai-model-switching-loyalty-commoditization-2026-b3cec7 "
             "(about 11 % of teams; range .05-.25)",
             "enterprises that change their primary product within a year when nothing happens");
  }
};

/// SC [log points] at T0.
double switching_cost(const SwitchingParams& params, const Demand& demand, const std::vector<Menu>& menus);

}  // namespace chokepoint
