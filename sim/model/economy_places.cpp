#include "sim/model/economy_places.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/model/enterprises/desk_output.hpp"
#include "sim/model/talent/cohorts.hpp"
#include "sim/model/talent/equity_pay.hpp"
#include "sim/model/talent/lock_out.hpp"
#include "sim/model/talent/mobility.hpp"

namespace chokepoint {
namespace {

/// Access since T0 by [region][nationality], of somebody at an enterprise of the region.
std::vector<double> access_since_start(const EconomyDay& today, const Economy& economy) {
  std::vector<double> access(region_count * nationality_count);
  for (std::size_t i = 0; i < access.size(); ++i) {
    access[i] =
        frontier_access(today.facts, today.params, economy, static_cast<Region>(i / nationality_count),
                        static_cast<Nationality>(i % nationality_count)) -
        economy.frontier_access_at_start[i];
  }
  return access;
}

/// Compute of a region's vendors beyond the reference, mean over vendors with compute.
std::vector<double> compute_since_start(const Facts& facts, const ComputeState& compute) {
  std::vector<double> mean(region_count, 0.0);
  std::vector<double> count(region_count, 0.0);
  for (std::size_t v = 0; v < compute.since_t0.size(); ++v) {
    if (!(compute.stock[v] > 0.0)) continue;
    mean[index(facts.vendors[v].home)] += compute.since_t0[v];
    count[index(facts.vendors[v].home)] += 1.0;
  }
  for (std::size_t r = 0; r < region_count; ++r) mean[r] = count[r] > 0.0 ? mean[r] / count[r] : 0.0;
  return mean;
}

/// Change of pay by region.
std::vector<double> wages(const EconomyDay& today, const Economy& economy) {
  if (today.firm_value.empty()) return std::vector<double>(region_count, 0.0);
  return equity_pay(today.params.talent, today.facts, economy.talent, today.firm_value);
}

/// What moving to Hong Kong costs less while the bridge's visa is open.
void open_bridge(const EconomyDay& today, const BridgeState& bridge, std::span<MoveBarriers> barriers) {
  const double change = visa_barrier(today.params.bridge, bridge);
  if (change == 0.0) return;
  const std::size_t hk = index(Region::hk);
  for (MoveBarriers& barrier : barriers) {
    for (auto& by_origin : barrier) {
      for (std::size_t from = 0; from < region_count; ++from) {
        if (from != hk) by_origin[from][hk] += change;
      }
    }
  }
}

}  // namespace

std::vector<double> frontier_presence(const Facts& facts, double step, const Capability& capability) {
  double best = 0.0;
  for (const double latent : capability.latent) best = std::max(best, latent);
  std::vector<double> present(region_count, 0.0);
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (capability.latent[v] > 0.0 && capability.latent[v] + step >= best)
      present[index(facts.vendors[v].home)] = 1.0;
  }
  return present;
}

void relocate(const EconomyDay& today, Economy& economy) {
  const TalentParams& params = today.params.talent;
  const std::vector<double> wage = wages(today, economy);
  const std::vector<double> compute = compute_since_start(today.facts, economy.compute);
  const std::vector<double> access = access_since_start(today, economy);
  std::vector<double> frontier =
      frontier_presence(today.facts, today.params.capability.release_step, economy.capability);
  for (std::size_t r = 0; r < region_count; ++r) frontier[r] -= economy.frontier_presence_at_start[r];
  const std::vector<char> locked = locked_out_staff(today.facts, economy.orders);
  std::array<MoveBarriers, 2> barriers{move_barriers(params, economy.law.talent, Standing::other),
                                       move_barriers(params, economy.law.talent, Standing::top)};
  open_bridge(today, economy.bridge, barriers);
  TalentConditions now{wage, compute, access, frontier, locked, barriers, {}};
  for (std::size_t r = 0; r < region_count; ++r) {
    now.lapse[r] = lapse_rate(params, economy.law.talent, static_cast<Region>(r));
  }
  step_talent_week(economy.talent, params, today.setup.migration, now, today.random, economy.weeks);
  check_head_counts(economy.talent);
  ++economy.weeks;
}

void move_business(const EconomyDay& today, Economy& economy) {
  auto output = log_desk_output(today.facts, today.params.enterprises, today.setup.enterprises,
                                economy.demand, economy.hazard, economy.enterprises);
  for (std::size_t d = 0; d < output.size(); ++d) {
    for (std::size_t r = 0; r < region_count; ++r) output[d][r] -= economy.desk_output_at_start[d][r];
  }
  const std::array<double, region_count> no_policy{};
  relocate_desks(today.params.relocation, today.facts, output, no_policy, today.months, economy.desks);
  std::array<double, region_count> efficiency{};
  for (std::size_t r = 0; r < region_count; ++r) {
    const double start = economy.efficiency_at_start[r];
    const double now = economy.usage.region[r].efficiency;
    efficiency[r] = start > 0.0 && now > 0.0 ? logarithm(now / start) : 0.0;
  }
  step_budgets(today.params.budgets, efficiency, today.months, economy.budgets);
}

void bridge_month(const EconomyDay& today, Economy& economy) {
  if (economy.bridge.measures.empty()) return;
  const auto& products = today.setup.enterprises.products;
  const AccessRules without_clearing{economy.law.open_weights.bans, {}, economy.bridge.secondary};
  const AccessTensor uncleared = make_access(today.facts, economy.capability.released, economy.orders,
                                             economy.stopped, without_clearing);
  const std::vector<double> use =
      cleared_use(today.facts, products, uncleared, economy.cleared, economy.enterprises);
  step_bridge(today.params.bridge, today.facts, use, today.months, today.date, today.random, economy.months,
              economy.bridge);
  economy.cleared = cleared_vendors(economy.bridge);
  relist(products, economy.cleared, economy.enterprises);
  economy.offers_changed = true;
}

}  // namespace chokepoint
