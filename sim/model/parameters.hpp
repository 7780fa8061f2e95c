/// All parameters of the model in one value, and the list that names them.
#pragma once

#include "sim/model/access/denial_hazard.hpp"
#include "sim/model/access/vendor_service.hpp"
#include "sim/model/attention.hpp"
#include "sim/model/beliefs.hpp"
#include "sim/model/bridge/hong_kong_bridge.hpp"
#include "sim/model/capability.hpp"
#include "sim/model/capital_rules.hpp"
#include "sim/model/compute/compute_params.hpp"
#include "sim/model/demand.hpp"
#include "sim/model/enterprises/ai_budgets.hpp"
#include "sim/model/enterprises/desk_relocation.hpp"
#include "sim/model/enterprises/enterprise_week.hpp"
#include "sim/model/enterprises/premium_regression.hpp"
#include "sim/model/enterprises/token_prices.hpp"
#include "sim/model/financing.hpp"
#include "sim/model/lock_ups.hpp"
#include "sim/model/momentum.hpp"
#include "sim/model/noise.hpp"
#include "sim/model/ownership_bans.hpp"
#include "sim/model/policy/incidents.hpp"
#include "sim/model/policy/lobbying.hpp"
#include "sim/model/policy/regulators.hpp"
#include "sim/model/population.hpp"
#include "sim/model/quota.hpp"
#include "sim/model/research/release_choice.hpp"
#include "sim/model/sessions.hpp"
#include "sim/model/slow_capital.hpp"
#include "sim/model/slow_news.hpp"
#include "sim/model/talent/talent_params.hpp"

namespace chokepoint {

struct Parameters {
  PopulationParams population;
  DemandParams demand;
  SessionParams session;
  BeliefParams beliefs;
  AttentionParams attention;
  NoiseParams noise;
  MomentumParams momentum;
  SlowCapitalParams slow_capital;
  LockUpParams lock_ups;
  OwnershipBanParams ownership_bans;
  QuotaParams quota;
  VendorParams vendors;
  DenialHazardParams denial_hazard;
  EnterpriseParams enterprises;
  TokenPriceParams token_prices;
  TalentParams talent;
  CapabilityParams capability;
  SlowNewsParams slow_news;
  ComputeParams compute;
  ReleaseParams release;
  RelocationParams relocation;
  BudgetParams budgets;
  PremiumRegressionParams premium;
  IncidentParams incidents;
  LobbyParams lobby;
  RegulatorParams regulators;
  BridgeParams bridge;
  FinancingParams financing;
  ConnectParams connect;
  StateFundParams state_fund;
};

/// Every parameter with name, unit, range, source; the values point into `p`.
inline FieldList fields_of(Parameters& p) {
  FieldList list;
  PopulationParams::fields(list, p.population);
  DemandParams::fields(list, p.demand);
  SessionParams::fields(list, p.session);
  BeliefParams::fields(list, p.beliefs);
  AttentionParams::fields(list, p.attention);
  NoiseParams::fields(list, p.noise);
  MomentumParams::fields(list, p.momentum);
  SlowCapitalParams::fields(list, p.slow_capital);
  LockUpParams::fields(list, p.lock_ups);
  OwnershipBanParams::fields(list, p.ownership_bans);
  QuotaParams::fields(list, p.quota);
  VendorParams::fields(list, p.vendors);
  DenialHazardParams::fields(list, p.denial_hazard);
  EnterpriseParams::fields(list, p.enterprises);
  TokenPriceParams::fields(list, p.token_prices);
  TalentParams::fields(list, p.talent);
  CapabilityParams::fields(list, p.capability);
  SlowNewsParams::fields(list, p.slow_news);
  ComputeParams::fields(list, p.compute);
  ReleaseParams::fields(list, p.release);
  RelocationParams::fields(list, p.relocation);
  BudgetParams::fields(list, p.budgets);
  PremiumRegressionParams::fields(list, p.premium);
  IncidentParams::fields(list, p.incidents);
  LobbyParams::fields(list, p.lobby);
  RegulatorParams::fields(list, p.regulators);
  BridgeParams::fields(list, p.bridge);
  FinancingParams::fields(list, p.financing);
  ConnectParams::fields(list, p.connect);
  StateFundParams::fields(list, p.state_fund);
  return list;
}

}  // namespace chokepoint
