/// Investors of some domiciles may no longer buy a firm's shares, and must have sold by a deadline
/// (ownership_bans.hpp). It has no beta: masks, forced sales and the clearing do the rest.
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct OwnershipBan {
  static constexpr std::string_view name = "ownership_ban";
  static constexpr std::string_view meaning = "bars investors of some domiciles from a firm's shares";
  static constexpr bool is_measure = false;

  std::vector<std::string> firms;
  std::vector<std::string> domiciles;
  std::optional<Date> deadline;

  template <class Keys>
  void keys(Keys& k) {
    k.required("firms", firms, "firms whose shares may not be bought");
    k.required("domiciles", domiciles, "domiciles of the barred investors (US, CN, HK, ROW)");
    k.required("deadline", deadline, "last date for selling");
  }
  void check(const Facts& facts, const Announcement& said, EventProblems& problems) const {
    for (const auto& id : firms) problems.expect_known("firm", id, firm_ids(facts));
    const std::vector<std::string> regions(region_names.begin(), region_names.end());
    for (const auto& id : domiciles) problems.expect_known("domicile", id, regions);
    if (firms.empty()) problems.add("'firms' is empty (a ban must name at least one firm)");
    if (domiciles.empty()) problems.add("'domiciles' is empty (a ban must name at least one)");
    if (*deadline <= announced_on(said)) {
      problems.add("'deadline' = " + to_text(*deadline) + " is not after the announcement on " +
                   to_text(announced_on(said)) + " UTC (holders need a day to sell) set a later deadline");
    }
  }
  std::vector<std::string> targets(const Facts&) const { return firms; }
};

}  // namespace chokepoint
