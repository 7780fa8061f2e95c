/// A government bars Chinese firms from renting compute abroad, or lets them again.
///
/// Contracts that run end with a bar. Touches: those of a measure that stops chips for China, with the
/// opposite sign when renting is allowed again.
#pragma once

#include "sim/model/events/measure.hpp"

namespace chokepoint {

struct RentalRule {
  static constexpr std::string_view name = "rental_rule";
  static constexpr std::string_view meaning = "bars Chinese firms from renting compute abroad, or lets them";
  static constexpr bool is_measure = true;

  bool barred = false;

  template <class Keys>
  void keys(Keys& k) {
    k.required("barred", barred, "whether renting is barred from then on");
  }
  void check(const Facts&, const Announcement&, EventProblems&) const {}
  std::vector<Touch> touches(const Facts& facts, const Announcement& said) const {
    Measure measure;
    measure.direction.value = barred ? "restrict" : "support";
    measure.segments = {"CN/ai_chips"};
    return measure.touches(facts, said);
  }
  std::vector<std::string> targets(const Facts&) const { return {}; }
};

}  // namespace chokepoint
