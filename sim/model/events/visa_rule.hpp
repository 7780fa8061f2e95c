/// A place admits more or fewer researchers of some nationalities than at T0, or lets them pay for it.
///
/// Says what the rule asks, not who comes: researchers weigh it in their choice (talent/entry_rules.hpp).
/// Example: admitted = 1 and fee_usd = 100000, as asked since 21 September 2025 for new H-1B petitions for
/// persons abroad (https://chugh.com/news/uscis-issues-additional-guidelines-on-100000-h-1b-fee); a rule of
/// before T0 is part of T0 and not to be announced again.
#pragma once

#include "sim/model/events/talent_keys.hpp"

namespace chokepoint {

struct VisaRule {
  static constexpr std::string_view name = "visa_rule";
  static constexpr std::string_view meaning = "changes on what terms a place admits researchers";
  static constexpr bool is_measure = true;

  ClosedClass place{"", {region_names.begin(), region_names.end()}};
  std::vector<std::string> nationalities;
  double admitted = 1;
  double fee_usd = 0;

  template <class Keys>
  void keys(Keys& k) {
    k.required("place", place, "the place that admits (US, CN, HK, ROW)");
    k.required("nationalities", nationalities, "whom the rule is for (US, CN, HK, IN, ROW)");
    k.required("admitted", admitted, "share let in of those who want to come, over that share at T0");
    k.optional("fee_usd", fee_usd, "fee per entry since T0, whoever pays it", "USD");
  }

  /// No share price follows from it by itself.
  std::vector<Touch> touches(const Facts&, const Announcement&) const { return {}; }
  void check(const Facts&, const Announcement&, EventProblems& problems) const {
    check_nationalities(nationalities, problems);
    expect_between("admitted", admitted, 0.05, 5, problems);
    expect_between("fee_usd", fee_usd, 0, 1e6, problems);
    if (place.value == "ROW") return;  // many places: its nationals cross borders within it
    for (const auto& id : nationalities) {
      if (id == place.value) problems.add(fmt::format("'{}' admits its own nationals without a visa", id));
    }
  }
};

}  // namespace chokepoint
