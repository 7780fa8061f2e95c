#include "sim/model/world.hpp"

#include "sim/base/error.hpp"

namespace chokepoint {

double log_odds_terms(const World& world, std::size_t line, std::size_t g, double log_price, double shifter) {
  const double z = log_price - world.value[line * class_count + g];
  return log_price - world.population.theta[g] * z - world.population.kappa[g] * z * z * z + shifter;
}

void book_transfer(World& world, std::size_t line, std::size_t account, Shares shares, MicroUsd cash) {
  const std::size_t at = world.at(line, account);
  world.holding[at] += shares;
  world.holding_view[at] = static_cast<double>(world.holding[at]);
  world.booked_shares[account] += shares;
  const std::size_t g = world.population.accounts.class_of_account(account);
  world.held_by_domicile[line][index(domicile_of_class(g))] += shares;
  if (__builtin_add_overflow(world.cash[account], cash, &world.cash[account])) {
    throw Error(ExitCode::run_failed, "a cash balance left the range of 64-bit micro-USD");
  }
  world.cash_view[account] = static_cast<double>(world.cash[account]) * 1e-6;
  world.booked_cash[account] += cash;
}

MicroUsd rounded_price(double usd) { return nearest(usd * 1e6); }

}  // namespace chokepoint
