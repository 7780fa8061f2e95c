/// What events change in law, lists and technology, and on which day it takes hold.
///
/// Made by the plan of an arm from its events (plan.cpp), enacted at the start of the day (economy.cpp).
/// Nothing here says what vendors, enterprises or researchers make of it.
#pragma once

#include <string>
#include <variant>

#include "sim/model/access/access_tensor.hpp"
#include "sim/model/event.hpp"
#include "sim/model/sessions.hpp"

namespace chokepoint {

struct OrderTakesHold {
  PersonOrder order;  ///< replaces an order of the same measure
};

struct OrderEnds {
  std::string measure;
};

struct ModelComesOut {
  std::size_t model = 0;  ///< index into Facts::models
};

/// An enterprise takes a vendor off its list for its staff in a region.
struct VendorRemoved {
  std::string enterprise;
  std::size_t vendor = 0;  ///< index into Facts::vendors
  Region region{};
};

struct EconomyNews {
  std::size_t day = 0;  ///< first trading day on which it holds, before any session
  std::variant<OrderTakesHold, OrderEnds, ModelComesOut, VendorRemoved> what;
};

/// What an event brings. It takes hold on the first day none of whose venues opened before it was announced,
/// a release not before its weights are out; a day of days().size() or more lies after the end. Measures that
/// do not bind (proposals, lists without legal force) change no law.
std::vector<EconomyNews> economy_news(const Facts& facts, const Calendar& calendar, const Event& event);

/// The government behind a regulator: "regulator:us-bis" is of the US; a name without a region is of ROW.
Region government_of(const std::string& actor);

}  // namespace chokepoint
