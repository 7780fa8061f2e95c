/// The list of instruments. A new event type is a new file in events/ and one more name on this line.
#pragma once

#include <variant>

#include "sim/model/events/bridge_measure.hpp"
#include "sim/model/events/chip_control.hpp"
#include "sim/model/events/claimed_release.hpp"
#include "sim/model/events/connect_change.hpp"
#include "sim/model/events/counter_control.hpp"
#include "sim/model/events/designation.hpp"
#include "sim/model/events/distillation_policing.hpp"
#include "sim/model/events/enterprise_ban.hpp"
#include "sim/model/events/exit_control.hpp"
#include "sim/model/events/issue.hpp"
#include "sim/model/events/listing.hpp"
#include "sim/model/events/measure.hpp"
#include "sim/model/events/model_access_order.hpp"
#include "sim/model/events/model_release.hpp"
#include "sim/model/events/open_release.hpp"
#include "sim/model/events/open_weights_control.hpp"
#include "sim/model/events/outbound_limit.hpp"
#include "sim/model/events/ownership_ban.hpp"
#include "sim/model/events/placement_considered.hpp"
#include "sim/model/events/procurement_ban.hpp"
#include "sim/model/events/rental_rule.hpp"
#include "sim/model/events/reversal.hpp"
#include "sim/model/events/state_fund.hpp"
#include "sim/model/events/talent_scheme.hpp"
#include "sim/model/events/visa_rule.hpp"

namespace chokepoint {

using Instrument = std::variant<ModelAccessOrder, OpenRelease, PlacementConsidered, Reversal, Issue, Listing,
                                OwnershipBan, EnterpriseBan, ModelRelease, Measure, ClaimedRelease,
                                ChipControl, ProcurementBan, CounterControl, RentalRule, OpenWeightsControl,
                                DistillationPolicing, VisaRule, ExitControlOrder, TalentSchemeChange,
                                BridgeMeasureEvent, OutboundLimit, ConnectChange, StateFund, Designation>;

/// A value that only the data can settle: a selection of targets, or money of another currency.
struct Unsettled {
  std::string key;   ///< of the instrument, or "actor"
  std::string text;  ///< the selection, or the currency of the amount that stands in the instrument
  SourcePosition where;
};

struct Event {
  Announcement said;
  Instrument instrument;
  std::vector<Unsettled> unsettled = {};  ///< empty before a plan is made of it

  std::string_view instrument_name() const {
    return std::visit([](const auto& what) { return what.name; }, instrument);
  }
};

}  // namespace chokepoint
