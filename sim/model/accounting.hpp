/// The audit: what must be true of the ledger after every tick, in integers, compared with ==.
///
///   1  per account: shares at the last audit + shares booked since = shares held, over all lines
///   2  per account: the same for cash
///   3  per line:    sum of holdings + clearing account + locked lots + inert shares = shares outstanding
///   4  cash of accounts + clearing account + issuers = cash of T0
///   5  per line and domicile: holdings kept for the flow table = sum of its accounts
///   6  no holding below zero; no holding in a line that is not listed
///
/// Sums are 128-bit. The first identity that broke ends the run with Error{run_failed}, naming the account or
/// line, the day and the gap. Tests: tests/unit/audit_test.cpp breaks each on purpose.
#pragma once

#include "sim/base/date.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {

/// Takes today's balances as those that the next audit starts from.
void open_books(World& world);

/// Checks all identities at the end of a day and reopens the books.
void audit(World& world, Date date);

}  // namespace chokepoint
