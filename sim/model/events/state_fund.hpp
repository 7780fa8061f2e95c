/// A government tells its funds to buy, or to sell, shares of a region. It moves what the sovereign investors
/// of that domicile wish to hold, over some weeks (capital_rules.hpp); what they get and what it costs the
/// market decides. Nobody's value is touched.
#pragma once

#include <algorithm>

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct StateFund {
  static constexpr std::string_view name = "state_fund";
  static constexpr std::string_view meaning = "tells a government's funds to buy or sell a region's shares";
  static constexpr bool is_measure = false;

  ClosedClass domicile{"", {region_names.begin(), region_names.end()}};
  ClosedClass region{"", {region_names.begin(), region_names.end()}};
  ClosedClass direction{"", {"buy", "sell"}};
  double strength = 0;
  std::optional<Date> date = {};

  template <class Keys>
  void keys(Keys& k) {
    k.required("domicile", domicile, "whose sovereign investors");
    k.required("region", region, "home region of the lines");
    k.required("direction", direction, "whether they buy or sell");
    k.required("strength", strength, "share of the largest mandate: 0.25, 0.5, 0.75, 1", "share");
    k.required("date", date, "first date on which they act");
  }
  void check(const Facts&, const Announcement&, EventProblems& problems) const {
    constexpr std::array<double, 4> allowed{0.25, 0.5, 0.75, 1.0};
    if (std::find(allowed.begin(), allowed.end(), strength) == allowed.end()) {
      problems.add("'strength' is none of: 0.25, 0.5, 0.75, 1");
    }
  }
};

}  // namespace chokepoint
