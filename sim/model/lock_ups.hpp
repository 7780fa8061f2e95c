/// Lock-ups: shares that exist, belong to someone, and may not trade until a date.
///
/// A cornerstone is one fund-type account with cash equal to its stake; its locked shares count in S_k
/// and in its wealth, never in the float. Founders and pre-IPO holders are no agents until their date.
/// On the date the holder wishes to keep the share `keep` of its lot at the current price:
///
///   w_ik = keep h P / (C + h P),   a_ik = ln(keep h P / C') - (log odds terms at p),  C' = C + (1 - keep) h
///   P
///
/// and trades from then on like its class. Index funds follow the larger float at the next review.
/// Assumption: keep, one global number; day moves of 0 / -19 / -34 / -49 % for keep 1 / .8 / .6 / .3 were
/// found in a prototype for a float that doubles. Neglects: sales arranged before the date, staggered exits.
/// Tests: tests/unit/lock_up_test.cpp.
#pragma once

#include "sim/base/field.hpp"

namespace chokepoint {

struct World;
struct Plan;

struct LockUpParams {
  double keep = 0.6;

  static void fields(FieldList& list, LockUpParams& p) {
    list.add("lock_up.keep", p.keep, "share", 0.01, 0.99, "assumption: prior median, .1-.9",
             "share of a lot that its holder wishes to keep when the lock-up ends");
  }
};

/// Frees the lots whose date has come: they join the float and their holders' accounts.
void expire_lock_ups(World& world, const LockUpParams& params, const Plan& plan);

}  // namespace chokepoint
