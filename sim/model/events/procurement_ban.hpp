/// China bars its firms from foreign chips: in what the state funds, or in whatever is imported.
///
/// The level holds from then on; 0 lifts the ban. Touches: those of a measure that stops chips for China,
/// with the opposite sign when it is lifted. What vendors buy instead is not said here.
#pragma once

#include "sim/model/events/levels.hpp"
#include "sim/model/events/measure.hpp"

namespace chokepoint {

struct ProcurementBan {
  static constexpr std::string_view name = "procurement_ban";
  static constexpr std::string_view meaning = "bars Chinese buyers from foreign chips";
  static constexpr bool is_measure = true;

  ClosedClass scope{"", {"state_funded", "all_foreign"}};
  double ban_level = 0;

  template <class Keys>
  void keys(Keys& k) {
    k.required("share", scope, "whose demand: that of state-funded data centres, or all that is imported");
    k.required("banned", ban_level, "share of that demand which is barred (0 .25 .5 .75 1)", "share");
  }
  void check(const Facts&, const Announcement&, EventProblems& problems) const {
    expect_level("banned", ban_level, problems);
  }
  std::vector<Touch> touches(const Facts& facts, const Announcement& said) const {
    Measure measure;
    measure.direction.value = ban_level == 0 ? "support" : "restrict";
    measure.segments = {"CN/ai_chips"};
    return measure.touches(facts, said);
  }
  std::vector<std::string> targets(const Facts&) const { return {}; }
};

}  // namespace chokepoint
