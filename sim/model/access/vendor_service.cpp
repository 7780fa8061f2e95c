#include "sim/model/access/vendor_service.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"
#include "sim/model/events/keys.hpp"

namespace chokepoint {
namespace {

constexpr double ln_2 = 0.69314718055994530942;
constexpr double days_per_year = 365.0;
constexpr double billion = 1e9;

/// [USD] what selective service brings before any mistake is punished.
double gain_without_mistakes(const VendorParams& params, const ServiceStake& stake) {
  return (1.0 - params.fallback_retention) * stake.revenue_permitted * stake.expected_days -
         billion * (params.verification_setup + params.tail_loss);
}

/// [USD] expected penalties without any verification.
double penalties_unverified(const VendorParams& params, const ServiceStake& stake) {
  return stake.barred_users * params.attempt_rate * params.uses_per_person * params.penalty_per_violation *
         params.enforcement_probability;
}

/// [share] of a region's staff whose nationality the order permits, or bars.
double staff_with(const RegionWorkforce& staff, const PersonOrder& order, bool permitted) {
  double sum = 0.0;
  for (std::size_t n = 0; n < nationality_count; ++n) {
    if (order.permitted[n] == permitted) sum += staff.nationality[n];
  }
  return sum;
}

std::vector<std::size_t> named_models_of(const Facts& facts, const PersonOrder& order, std::size_t vendor) {
  std::vector<std::size_t> named;
  for (const std::size_t m : order.models) {
    if (facts.models[m].developer == facts.vendors[vendor].id) named.push_back(m);
  }
  return named;
}

double days_left(const VendorParams& params, const PersonOrder& order, double days_into_order) {
  if (!order.duration_days) return params.expected_order_days;
  return std::max(0.0, *order.duration_days - days_into_order);
}

}  // namespace

void VendorParams::fields(FieldList& list, VendorParams& p) {
  for (std::size_t i = 0; i < verifying_vendors.size(); ++i) {
    const std::string vendor = "vendor." + std::string(verifying_vendors[i]);
    list.add(vendor + ".verification_accuracy", p.verification[i].accuracy, "share", 0, 1,
             "assumption (.1-.8)", "v_0: tries of barred persons found out on the first day of an order");
    list.add(vendor + ".verification_lead", p.verification[i].lead, "d", 1, 3650, "assumption (30-365)",
             "days under an order that halve the tries that are missed");
  }
  list.add("vendor.fallback_retention", p.fallback_retention, "share", 0, 1, "assumption (.4-.95)",
           "rho: revenue that stays when users are sent to the vendor's other models");
  list.add("vendor.penalty_per_violation", p.penalty_per_violation, "USD", 0, 1e8,
           "https://media.bis.gov/enforcement/penalties: largest administrative penalty, January 2025",
           "F: penalty for one use by a barred person");
  list.add("vendor.enforcement_probability", p.enforcement_probability, "share", 0, 1,
           "assumption (.001-.5); 3 of 400 disclosures of 2021 were sanctioned: "
           "https://exportcompliancedaily.com/article/2022/02/25/"
           "bis-planning-review-of-administrative-enforcement-selfdisclosure-program-says-axelrod-2202240007",
           "p: violations that end in a penalty");
  list.add("vendor.attempt_rate", p.attempt_rate, "share", 0, 1, "assumption (.001-.1)",
           "q: barred users who try to pass for permitted ones");
  list.add("vendor.uses_per_person", p.uses_per_person, "-", 1, 1000,
           "assumption (1-90): between one violation per person and one for each day of the order",
           "n: uses by a barred person who passed, each a violation of its own");
  list.add("vendor.verification_setup", p.verification_setup, "bn USD", 0, 10, "assumption (.005-.1)",
           "S: cost of a system that tells permitted from barred users");
  list.add("vendor.tail_loss", p.tail_loss, "bn USD", 0, 100, "assumption (0-1)",
           "L: expected cost of a scandal or of a loss of licences under selective service");
  list.add("vendor.expected_order_days", p.expected_order_days, "d", 1, 3650, "assumption (14-365)",
           "T: how long an order without stated duration is expected to last from any day on");
}

Verification VendorParams::verification_of(std::string_view vendor) const {
  for (std::size_t i = 0; i < verifying_vendors.size(); ++i) {
    if (verifying_vendors[i] == vendor) return verification[i];
  }
  return {};
}

double verification_accuracy(const VendorParams& params, std::string_view vendor, double days_under_order) {
  const Verification own = params.verification_of(vendor);
  return 1.0 - (1.0 - own.accuracy) * exponential(-ln_2 * std::max(0.0, days_under_order) / own.lead);
}

bool serves_permitted(const VendorParams& params, const ServiceStake& stake, double accuracy) {
  if (stake.barred_users == 0.0) return true;
  return gain_without_mistakes(params, stake) >= (1.0 - accuracy) * penalties_unverified(params, stake);
}

double threshold_accuracy(const VendorParams& params, const ServiceStake& stake) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  if (stake.barred_users == 0.0) return -infinity;
  const double gain = gain_without_mistakes(params, stake);
  const double penalties = penalties_unverified(params, stake);
  if (penalties == 0.0) return gain >= 0.0 ? -infinity : infinity;
  return 1.0 - gain / penalties;
}

ServiceStake stake_of(const Facts& facts, const VendorParams& params, const PersonOrder& order,
                      std::size_t vendor, std::span<const double, region_count> revenue_by_region,
                      double days_into_order) {
  double share = 0.0;
  for (const std::size_t m : named_models_of(facts, order, vendor)) {
    share += exposure_of(facts, facts.vendors[vendor].id, Channel::target, facts.models[m].id);
  }
  share = std::min(1.0, share);
  double revenue = 0.0;
  double permitted = 0.0;
  double barred = 0.0;
  for (std::size_t r = 0; r < region_count; ++r) {
    revenue += revenue_by_region[r];
    permitted += revenue_by_region[r] * staff_with(facts.workforce[r], order, true);
    barred += revenue_by_region[r] * staff_with(facts.workforce[r], order, false);
  }
  const double barred_share = revenue > 0.0 ? barred / revenue : 0.0;
  return {share * permitted / days_per_year, facts.vendors[vendor].users * share * barred_share,
          days_left(params, order, days_into_order)};
}

void decide_service(const Facts& facts, const VendorParams& params, std::span<const PersonOrder> orders,
                    std::span<const std::array<double, region_count>> revenue_by_region, Date today,
                    std::span<char> stopped) {
  CHOKEPOINT_EXPECT(revenue_by_region.size() == facts.vendors.size());
  CHOKEPOINT_EXPECT(stopped.size() == facts.models.size());
  const std::vector<char> yesterday(stopped.begin(), stopped.end());
  std::fill(stopped.begin(), stopped.end(), char{0});
  for (const PersonOrder& order : orders) {
    const double days = std::max(0.0, static_cast<double>(today - order.since));
    for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
      const std::vector<std::size_t> named = named_models_of(facts, order, v);
      if (named.empty()) continue;
      const bool serves =
          std::none_of(named.begin(), named.end(), [&](std::size_t m) { return yesterday[m]; });
      const ServiceStake stake = stake_of(facts, params, order, v, revenue_by_region[v], serves ? 0.0 : days);
      const double accuracy = verification_accuracy(params, facts.vendors[v].id, days + order.notice_days);
      if (serves_permitted(params, stake, accuracy)) continue;
      for (const std::size_t m : named) stopped[m] = 1;
    }
  }
}

}  // namespace chokepoint
