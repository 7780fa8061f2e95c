/// The enterprise side as the run uses it: set up once, then a week of four verbs.
///
///   rebuild_offers   when access, capability, prices or hazards changed
///   review_lists     approved_lists.hpp
///   choose           choice.hpp
///   measure_use      usage.hpp
///
/// The set-up does not depend on the replicate: it holds products, menus, tastes backed out at T0 and the
/// demand of T0. Tests: tests/unit/enterprise_population_test.cpp, tests/unit/enterprise_choice_test.cpp.
#pragma once

#include <string_view>

#include "sim/model/enterprises/approved_lists.hpp"
#include "sim/model/enterprises/choice.hpp"
#include "sim/model/enterprises/usage.hpp"

namespace chokepoint {

struct EnterpriseParams {
  EnterprisePopulationParams population;
  OfferParams offers;
  TasteParams tastes;
  SwitchingParams switching;
  ApprovedListParams lists;
  UseParams use;

  static void fields(FieldList& list, EnterpriseParams& p);
};

/// What enterprises are offered, would choose and would use, by kind.
struct EnterpriseDemand {
  OfferTable offers;
  ChoiceTable choice;
  UseTable use;
};

struct EnterpriseSetup {
  std::vector<Product> products;
  std::vector<Menu> menus;
  DemandTastes tastes;
  double switching_cost = 0;
  EnterpriseDemand at_start;
};

/// Conditions are those of T0, without hazards: those are in the brands.
EnterpriseSetup back_out(const Facts& facts, const EnterpriseParams& params,
                         const EnterpriseConditions& at_start);

/// Population, first choices and their use at T0.
Enterprises make_enterprises(const Facts& facts, const EnterpriseParams& params, const EnterpriseSetup& setup,
                             const RandomStream& random);

void rebuild_offers(const Facts& facts, const EnterpriseParams& params, const EnterpriseSetup& setup,
                    const EnterpriseConditions& now, EnterpriseDemand& demand);

/// Views of the set-up and today's demand that the verbs take.
ChoiceInputs choice_inputs(const EnterpriseParams& params, const EnterpriseSetup& setup,
                           const EnterpriseDemand& demand);

}  // namespace chokepoint
