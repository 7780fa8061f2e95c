/// Where money went: every change of a holding's value, split and booked as it happens, in whole micro-USD.
///
///   change of position value = flow + revaluation + issuance + unlocked       (exact, per domicile and line)
///   flow        P dq of trades in a session (positive: the domicile bought); sums to zero over domiciles but
///               for the clearing account's rounding
///   revaluation h dP, at the holdings before the trades
///   issuance    shares paid to an issuer, at the offer price; the step from there to the market price is
///   revaluation unlocked    value of lots that became tradable
///
/// A line is booked to the venue of the session in which it trades: one that trades in Hong Kong and New York
/// has flows in both. Tests: tests/property/market_property.cpp.
#pragma once

#include <array>
#include <vector>

#include "sim/base/integer.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

enum class FlowKind : unsigned { flow, revaluation, issuance, unlocked };
inline constexpr std::size_t flow_kind_count = 4;
inline constexpr std::array<std::string_view, flow_kind_count> flow_kind_names{"flow", "revaluation",
                                                                               "issuance", "unlocked"};

/// Sums of one day, [micro-USD].
struct FlowBook {
  using ByGroup = std::array<Wide, line_group_count>;
  using ByVenue = std::array<ByGroup, region_count>;
  /// [kind][domicile][venue region][group]
  std::array<std::array<ByVenue, region_count>, flow_kind_count> amount{};

  Wide& at(FlowKind kind, std::size_t domicile, Region venue, LineGroup group) {
    return amount[index(kind)][domicile][index(venue)][index(group)];
  }
  void clear() { amount = {}; }
};

}  // namespace chokepoint
