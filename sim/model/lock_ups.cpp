#include "sim/model/lock_ups.hpp"

#include <algorithm>

#include "sim/model/plan.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {
namespace {

void free_lot(World& world, const LockUpParams& params, const LockedLot& lot) {
  const Line& line = world.facts->lines[lot.line];
  const std::size_t g = world.population.accounts.class_of_account(lot.account);
  book_transfer(world, lot.line, lot.account, lot.shares, 0);
  world.floating[lot.line] += lot.shares;
  if (!lot.in_wealth) world.inert[lot.line] -= lot.shares;
  const double value = static_cast<double>(lot.shares) * world.price_usd(lot.line);
  const double cash = world.cash_view[lot.account] + (1.0 - params.keep) * value;
  const double terms = log_odds_terms(world, lot.line, g, world.log_price[lot.line], 0.0);
  world.odds[world.at(lot.line, lot.account)] = params.keep * value / cash * exponential(-terms);
  world.flows.at(FlowKind::unlocked, index(domicile_of_class(g)), line.region, line.group) +=
      static_cast<Wide>(lot.shares) * world.price[lot.line];
}

}  // namespace

void expire_lock_ups(World& world, const LockUpParams& params, const Plan& plan) {
  for (const ScheduledUnlock& unlock : plan.unlocks) {
    if (unlock.day != world.day) continue;
    const auto lot = std::find_if(world.locked.begin(), world.locked.end(),
                                  [&](const LockedLot& row) { return row.lockup == unlock.lockup; });
    free_lot(world, params, *lot);
    world.locked.erase(lot);
  }
}

}  // namespace chokepoint
