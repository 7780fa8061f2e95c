/// Investors of some domiciles may not take part in issues, listings and private rounds of named firms, or of
/// the AI firms with headquarters in a region; or may again. Shares that trade already stay open to them, as
/// the US programme of 2025 leaves publicly traded securities out. It has no beta: who is left to fund the
/// firms decides (capital_rules.hpp). To end a limit, lift it: it is no measure that a reversal could name.
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct OutboundLimit {
  static constexpr std::string_view name = "outbound_limit";
  static constexpr std::string_view meaning = "shuts investors of some domiciles out of firms' new shares";
  static constexpr bool is_measure = false;

  ClosedClass direction{"restrict", {"restrict", "lift"}};
  std::vector<std::string> domiciles = {};
  std::vector<std::string> firms = {};
  std::vector<std::string> headquarters = {};
  std::optional<Date> date = {};

  template <class Keys>
  void keys(Keys& k) {
    k.optional("direction", direction, "whether it restricts or lifts a restriction");
    k.required("domiciles", domiciles, "domiciles of the investors (US, CN, HK, ROW)");
    k.optional("firms", firms, "ids of the firms whose new shares it is about");
    k.optional("headquarters", headquarters, "regions whose AI firms it is about (US, CN, HK, ROW)");
    k.required("date", date, "first date on which it holds");
  }
  void check(const Facts& facts, const Announcement&, EventProblems& problems) const {
    const std::vector<std::string> regions(region_names.begin(), region_names.end());
    for (const auto& id : firms) problems.expect_known("firm", id, firm_ids(facts));
    for (const auto& id : domiciles) problems.expect_known("domicile", id, regions);
    for (const auto& id : headquarters) problems.expect_known("region", id, regions);
    if (domiciles.empty()) problems.add("'domiciles' is empty (a limit must name at least one)");
    if (firms.empty() && headquarters.empty()) {
      problems.add("it is about no firm (a limit names 'firms' or 'headquarters')");
    }
  }
  std::vector<std::string> targets(const Facts&) const { return firms; }
};

}  // namespace chokepoint
