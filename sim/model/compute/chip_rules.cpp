#include "sim/model/compute/chip_rules.hpp"

#include <algorithm>
#include <limits>

#include "sim/base/check.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {
namespace {

constexpr double unlimited = std::numeric_limits<double>::max();

bool on_sale(const ChipKind& chip, Date today) {
  return chip.price_usd > 0 && chip.h100e > 0 && chip.on_sale <= today;
}

bool reaches(const ChipRule& rule, Region home, std::size_t vendor, bool offshore_site) {
  if (!rule.target[index(home)] || (offshore_site && !rule.by_parent)) return false;
  return rule.vendors.empty() ||
         std::find(rule.vendors.begin(), rule.vendors.end(), vendor) != rule.vendors.end();
}

bool covers(const ChipRule& rule, const ChipKind& chip) {
  if (!rule.vendors.empty()) return true;
  return (rule.tpp_above > 0 && chip.tpp > rule.tpp_above) ||
         (rule.bandwidth_above > 0 && chip.bandwidth_gb_s > rule.bandwidth_above);
}

/// Chips per year that the rules leave: 0 denied, `unlimited` free.
double units_left(const ChipPolicy& policy, const ChipKind& chip, Region home, std::size_t vendor,
                  bool offshore_site) {
  double units = unlimited;
  for (const ChipRule& rule : policy.rules) {
    if (!reaches(rule, home, vendor, offshore_site) || !covers(rule, chip)) continue;
    units = std::min(units, rule.policy == LicencePolicy::denied ? 0.0 : rule.units_per_firm);
  }
  return units;
}

}  // namespace

LegalOffer legal_offer(const ComputeFacts& compute, const Facts& facts, const ChipPolicy& policy,
                       std::size_t vendor, Date today, bool offshore_site) {
  CHOKEPOINT_EXPECT(vendor < facts.vendors.size());
  const Region home = facts.vendors[vendor].home;
  LegalOffer offer;
  for (const ChipKind& chip : compute.chips) {
    if (!on_sale(chip, today) || is_chinese(chip.designer)) continue;
    const double price = chip.price_usd / chip.h100e;
    const double units = units_left(policy, chip, home, vendor, offshore_site);
    if (units == unlimited) {
      if (offer.usd_per_h100e == 0 || price < offer.usd_per_h100e) offer.usd_per_h100e = price;
    } else if (units > 0 && (offer.licensed_usd_per_h100e == 0 || price < offer.licensed_usd_per_h100e)) {
      offer.licensed_usd_per_h100e = price;
      offer.licensed_h100e_per_month = units / 12.0 * chip.h100e;
    }
  }
  return offer;
}

double cheapest_chip(const ComputeFacts& compute, bool chinese_design, Date today) {
  double cheapest = 0;
  for (const ChipKind& chip : compute.chips) {
    if (!on_sale(chip, today) || is_chinese(chip.designer) != chinese_design) continue;
    const double price = chip.price_usd / chip.h100e;
    if (cheapest == 0 || price < cheapest) cheapest = price;
  }
  return cheapest;
}

double tools_withheld(const ChipPolicy& policy) {
  double widest = 0;
  for (const ChipRule& rule : policy.rules) {
    if (rule.target[index(Region::cn)]) widest = std::max(widest, rule.tools);
  }
  return widest;
}

bool remove_rules(ChipPolicy& policy, const std::string& measure) {
  const auto removed = std::remove_if(policy.rules.begin(), policy.rules.end(),
                                      [&](const ChipRule& rule) { return rule.measure == measure; });
  const bool any = removed != policy.rules.end();
  policy.rules.erase(removed, policy.rules.end());
  return any;
}

}  // namespace chokepoint
