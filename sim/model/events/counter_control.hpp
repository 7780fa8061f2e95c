/// China withholds inputs (rare earths, gallium and the like) from makers of foreign chips.
///
/// The level holds from then on; 0 lifts it. Touches: those of a measure that restricts rare earths for the
/// world, with the opposite sign when it is lifted. Foreign chips become dearer for everybody
/// (`compute.counter_control_cost`).
#pragma once

#include "sim/model/events/levels.hpp"
#include "sim/model/events/measure.hpp"

namespace chokepoint {

struct CounterControl {
  static constexpr std::string_view name = "counter_control";
  static constexpr std::string_view meaning = "withholds inputs from makers of foreign chips";
  static constexpr bool is_measure = true;

  double withheld = 0;

  template <class Keys>
  void keys(Keys& k) {
    k.required("withheld", withheld, "share of the inputs that is withheld (0 .25 .5 .75 1)", "share");
  }
  void check(const Facts&, const Announcement&, EventProblems& problems) const {
    expect_level("withheld", withheld, problems);
  }
  std::vector<Touch> touches(const Facts& facts, const Announcement& said) const {
    Measure measure;
    measure.direction.value = withheld == 0 ? "support" : "restrict";
    measure.segments = {"world/rare_earths"};
    return measure.touches(facts, said);
  }
  std::vector<std::string> targets(const Facts&) const { return {}; }
};

}  // namespace chokepoint
