/// What events change in law, lists and technology, and on which day it takes hold.
///
/// Made by the plan of an arm from its events (plan.cpp), enacted at the start of the day (economy.cpp).
/// Nothing here says what vendors, enterprises or researchers make of it.
#pragma once

#include <string>
#include <type_traits>
#include <variant>

#include "sim/model/access/access_tensor.hpp"
#include "sim/model/bridge/hong_kong_bridge.hpp"
#include "sim/model/event.hpp"
#include "sim/model/policy/law.hpp"
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
  bool for_terms = true;  ///< because of what the vendor's terms say
};

/// A rule on chips. Tightening teaches buyers to fear the next one.
struct ChipRuleTakesHold {
  ChipRule rule;                      ///< replaces that of its measure
  std::vector<std::string> replaces;  ///< measures of T0 that end with it
  bool repeals = false;               ///< nothing takes their place
  double bite = 0;                    ///< [0, 1] of a rule that tightens; 0: it loosens
};

struct EconomyNews {
  std::size_t day = 0;  ///< first trading day on which it holds, before any session
  std::variant<OrderTakesHold, OrderEnds, ModelComesOut, VendorRemoved, ChipRuleTakesHold, LevelInForce,
               EntryRule, ExitControl, TalentScheme, PolicingChanges, OpenWeightsChanges, BridgeMeasure>
      what;
};

/// Instruments whose effect on law, lists and models may be dated later than their announcement. A release of
/// weights dates these; offers and rules of capital have a `date` of their own.
template <class What>
inline constexpr bool may_take_effect_later =
    std::disjunction_v<std::is_same<What, ModelAccessOrder>, std::is_same<What, Reversal>,
                       std::is_same<What, EnterpriseBan>, std::is_same<What, ModelRelease>,
                       std::is_same<What, ChipControl>, std::is_same<What, ProcurementBan>,
                       std::is_same<What, CounterControl>, std::is_same<What, RentalRule>,
                       std::is_same<What, OpenWeightsControl>, std::is_same<What, DistillationPolicing>,
                       std::is_same<What, VisaRule>, std::is_same<What, ExitControlOrder>,
                       std::is_same<What, TalentSchemeChange>, std::is_same<What, BridgeMeasureEvent>>;

/// What an event brings. It takes hold on the first day none of whose venues opened before it was announced,
/// not before it is effective, a release not before its weights are out; a day of days().size() or more lies
/// after the end. Measures that do not bind (proposals, lists without legal force) change no law.
std::vector<EconomyNews> economy_news(const Facts& facts, const Calendar& calendar, const Event& event);

}  // namespace chokepoint
