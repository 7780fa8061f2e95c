#include "sim/model/bridge/hong_kong_bridge.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

double level_of(const BridgeState& bridge, BridgeComponent component) {
  return bridge.level[index(component)];
}

/// True when any component stands above zero.
bool build(Date today, BridgeState& bridge) {
  for (const BridgeMeasure& one : bridge.measures) {
    const double days = today - one.from;
    if (days < 0.0) continue;
    const double built = days < one.ramp_days ? days / one.ramp_days : 1.0;
    bridge.level[index(one.component)] = one.level_before + (one.level - one.level_before) * built;
  }
  return std::any_of(bridge.level.begin(), bridge.level.end(), [](double level) { return level > 0.0; });
}

void pay(double months, Date today, BridgeState& bridge) {
  for (const BridgeMeasure& one : bridge.measures) {
    if (one.from <= today)
      bridge.cost_bn_usd += one.cost_bn_usd * level_of(bridge, one.component) * months / 12.0;
  }
}

/// Time passes; at the end trust starts again from half of where it began.
void end_secondary(const BridgeParams& params, double months, BridgeState& bridge) {
  if (!bridge.secondary) return;
  bridge.secondary_since_days += months * days_per_month;
  if (bridge.secondary_since_days < params.secondary_days) return;
  bridge.secondary = false;
  bridge.secondary_since_days = 0.0;
  bridge.trust = 0.5 * params.trust_start;
}

void void_consent(BridgeState& bridge) {
  bridge.leaked = 0.0;
  std::fill(bridge.consent.begin(), bridge.consent.end(), 0);
}

void leak(const BridgeParams& params, std::span<const double> cleared_use, double months,
          BridgeState& bridge) {
  const double licensing = level_of(bridge, BridgeComponent::licensing);
  double use = 0.0;
  for (const double share : cleared_use) use += share;
  bridge.leaked = params.leakage * (1.0 - params.licensing_control * licensing) * use;
  const double closed = 1.0 - exponential(-params.trust_adjustment * months);
  const double trust =
      bridge.trust + (licensing - bridge.trust) * closed - params.leak_penalty * bridge.leaked * months;
  bridge.trust = std::clamp(trust, 0.0, 1.0);
}

bool fires_secondary(const BridgeParams& params, double months, const RandomStream& random,
                     std::uint32_t month, const BridgeState& bridge) {
  const double excess = bridge.leaked - params.tolerated_leakage;
  if (!(excess > 0.0) || !(params.secondary_hazard > 0.0)) return false;
  if (!(params.tolerated_leakage > 0.0)) return true;
  const double hazard = params.secondary_hazard * excess / params.tolerated_leakage;
  const std::uint32_t subject = identity_of("hk.bridge");
  return random.uniform(Decision::secondary_measure, subject, month) < 1.0 - exponential(-hazard * months);
}

/// One uniform per vendor and month decides both whether it reviews and, below, how: so that more clearing
/// or more trust never turns a consent of the same number into a refusal.
void review_consent(const BridgeParams& params, const Facts& facts, const RandomStream& random,
                    std::uint32_t month, BridgeState& bridge) {
  const double reviews = level_of(bridge, BridgeComponent::access_clearing);
  const double distance = params.consent_slope * (bridge.trust - params.us_consent_trust);
  const double consents = reviews / (1.0 + exponential(-distance));
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (facts.vendors[v].place[index(Region::hk)] != Denial::terms_place) continue;
    const double draw = random.uniform(Decision::bridge_consent, identity_of(facts.vendors[v].id), month);
    if (draw < reviews) bridge.consent[v] = draw < consents ? 1 : 0;
    if (!(reviews > 0.0)) bridge.consent[v] = 0;
  }
}

bool serves_anybody(const Facts& facts, const AccessTensor& access, std::size_t vendor,
                    const EnterpriseKind& kind) {
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].open || facts.vendor(facts.models[m].developer) != vendor) continue;
    for (std::size_t n = 0; n < nationality_count; ++n) {
      if (admits(access, m, facts.vendors[vendor].home, kind, static_cast<Nationality>(n))) return true;
    }
  }
  return false;
}

}  // namespace

void BridgeParams::fields(FieldList& list, BridgeParams& p) {
  list.add("hk.bridge.us_consent_trust", p.us_consent_trust, "-", 0, 1, "assumption: .2-.8",
           "trust at which a vendor and its government consent to clearing with even odds");
  list.add("hk.bridge.consent_slope", p.consent_slope, "-", 0, 100, "assumption: 5-20",
           "rise of the log odds of consent with trust");
  list.add("hk.bridge.trust_start", p.trust_start, "-", 0, 1, "assumption: .1-.7",
           "trust in what Hong Kong lets through, before there is a bridge");
  list.add("hk.bridge.trust_adjustment", p.trust_adjustment, "1/month", 0, 2, "assumption: .03-.3",
           "speed at which trust closes in on the level of licensing; 0 switches off");
  list.add("hk.bridge.leakage", p.leakage, "share", 0, 1, "assumption: .005-.3",
           "part of cleared use that reaches barred users where nobody is licensed; 0 switches off");
  list.add("hk.bridge.licensing_control", p.licensing_control, "share", 0, 1, "assumption: .2-.8",
           "part of that leak which full licensing stops; 0 switches off");
  list.add("hk.bridge.leak_penalty", p.leak_penalty, "1/month", 0, 20, "assumption: .5-10",
           "trust lost per month and share of Hong Kong's staff that leaks; 0 switches off");
  list.add("hk.bridge.tolerated_leakage", p.tolerated_leakage, "share", 0, 1, "assumption: .0001-.02",
           "share of Hong Kong's staff that may leak without a secondary measure; 1 switches off");
  list.add("hk.bridge.secondary_hazard", p.secondary_hazard, "1/month", 0, 5, "assumption: .01-.5",
           "hazard of secondary measures at twice the tolerated leak; 0 switches off");
  list.add("hk.bridge.secondary_days", p.secondary_days, "d", 1, 3650, "assumption: 90-1000",
           "how long secondary measures hold");
  list.add("hk.bridge.data_value", p.data_value, "-", 0, 5, "assumption: .05-.8",
           "log odds of hosted products in Hong Kong with a full data gateway; 0 switches off");
  list.add("hk.bridge.compute_subsidy", p.compute_subsidy, "share", 0, 0.95, "assumption: .1-.6",
           "part of the price of own machines that a full compute gateway pays; 0 switches off");
  list.add("hk.bridge.visa_value", p.visa_value, "-", 0, 5, "assumption: .05-1",
           "log odds of moving to Hong Kong with a full talent visa; 0 switches off");
}

BridgeState initial_bridge(const BridgeParams& params, const Facts& facts) {
  BridgeState bridge;
  bridge.trust = params.trust_start;
  bridge.consent.assign(facts.vendors.size(), 0);
  return bridge;
}

void begin_measure(BridgeMeasure measure, BridgeState& bridge) {
  CHOKEPOINT_EXPECT(measure.level >= 0.0 && measure.level <= 1.0 && measure.ramp_days >= 0.0);
  measure.level_before = level_of(bridge, measure.component);
  std::erase_if(bridge.measures,
                [&](const BridgeMeasure& one) { return one.component == measure.component; });
  bridge.measures.push_back(measure);
}

void step_bridge(const BridgeParams& params, const Facts& facts, std::span<const double> cleared_use,
                 double months, Date today, const RandomStream& random, std::uint32_t month,
                 BridgeState& bridge) {
  CHOKEPOINT_EXPECT(cleared_use.size() == facts.vendors.size());
  CHOKEPOINT_EXPECT(bridge.consent.size() == facts.vendors.size());
  end_secondary(params, months, bridge);
  if (!build(today, bridge)) return void_consent(bridge);
  pay(months, today, bridge);
  if (bridge.secondary) return void_consent(bridge);
  leak(params, cleared_use, months, bridge);
  if (fires_secondary(params, months, random, month, bridge)) {
    bridge.secondary = true;
    ++bridge.secondary_measures;
    std::fill(bridge.consent.begin(), bridge.consent.end(), 0);
    return;
  }
  review_consent(params, facts, random, month, bridge);
}

std::vector<char> cleared_vendors(const BridgeState& bridge) {
  return bridge.secondary ? std::vector<char>(bridge.consent.size(), 0) : bridge.consent;
}

std::vector<double> cleared_use(const Facts& facts, const std::vector<Product>& products,
                                const AccessTensor& uncleared, std::span<const char> cleared,
                                const Enterprises& all) {
  CHOKEPOINT_EXPECT(cleared.size() == facts.vendors.size());
  std::vector<double> use(facts.vendors.size(), 0.0);
  double staff = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const EnterpriseKind kind = all.kind(i);
    if (kind.region != Region::hk) continue;
    staff += all.weight[i];
    const Product& product = products[all.product[i]];
    if (product.kind != ProductKind::closed || cleared[product.vendor] == 0) continue;
    if (!serves_anybody(facts, uncleared, product.vendor, kind)) use[product.vendor] += all.weight[i];
  }
  for (double& share : use) share = staff > 0.0 ? share / staff : 0.0;
  return use;
}

double on_premise_factor(const BridgeParams& params, const BridgeState& bridge) {
  return 1.0 - params.compute_subsidy * level_of(bridge, BridgeComponent::compute_gateway);
}

double hosted_value(const BridgeParams& params, const BridgeState& bridge) {
  return params.data_value * level_of(bridge, BridgeComponent::data_gateway);
}

double visa_barrier(const BridgeParams& params, const BridgeState& bridge) {
  return 0.0 - params.visa_value * level_of(bridge, BridgeComponent::talent_visa);
}

double listing(const BridgeState& bridge) { return level_of(bridge, BridgeComponent::listing_window); }

}  // namespace chokepoint
