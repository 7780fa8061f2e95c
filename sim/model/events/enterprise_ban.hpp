/// A bank takes a vendor off its approved list for its staff in one region.
///
/// Nothing touches the value of a firm by itself: what the bank's staff use instead, who follows and what it
/// costs the vendor is decided by the enterprises.
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct EnterpriseBan {
  static constexpr std::string_view name = "enterprise_ban";
  static constexpr std::string_view meaning = "takes a vendor off a bank's approved list in one region";
  static constexpr bool is_measure = false;

  std::string vendor;
  ClosedClass staff_region{"", {region_names.begin(), region_names.end()}};
  ClosedClass basis{"", {"vendor_terms", "regulator_order", "data_security"}};

  template <class Keys>
  void keys(Keys& k) {
    k.required("vendor", vendor, "id of the vendor (data/vendors.csv)");
    k.required("scope.staff_region", staff_region, "where the staff is that may no longer use its models");
    k.required("basis", basis, "the reason that the bank gives");
  }

  /// Complains of a ban that would change nothing: no such desk, or a vendor that is off its list already.
  void check(const Facts& facts, const Announcement& said, EventProblems& problems) const;
  /// Banks act here; not all of them are listed firms.
  std::vector<std::string> actors(const Facts& facts) const { return enterprise_ids(facts); }
};

}  // namespace chokepoint
