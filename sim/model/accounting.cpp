#include "sim/model/accounting.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/model/lane_kernels.hpp"

namespace chokepoint {
namespace {

[[noreturn]] void broken(const std::string& what, Date date, Wide expected, Wide found) {
  throw Error(ExitCode::run_failed,
              fmt::format("{}: {}: expected {}, found {} (gap {})", to_text(date), what, to_text(expected),
                          to_text(found), to_text(found - expected)));
}

/// All holdings, counted in one pass.
struct Count {
  LaneVector<Shares> by_account;                              ///< [N] over all lines
  std::vector<std::array<Shares, region_count>> by_domicile;  ///< [K]
  std::vector<Shares> smallest;                               ///< [K] smallest holding, 0 if none is short
};

Count count_holdings(const World& world) {
  Count count;
  count.by_account.assign(world.accounts(), 0);
  count.by_domicile.resize(world.lines);
  count.smallest.assign(world.lines, 0);
  for (std::size_t k = 0; k < world.lines; ++k) {
    for (std::size_t g = 0; g < class_count; ++g) {
      const ClassBlock& block = world.population.accounts.blocks[g];
      const HoldingCount part = count_holding(
          &count.by_account[block.begin], &world.holding[world.at(k, block.begin)], block.end - block.begin);
      count.by_domicile[k][index(domicile_of_class(g))] += part.sum;
      count.smallest[k] = std::min(count.smallest[k], part.smallest);
    }
  }
  return count;
}

void check_accounts(const World& world, const LaneVector<Shares>& held, Date date) {
  for (std::size_t i = 0; i < world.accounts(); ++i) {
    const Shares shares = world.audited_shares[i] + world.booked_shares[i];
    if (held[i] != shares) {
      broken("shares of account " + world.population.accounts.name(i), date, shares, held[i]);
    }
    const MicroUsd cash = world.audited_cash[i] + world.booked_cash[i];
    if (world.cash[i] != cash) {
      broken("cash of account " + world.population.accounts.name(i) + " [micro-USD]", date, cash,
             world.cash[i]);
    }
  }
}

void check_not_short(const World& world, std::size_t k, Shares smallest, Date date) {
  if (smallest == 0) return;
  const Shares* holding = &world.holding[world.at(k, 0)];
  const std::size_t i =
      static_cast<std::size_t>(std::find(holding, holding + world.accounts(), smallest) - holding);
  broken("holding of '" + world.facts->lines[k].id + "' by " + world.population.accounts.name(i), date, 0,
         smallest);
}

/// Shares of a line held by investors; they must agree with those kept by domicile for the flow table.
Wide shares_held(const World& world, std::size_t k, const std::array<Shares, region_count>& counted,
                 Date date) {
  Wide held = 0;
  for (std::size_t d = 0; d < region_count; ++d) {
    held += counted[d];
    const Shares kept = world.held_by_domicile[k][d];
    if (kept == counted[d]) continue;
    broken(fmt::format("shares of '{}' held in {}", world.facts->lines[k].id, region_names[d]), date,
           counted[d], kept);
  }
  return held;
}

void check_line(const World& world, std::size_t k, const Count& count, Date date) {
  const std::string& id = world.facts->lines[k].id;
  check_not_short(world, k, count.smallest[k], date);
  const Wide held = shares_held(world, k, count.by_domicile[k], date);
  if (!world.listed[k] && held != 0) broken("holdings of '" + id + "', which is not listed", date, 0, held);
  Wide total = held + world.clearing_shares[k] + world.inert[k];
  for (const LockedLot& lot : world.locked) total += lot.line == k && lot.in_wealth ? lot.shares : 0;
  if (total != world.outstanding[k]) broken("shares of '" + id + "'", date, world.outstanding[k], total);
}

Wide all_cash(const World& world) {
  Wide total = world.clearing_cash;
  for (const MicroUsd cash : world.cash) total += cash;
  for (const Wide cash : world.firm_cash) total += cash;
  return total;
}

}  // namespace

void open_books(World& world) {
  world.audited_shares = count_holdings(world).by_account;
  world.audited_cash = world.cash;
  world.booked_shares.assign(world.accounts(), 0);
  world.booked_cash.assign(world.accounts(), 0);
  world.total_cash = all_cash(world);
}

void audit(World& world, Date date) {
  Count count = count_holdings(world);
  check_accounts(world, count.by_account, date);
  for (std::size_t k = 0; k < world.lines; ++k) check_line(world, k, count, date);
  const Wide cash = all_cash(world);
  if (cash != world.total_cash) broken("cash of all accounts [micro-USD]", date, world.total_cash, cash);
  world.audited_shares = std::move(count.by_account);
  world.audited_cash = world.cash;
  world.booked_shares.assign(world.accounts(), 0);
  world.booked_cash.assign(world.accounts(), 0);
}

}  // namespace chokepoint
