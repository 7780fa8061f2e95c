/// A government puts firms on one of three lists that are often taken for one and differ in what they do.
///
///   section_1260h   names military companies; it bars nothing in the market. Touches: the named firms by
///                   `target`, at the small bite of a list without legal force. That is also how the fear of
///                   an ownership ban gets into prices: the value falls, there is no ban hazard beside it
///   entity_list     stops goods and technology: the named firms by `target` and, for what they need from
///                   there, by `restricted_input` (counterparts whose product is named us_...; models are
///                   served under other rules); for a flow that is called after a named firm (firm/product)
///                   also its sellers by `restricted_sales` and those who can take their place by `vacated`
///   investment_ban  makes holders sell: that is the instrument `ownership_ban`, and refused here
///
/// Assumption: a listing covers every product alike. Neglects: procurement bans that follow a list.
#pragma once

#include <algorithm>

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct Designation {
  static constexpr std::string_view name = "designation";
  static constexpr std::string_view meaning = "puts firms on a government's list";
  static constexpr bool is_measure = true;

  ClosedClass list{"", {"section_1260h", "entity_list", "investment_ban"}};
  std::vector<std::string> firms = {};

  template <class Keys>
  void keys(Keys& k) {
    k.required("list", list, "which list");
    k.required("firms", firms, "ids of the firms that it names");
  }
  void check(const Facts& facts, const Announcement& said, EventProblems& problems) const {
    for (const auto& id : firms) problems.expect_known("firm", id, firm_ids(facts));
    if (firms.empty()) problems.add("'firms' is empty (a list must name at least one firm)");
    const Force force = said.bite.force;
    const bool binds = force == Force::binding || force == Force::licence_required;
    if (list.value == "investment_ban") {
      problems.add(
          "an investment ban makes holders sell by a date (a list alone does not) use "
          "'ownership_ban'");
    } else if (list.value == "section_1260h" && binds) {
      problems.add(
          "the list of section 1260H has no legal force (it bars nothing) set force = "
          "\"list_without_legal_force\"");
    } else if (list.value == "entity_list" && force == Force::list_without_legal_force) {
      problems.add(
          "the Entity List has legal force (goods need a licence) set force = \"binding\" or "
          "\"licence_required\"");
    }
  }

  std::vector<Touch> touches(const Facts& facts, const Announcement&) const {
    std::vector<Touch> result;
    for (const auto& firm : firms) result.push_back({firm, Channel::target, 1.0, 1.0, "named"});
    if (list.value != "entity_list") return result;
    for (const Exposure& row : facts.exposures) {
      if (stopped(row)) result.push_back({row.firm, row.channel, row.share, 1.0, row.counterpart});
    }
    return result;
  }
  std::vector<std::string> targets(const Facts&) const { return firms; }

 private:
  bool names(std::string_view firm) const {
    return std::find(firms.begin(), firms.end(), firm) != firms.end();
  }

  /// True for an exposure to goods that the named firms no longer get.
  bool stopped(const Exposure& row) const {
    const std::size_t slash = row.counterpart.rfind('/');
    const bool has_buyer = slash != std::string::npos;
    const std::string product = has_buyer ? row.counterpart.substr(slash + 1) : row.counterpart;
    const bool flows = row.channel == Channel::restricted_input || row.channel == Channel::restricted_sales ||
                       row.channel == Channel::vacated;
    if (!flows || !product.starts_with("us_") || product == "us_closed_models") return false;
    if (has_buyer && names(row.counterpart.substr(0, slash))) return true;
    return row.channel == Channel::restricted_input && names(row.firm);
  }
};

}  // namespace chokepoint
