/// A place lets some of its researchers no longer go abroad without permission.
///
/// Says whom the control covers, not who stays: those who are not barred choose as before, by what the places
/// offer (talent/entry_rules.hpp). Before T0, key staff of private AI firms in China needed approval
/// to travel, by
/// https://aidb.digital/blog/2026-05-28-china-restricts-overseas-travel-for-advanced-ai-researchers-at-deepse
#pragma once

#include "sim/model/events/talent_keys.hpp"

namespace chokepoint {

struct ExitControlOrder {
  static constexpr std::string_view name = "exit_control";
  static constexpr std::string_view meaning = "bars part of a place's researchers from leaving";
  static constexpr bool is_measure = true;

  ClosedClass place{"", {region_names.begin(), region_names.end()}};
  std::vector<std::string> nationalities;
  double barred = 0;
  bool top_tier_only = false;

  template <class Keys>
  void keys(Keys& k) {
    k.required("place", place, "the place that they may not leave (US, CN, HK, ROW)");
    k.required("nationalities", nationalities, "whom the control is for (US, CN, HK, IN, ROW)");
    k.required("barred", barred, "share of them who may not leave", "share");
    k.optional("top_tier_only", top_tier_only, "whether it is for researchers of the top tier only");
  }

  /// No share price follows from it by itself.
  std::vector<Touch> touches(const Facts&, const Announcement&) const { return {}; }
  void check(const Facts&, const Announcement&, EventProblems& problems) const {
    check_nationalities(nationalities, problems);
    expect_between("barred", barred, 0, 1, problems);
  }
};

}  // namespace chokepoint
