#include "sim/model/enterprises/enterprise_week.hpp"

namespace chokepoint {

void EnterpriseParams::fields(FieldList& list, EnterpriseParams& p) {
  EnterprisePopulationParams::fields(list, p.population);
  OfferParams::fields(list, p.offers);
  TasteParams::fields(list, p.tastes);
  SwitchingParams::fields(list, p.switching);
  ApprovedListParams::fields(list, p.lists);
  UseParams::fields(list, p.use);
}

EnterpriseSetup back_out(const Facts& facts, const EnterpriseParams& params,
                         const EnterpriseConditions& at_start) {
  EnterpriseSetup setup;
  setup.products = make_products(facts);
  setup.menus = make_menus(facts, params.population, setup.products);
  const OfferTable offers = make_offers(facts, params.offers, params.tastes, setup.products, at_start);
  setup.tastes = back_out_tastes(facts, params.tastes, setup.products, setup.menus, offers);
  EnterpriseConditions calm = at_start;
  calm.hazard = {};
  rebuild_offers(facts, params, setup, calm, setup.at_start);
  const Demand demand{facts, params.tastes, setup.products, setup.tastes, offers, calm.hazard};
  setup.switching_cost = switching_cost(params.switching, demand, setup.menus);
  return setup;
}

Enterprises make_enterprises(const Facts& facts, const EnterpriseParams& params, const EnterpriseSetup& setup,
                             const RandomStream& random) {
  Enterprises all = draw_population(facts, params.population, setup.products, random);
  choose_first(choice_inputs(params, setup, setup.at_start), random, all);
  remember_start(params.use, facts, setup.products, setup.at_start.offers, setup.at_start.use, all);
  return all;
}

void rebuild_offers(const Facts& facts, const EnterpriseParams& params, const EnterpriseSetup& setup,
                    const EnterpriseConditions& now, EnterpriseDemand& demand) {
  demand.offers = make_offers(facts, params.offers, params.tastes, setup.products, now);
  demand.choice =
      make_choice_table({facts, params.tastes, setup.products, setup.tastes, demand.offers, now.hazard});
  demand.use = make_use_table(params.use, facts, setup.products, demand.offers);
}

ChoiceInputs choice_inputs(const EnterpriseParams& params, const EnterpriseSetup& setup,
                           const EnterpriseDemand& demand) {
  return {params.tastes, params.switching, setup.products, demand.choice, setup.switching_cost};
}

}  // namespace chokepoint
