/// The model market with vendors, users, researchers and chips of the shipped data behind it: small, and with
/// every part of the state in it.
#pragma once

#include "sim/model/state_fields.hpp"
#include "tests/support/economy_run.hpp"
#include "tests/support/model_market.hpp"

namespace chokepoint {

/// The model market with the users of AI models of the shipped data: ALPHA is the share of Zhipu, all other
/// vendors are private.
inline Facts market_with_vendors() {
  Facts facts = model_facts();
  const Facts& shipped = shipped_facts();
  facts.models = shipped.models;
  facts.vendors = shipped.vendors;
  facts.workforce = shipped.workforce;
  facts.bank_desks = shipped.bank_desks;
  facts.usage = shipped.usage;
  facts.talent = shipped.talent;
  facts.firms[0].id = "zhipu";
  for (Vendor& vendor : facts.vendors) {
    if (facts.firm(vendor.id) == Facts::npos) {
      facts.firms.push_back({vendor.id, vendor.id, vendor.home, "lab", true, false, 100.0});
    }
    vendor.firm = facts.firm(vendor.id);
  }
  for (const Exposure& row : shipped.exposures) {
    if (facts.vendor(row.firm) != Facts::npos) facts.exposures.push_back(row);
  }
  return facts;
}

inline Facts whole_facts() {
  Facts facts = market_with_vendors();
  const Facts& shipped = shipped_facts();
  facts.compute = shipped.compute;
  facts.chip_policy = shipped.chip_policy;
  return facts;
}

inline Parameters small_parameters() {
  Parameters params;
  params.population.investors = 120;
  params.enterprises.population.count = 150;
  params.talent.agents = 400;
  params.talent.hong_kong_agents = 20;
  return params;
}

/// The world at T0 of a plan.
inline World whole_start(const Facts& facts, const Parameters& params, const Plan& plan,
                         const RandomStream& random) {
  World world = make_world(facts, params, random);
  world.economy = make_economy(facts, params, *plan.setup, random);
  return world;
}

}  // namespace chokepoint
