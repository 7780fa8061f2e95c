/// A government changes which chips may be sold to whom: thresholds, licences, lists of firms, tools.
///
/// It replaces all rules of the measure that it continues, and those of the measures of T0 that it names
/// (data/chip_rules.csv). Loosening without any threshold, firm or tools repeals them.
/// Touches: those of a measure that restricts chips for China (a threshold, or a repeal), tools for Chinese
/// chip makers (`tools`), and the named firms; with the opposite sign when it loosens. What firms buy instead
/// is not said here (compute/compute_month.hpp).
#pragma once

#include "sim/model/compute/chip_rules.hpp"
#include "sim/model/events/levels.hpp"
#include "sim/model/events/measure.hpp"

namespace chokepoint {

struct ChipControl {
  static constexpr std::string_view name = "chip_control";
  static constexpr std::string_view meaning = "changes which chips and chip tools may be sold to whom";
  static constexpr bool is_measure = true;

  ClosedClass direction{"", {"tighten", "loosen"}};
  ClosedClass reach{"parent", {"parent", "site"}};
  double tpp_above = 0;
  double bandwidth_above = 0;
  ClosedClass licence{"denied", {"denied", "case_by_case"}};
  double units_per_firm = 0;
  std::vector<std::string> regions = {};
  std::vector<std::string> firms = {};
  double tools = 0;
  std::vector<std::string> replaces = {};

  template <class Keys>
  void keys(Keys& k) {
    k.required("direction", direction, "whether it tightens or loosens what was in force");
    k.optional("reach", reach, "whether it goes by ultimate parent, or by site and so spares subsidiaries");
    k.optional("tpp_above", tpp_above, "covers chips above this total processing performance; 0: none");
    k.optional("bandwidth_above", bandwidth_above, "covers chips above this memory bandwidth; 0: none",
               "GB/s");
    k.optional("licence", licence, "what becomes of applications");
    k.optional("units_per_firm", units_per_firm, "chips that are licensed case by case, by firm",
               "chips/year");
    k.required("targets", regions, "headquarters of those whom it reaches (US, CN, HK, ROW)");
    k.optional("firms", firms, "vendors that it lists: these only, every chip");
    k.optional("tools", tools, "share of chip-making tools and memory that is withheld (0 .25 .5 .75 1)",
               "share");
    k.optional("replaces", replaces, "measures of T0 whose rules it replaces (data/chip_rules.csv)");
  }

  void check(const Facts& facts, const Announcement&, EventProblems& problems) const {
    const std::vector<std::string> known(region_names.begin(), region_names.end());
    for (const auto& id : regions) problems.expect_known("region", id, known);
    if (regions.empty()) problems.add("'targets' is empty (a rule must reach somebody)");
    std::vector<std::string> at_start;
    for (const ChipRule& one : facts.chip_policy.rules) at_start.push_back(one.measure);
    for (const auto& id : replaces) problems.expect_known("measure of T0", id, at_start);
    for (const auto& id : firms) problems.expect_known("vendor", id, vendor_ids(facts));
    expect_not_negative("tpp_above", tpp_above, problems);
    expect_not_negative("bandwidth_above", bandwidth_above, problems);
    expect_not_negative("units_per_firm", units_per_firm, problems);
    expect_level("tools", tools, problems);
    const bool licensed = licence.value == "case_by_case";
    if (licensed && units_per_firm == 0) {
      problems.add(
          "'units_per_firm' is 0 (a case by case licence needs a number) or set licence = \"denied\"");
    }
    if (!licensed && units_per_firm > 0) {
      problems.add(
          "'units_per_firm' stands beside licence = \"denied\" (nothing is licensed) drop one of them");
    }
    if (direction.value == "tighten" && covers_nothing()) {
      problems.add("it covers nothing (a rule that tightens names a threshold, firms or tools)");
    }
  }

  std::vector<Touch> touches(const Facts& facts, const Announcement& said) const {
    Measure measure;
    measure.direction.value = direction.value == "loosen" ? "support" : "restrict";
    measure.named = firms;
    const bool to_china = targets_region(Region::cn) || targets_region(Region::hk);
    const bool chips = tpp_above > 0 || bandwidth_above > 0 || covers_nothing();
    if (to_china && chips) measure.segments.push_back("CN/ai_chips");
    if (to_china && tools > 0) measure.segments.push_back("CN/chip_tools");
    return measure.touches(facts, said);
  }

  std::vector<std::string> targets(const Facts&) const { return firms; }

  /// The rule as law. Regions and firms are known: `check` has seen to it.
  ChipRule rule(const Facts& facts, const std::string& measure, Region government) const {
    ChipRule result;
    result.measure = measure;
    result.government = government;
    for (std::size_t r = 0; r < region_count; ++r) result.target[r] = targets_region(static_cast<Region>(r));
    result.by_parent = reach.value == "parent";
    result.tpp_above = tpp_above;
    result.bandwidth_above = bandwidth_above;
    result.policy = licence.value == "denied" ? LicencePolicy::denied : LicencePolicy::case_by_case;
    result.units_per_firm = units_per_firm;
    for (const auto& firm : firms) result.vendors.push_back(facts.vendor(firm));
    result.tools = tools;
    return result;
  }

  bool covers_nothing() const {
    return tpp_above == 0 && bandwidth_above == 0 && firms.empty() && tools == 0;
  }

 private:
  bool targets_region(Region region) const {
    return std::find(regions.begin(), regions.end(), name_of(region, region_names)) != regions.end();
  }
};

}  // namespace chokepoint
