/// Pay that moves with the value of the firm that pays it.
///
///   dln pay[l] = e sum over vendors v of l of staff_v V_v / sum over these v of staff_v
///
///   dln pay  log points  change since T0 of the pay that those who search expect in region l: a term of
///                        the `wage` of mobility.hpp, which utility takes b_w times
///   e        -           `talent.equity_share`, the part of pay that is given in the firm's shares;
///                        0 switches off, exactly
///   V        log points  change since T0 of the value of the vendor's firm
///   staff    persons     research staff now, all nationalities
///
/// A region without staff of vendors has no such pay: its change is zero. At T0 all V are zero.
/// Reference: most of senior researchers' pay in frontier laboratories is private equity, marked to the last
/// round: https://deluair.com/consultancy/insights/ai-talent-compensation-2026.
/// Assumptions: pay that searchers compare is that of vendors, also of those whom others employ; grants are a
/// number of shares, whose value nobody tops up or cuts when V moves; first order in V: a package of 1 - e in
/// cash and e in shares changes by ln(1 - e + e exp V), which is never below e V.
/// Neglects: vesting, which holds those whose grants have risen; that private shares cannot be sold at once;
/// differences of e between firms and places; the cash part's answer to the firm's wealth.
/// Tests: tests/unit/talent_equity_pay_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/model/talent/talent.hpp"

namespace chokepoint {

/// Log change of pay by region since T0. `firm_value` by vendor: log change since T0.
std::vector<double> equity_pay(const TalentParams& params, const Facts& facts, const Talent& talent,
                               std::span<const double> firm_value);

}  // namespace chokepoint
