/// Where the named desks keep their staff and the capital that they book.
///
///   gain[r -> r'] = max(0, ln Y[r'] - ln Y[r] + policy[r'] - policy[r] - moving_cost)
///   share[r -> r'] = sensitivity / 12 x months x gain[r -> r'],   scaled so that an origin sends at most all
///   staff moved    = staff[r] x share,     capital moved = capital[r] x capital_follows x share
///
///   Y[r]      -            what an hour of the desk's staff would produce in r, relative to T0
///   policy    log points   in favour of a region, whatever makes staff or booking easier there
///   gain      log points   what is left of the advantage after the cost of moving, a month's flow per point
///
/// Every region may send and receive, so desks come back when the advantage turns. Persons and dollars are
/// whole numbers: what a month's flow leaves below one person (one dollar) waits, by desk and destination,
/// for the next move there. No staff and no capital is made or lost. At T0 all Y are 1 and nothing moves;
/// relocation_sensitivity = 0 switches off.
/// Assumptions: the flow is linear in the advantage; a desk's capital goes with its staff, in part; desks
/// decide one by one. Capital per person at T0 is private banking money in Hong Kong, 10.4 tn HKD in 2024
/// (https://www.chinadailyasia.com/article/617858), 1.33 tn USD at .1276, over the 86,479 staff of the desks
/// of data/bank_desks.csv: 15 mn USD. All money managed there, 35.1 tn HKD, over the 53,695 persons who
/// manage it (Hong Kong's survey of asset and wealth management for 2024) would be 83 mn, but most staff of a
/// bank manages no money. No measured response of desks to models exists: sensitivity is a prior, and an
/// effect of nearly nothing is inside its range. Neglects: notice, leases and licences (a cost per move, a
/// lag), visas, desks that close, rivals that hire the staff, new staff, returns on capital. Tests:
/// tests/unit/desk_relocation_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct RelocationParams {
  double relocation_sensitivity = 0.5;
  double moving_cost = 0.002;
  double capital_follows = 0.5;
  double capital_per_staff = 15;  ///< mn USD per person at T0

  static void fields(FieldList& list, RelocationParams& p);
};

/// By named desk, in the order of Facts::bank_desks.
struct Desks {
  std::vector<std::array<std::int64_t, region_count>> staff;    ///< [desk][region] persons
  std::vector<std::array<std::int64_t, region_count>> capital;  ///< [desk][region] USD
  std::vector<std::array<double, region_count>> due_staff;      ///< [desk][destination] below one person
  std::vector<std::array<double, region_count>> due_capital;    ///< [desk][destination] below one USD
  std::array<std::array<std::int64_t, region_count>, region_count> moved_staff{};    ///< [from][to] since T0
  std::array<std::array<std::int64_t, region_count>, region_count> moved_capital{};  ///< [from][to] since T0
};

Desks initial_desks(const RelocationParams& params, const Facts& facts);

/// One step of `months`. `output` [desk][region]: ln of what an hour of this desk's staff would produce in
/// each region, relative to T0 (0 at T0). `policy` [region] in log points.
void relocate_desks(const RelocationParams& params, const Facts& facts,
                    std::span<const std::array<double, region_count>> output,
                    std::span<const double, region_count> policy, double months, Desks& desks);

}  // namespace chokepoint
