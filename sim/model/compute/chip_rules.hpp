/// Which chips a vendor may buy legally: rules of governments, by parent or by site, as of a day.
///
/// A rule reaches a vendor when it targets the region of the vendor's headquarters, and names either nobody
/// or the vendor. A rule that goes by site does not reach data centres abroad (subsidiaries); one that goes
/// by ultimate parent does. It covers a chip when the chip exceeds one of its thresholds; a rule that names
/// vendors covers every chip. Of several rules the strictest holds: denied before licensed before free, and
/// of several licences the smallest number.
///
///   usd_per_h100e             cheapest free chip
///   licensed_usd_per_h100e    cheapest licensed chip; licensed_h100e_per_month = units / 12 x its H100e
///
/// Chips of Chinese designers are not part of it: no rule here is about them (domestic_chips.hpp).
/// A measure may consist of several rules (thresholds of licence and of denial); whatever continues a measure
/// replaces all of them.
/// Bans on the buyer's side are shares of demand and no rules about chips: `procurement_ban` binds what the
/// state funds, `all_foreign_ban` whatever is brought into China (compute_month.hpp).
/// Assumptions: a vendor buys what is cheapest per H100e and takes chips of one kind only; licences are
/// granted up to the number per firm at once. Neglects: tariffs and shares of revenue that a licence costs,
/// tests by third parties, quotas by volume sold elsewhere, performance density, chips for other uses. Tests:
/// tests/unit/chip_rules_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/model/compute_facts.hpp"

namespace chokepoint {

struct Facts;

enum class LicencePolicy : unsigned { denied, case_by_case };
inline constexpr std::array<std::string_view, 2> licence_policy_names{"denied", "case_by_case"};

struct ChipRule {
  std::string measure;  ///< id of the measure that it belongs to
  Region government{};
  std::array<bool, region_count> target{};  ///< headquarters of those whom it reaches
  bool by_parent = false;                   ///< reaches their data centres abroad as well
  double tpp_above = 0;                     ///< covers chips above; 0: no threshold of this kind
  double bandwidth_above = 0;               ///< [GB/s] likewise
  LicencePolicy policy{};
  double units_per_firm = 0;         ///< [chips per year] of case_by_case
  std::vector<std::size_t> vendors;  ///< these only, and every chip; empty: all of the target
  double tools = 0;  ///< [0, 1] share of tools and memory for making chips that is withheld from the target
};

struct ChipPolicy {
  std::vector<ChipRule> rules;
  double procurement_ban = 0;  ///< [0, 1] of state-funded demand that must be domestic
  double all_foreign_ban = 0;  ///< [0, 1] of every Chinese vendor's demand that may not be imported
  double counter_control = 0;  ///< [0, 1] of inputs that China withholds from makers of foreign chips
  bool rental_barred = false;  ///< Chinese vendors may not rent abroad
};

/// What may be bought legally, at prices of T0.
struct LegalOffer {
  double usd_per_h100e = 0;           ///< of the best free chip; 0: there is none
  double licensed_usd_per_h100e = 0;  ///< 0: there is none
  double licensed_h100e_per_month = 0;
};

/// Headquarters in the mainland or in Hong Kong: rules of both sides treat them alike.
constexpr bool is_chinese(Region home) { return home == Region::cn || home == Region::hk; }

/// `offshore_site`: for a data centre outside the vendor's own region.
LegalOffer legal_offer(const ComputeFacts& compute, const Facts& facts, const ChipPolicy& policy,
                       std::size_t vendor, Date today, bool offshore_site);

/// Cheapest chip on sale of foreign, or of Chinese, design [USD per H100e at T0], permitted or not; 0: none.
double cheapest_chip(const ComputeFacts& compute, bool chinese_design, Date today);

/// Share of tools and memory that is withheld from Chinese chip makers: the widest of the rules.
double tools_withheld(const ChipPolicy& policy);

/// Removes all rules of a measure; false when there was none.
bool remove_rules(ChipPolicy& policy, const std::string& measure);

}  // namespace chokepoint
