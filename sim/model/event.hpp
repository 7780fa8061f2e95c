/// The list of instruments. A new event type is a new file in events/ and one more name on this line.
#pragma once

#include <variant>

#include "sim/model/events/claimed_release.hpp"
#include "sim/model/events/enterprise_ban.hpp"
#include "sim/model/events/issue.hpp"
#include "sim/model/events/listing.hpp"
#include "sim/model/events/measure.hpp"
#include "sim/model/events/model_access_order.hpp"
#include "sim/model/events/model_release.hpp"
#include "sim/model/events/open_release.hpp"
#include "sim/model/events/ownership_ban.hpp"
#include "sim/model/events/placement_considered.hpp"
#include "sim/model/events/reversal.hpp"

namespace chokepoint {

using Instrument = std::variant<ModelAccessOrder, OpenRelease, PlacementConsidered, Reversal, Issue, Listing,
                                OwnershipBan, EnterpriseBan, ModelRelease, Measure, ClaimedRelease>;

struct Event {
  Announcement said;
  Instrument instrument;

  std::string_view instrument_name() const {
    return std::visit([](const auto& what) { return what.name; }, instrument);
  }
};

}  // namespace chokepoint
