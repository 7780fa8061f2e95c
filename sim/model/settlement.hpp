/// Settlement: desired trades become whole shares and whole micro-USD, with nothing created or lost.
///
/// For each line, wishes q_i are summed in account order, S_i = q_1 + ... + q_i, and account i trades
/// round(S_i) - round(S_{i-1}) shares: the total is exact whatever the rounding. A holding that would
/// fall below zero is clipped and the difference carried to the next accounts. What the rounding of the
/// total leaves (at most 1e-9 of the active float plus one share) is held by the line's clearing account.
/// The cash leg is shares times the price rounded to micro-USD per share, exact in integers.
///
/// Rationing: where buy and sell wishes differ (price limit, quota), the short side is filled and the
/// long side is scaled pro rata; forced sales count as sell wishes.
/// All accounts are settled at once where no holding is clipped and all numbers are far inside 64 bits, else
/// one after the other, with the same trades. Reference: double entry with one price per line and session;
/// see model/README.md, identities. Tests: tests/unit/settlement_test.cpp,
/// tests/property/settlement_property.cpp.
#pragma once

#include <array>
#include <span>

#include "sim/base/integer.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

struct Settlement {
  std::span<Shares> holding;       ///< [N] of one line; read and replaced
  std::span<double> holding_view;  ///< [N] the same as double
  std::span<MicroUsd> cash;        ///< [N] read and replaced
  Shares* clearing_shares;         ///< the line's clearing account
  MicroUsd* clearing_cash;         ///< the clearing account's cash
  MicroUsd price;                  ///< [micro-USD per share]
};

/// Trades `wish` (positive buys) and returns shares bought by each account in `traded`.
/// The sum of `traded` plus the change of the clearing account is zero.
/// Throws Error{run_failed} when a cash leg leaves 64 bits.
void settle(const Settlement& to, std::span<const double> wish, std::span<Shares> traded);

/// Scales the long side so that buys equal sells. Returns true when something was cut by more than
/// one part in 1e8.
bool ration(std::span<double> wish);

}  // namespace chokepoint
