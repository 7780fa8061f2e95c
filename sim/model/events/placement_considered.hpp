/// A listed firm is reported to consider selling new shares. Carries attention only: no terms are known.
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct PlacementConsidered {
  static constexpr std::string_view name = "placement_considered";
  static constexpr std::string_view meaning = "reports that a firm considers selling shares; attention only";
  static constexpr bool is_measure = false;

  template <class Keys>
  void keys(Keys&) {}

  void check(const Facts&, const Announcement& said, EventProblems& problems) const {
    if (said.actor_firm().empty()) problems.add("the actor must be a firm (firm:<id>)");
  }
};

}  // namespace chokepoint
