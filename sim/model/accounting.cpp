#include "sim/model/accounting.hpp"

#include <fmt/format.h>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

[[noreturn]] void broken(const std::string& what, Date date, Wide expected, Wide found) {
  throw Error(ExitCode::run_failed,
              fmt::format("{}: {}: expected {}, found {} (gap {})", to_text(date), what, to_text(expected),
                          to_text(found), to_text(found - expected)));
}

std::vector<Wide> shares_of_accounts(const World& world) {
  std::vector<Wide> total(world.accounts(), 0);
  for (std::size_t k = 0; k < world.lines; ++k) {
    const Shares* holding = &world.holding[world.at(k, 0)];
    for (std::size_t i = 0; i < world.accounts(); ++i) total[i] += holding[i];
  }
  return total;
}

void check_accounts(const World& world, const std::vector<Wide>& held, Date date) {
  for (std::size_t i = 0; i < world.accounts(); ++i) {
    const Wide shares = world.audited_shares[i] + world.booked_shares[i];
    if (held[i] != shares) {
      broken("shares of account " + world.population.accounts.name(i), date, shares, held[i]);
    }
    const Wide cash = world.audited_cash[i] + world.booked_cash[i];
    if (world.cash[i] != cash) {
      broken("cash of account " + world.population.accounts.name(i) + " [micro-USD]", date, cash,
             world.cash[i]);
    }
  }
}

void check_line(const World& world, std::size_t k, Date date) {
  const std::string& id = world.facts->lines[k].id;
  Wide held = 0;
  std::array<Wide, region_count> by_domicile{};
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = world.population.accounts.blocks[g];
    for (std::size_t i = block.begin; i < block.end; ++i) {
      const Shares shares = world.holding[world.at(k, i)];
      if (shares < 0)
        broken("holding of '" + id + "' by " + world.population.accounts.name(i), date, 0, shares);
      by_domicile[index(domicile_of_class(g))] += shares;
    }
  }
  for (std::size_t d = 0; d < region_count; ++d) {
    held += by_domicile[d];
    const Wide kept = world.held_by_domicile[k][d];
    if (kept != by_domicile[d]) {
      broken(fmt::format("shares of '{}' held in {}", id, region_names[d]), date, by_domicile[d], kept);
    }
  }
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
  world.audited_shares = shares_of_accounts(world);
  world.audited_cash.assign(world.cash.begin(), world.cash.end());
  world.booked_shares.assign(world.accounts(), 0);
  world.booked_cash.assign(world.accounts(), 0);
  world.total_cash = all_cash(world);
}

void audit(World& world, Date date) {
  std::vector<Wide> held = shares_of_accounts(world);
  check_accounts(world, held, date);
  for (std::size_t k = 0; k < world.lines; ++k) check_line(world, k, date);
  const Wide cash = all_cash(world);
  if (cash != world.total_cash) broken("cash of all accounts [micro-USD]", date, world.total_cash, cash);
  world.audited_shares = std::move(held);
  world.audited_cash.assign(world.cash.begin(), world.cash.end());
  world.booked_shares.assign(world.accounts(), 0);
  world.booked_cash.assign(world.accounts(), 0);
}

}  // namespace chokepoint
