/// A vendor, or a government for all vendors of its region, announces how closely it polices queries that
/// serve to train rival models (research/distillation.hpp). It has no beta: who learns less by it is decided
/// by who could query what. A later announcement of the same actor replaces the earlier; level 0 ends it.
#pragma once

#include <algorithm>
#include <array>

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct DistillationPolicing {
  static constexpr std::string_view name = "distillation_policing";
  static constexpr std::string_view meaning = "polices queries of closed models that train rival ones";
  static constexpr bool is_measure = false;
  static constexpr std::array<double, 5> levels{0.0, 0.25, 0.5, 0.75, 1.0};

  double level = 0;

  template <class Keys>
  void keys(Keys& k) {
    k.required("level", level, "share of such queries that is found and cut off (0, 0.25, 0.5, 0.75, 1)",
               "share");
  }

  void check(const Facts& facts, const Announcement& said, EventProblems& problems) const {
    if (std::find(levels.begin(), levels.end(), level) == levels.end()) {
      problems.add("'level' is none of: 0, 0.25, 0.5, 0.75, 1");
    }
    const std::string actor = said.actor_firm();
    if (actor.empty()) return;  // a government
    problems.expect_known("vendor", actor, vendor_ids(facts));
    if (facts.vendor(actor) == Facts::npos) return;
    const bool closed = std::any_of(facts.models.begin(), facts.models.end(), [&](const AiModel& model) {
      return !model.open && model.developer == actor;
    });
    if (!closed) problems.add("'" + actor + "' has no closed model (there is nothing to police)");
  }
};

}  // namespace chokepoint
