/// A place changes a scheme by which it admits researchers, and whose stays it renews.
///
/// Says what the scheme grants, not who comes or goes (talent/entry_rules.hpp). At T0 Hong Kong renews about
/// half of the first stays under its Top Talent Pass Scheme (`talent.scheme_renewal`).
#pragma once

#include "sim/model/events/talent_keys.hpp"

namespace chokepoint {

struct TalentSchemeChange {
  static constexpr std::string_view name = "talent_scheme";
  static constexpr std::string_view meaning = "changes whom a scheme admits and whose stay it renews";
  static constexpr bool is_measure = true;

  ClosedClass place{"", {region_names.begin(), region_names.end()}};
  double admitted = 1;
  std::optional<double> renewal = {};

  template <class Keys>
  void keys(Keys& k) {
    k.required("place", place, "the place that has the scheme (US, CN, HK, ROW)");
    k.required("admitted", admitted, "share let in of those who apply, over that share at T0");
    k.optional("renewal", renewal, "share of first stays that are renewed; without it as at T0", "share");
  }

  /// No share price follows from it by itself.
  std::vector<Touch> touches(const Facts&, const Announcement&) const { return {}; }
  void check(const Facts&, const Announcement&, EventProblems& problems) const {
    expect_between("admitted", admitted, 0.05, 5, problems);
    if (renewal) expect_between("renewal", *renewal, 0, 1, problems);
  }
};

}  // namespace chokepoint
