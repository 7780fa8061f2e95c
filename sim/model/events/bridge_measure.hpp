/// Hong Kong builds a component of its regulatory bridge, or takes it down (level 0).
///
/// Nothing touches the value of a firm by itself. Whether a vendor lets Hong Kong in is the vendor's
/// decision, who comes and what is used are decided by persons and enterprises (bridge/hong_kong_bridge.hpp).
#pragma once

#include "sim/model/bridge/hong_kong_bridge.hpp"
#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct BridgeMeasureEvent {
  static constexpr std::string_view name = "bridge_measure";
  static constexpr std::string_view meaning = "builds a component of Hong Kong's regulatory bridge";
  static constexpr bool is_measure = false;

  ClosedClass component{"", {bridge_component_names.begin(), bridge_component_names.end()}};
  double level = 0;
  double ramp_days = 180;
  double cost_bn_usd = 0;

  template <class Keys>
  void keys(Keys& k) {
    k.required("component", component, "what is built");
    k.required("level", level, "how far, 0 to 1; 0 takes it down", "share");
    k.required("ramp_days", ramp_days, "time until the level is reached", "d");
    k.required("cost_bn_usd", cost_bn_usd, "cost of the component at level 1", "bn USD per year");
  }

  void check(const Facts&, const Announcement& said, EventProblems& problems) const {
    if (!said.actor.starts_with("regulator:hk-")) {
      problems.add("the actor of a bridge_measure must be a regulator of Hong Kong (regulator:hk-<id>)");
    }
    if (!(level >= 0.0 && level <= 1.0)) problems.add("'level' must lie between 0 and 1");
    if (!(ramp_days >= 0.0)) problems.add("'ramp_days' must not be negative");
    if (!(cost_bn_usd >= 0.0)) problems.add("'cost_bn_usd' must not be negative");
  }

  /// To be begun (begin_measure) on the day it takes hold.
  BridgeMeasure measure(const Announcement& said) const {
    return {*parse_enum<BridgeComponent>(component.value, bridge_component_names),
            level,
            ramp_days,
            cost_bn_usd,
            takes_hold_on(said),
            0.0};
  }
};

}  // namespace chokepoint
