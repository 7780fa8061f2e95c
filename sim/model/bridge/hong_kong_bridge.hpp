/// Hong Kong as a regulatory bridge: what its measures reach, whether vendors let it in, what comes back.
///
/// Each month, while any component stands above zero:
///
///   level_c    goes straight from where it was to its target in `ramp_days`
///   leaked   = leakage (1 - licensing_control level_licensing) sum_v cleared_use_v
///   trust   += (level_licensing - trust) (1 - e^(-adjustment months)) - leak_penalty leaked months, in [0,
///   1] each vendor whose terms leave Hong Kong out reviews with chance level_access_clearing, and then
///   consents
///              with chance 1 / (1 + e^(-slope (trust - us_consent_trust))), else refuses or withdraws
///   secondary measures fire with chance 1 - e^(-h months),
///              h = secondary_hazard (leaked - tolerated)^+ / tolerated
///
///   level_c      0-1    how far a component is built; access clearing, licensing and so on
///   trust        0-1    that the vendors' government and the vendors put in what Hong Kong lets through
///   cleared_use  share  of Hong Kong's staff that uses the vendor's models thanks to clearing
///   leaked       share  of Hong Kong's staff: cleared use that reaches users who are barred
///   h            1/month
///
/// While secondary measures hold, for `secondary_days`, consent is void, trust stands still, nothing is
/// cleared and law bars closed models of US vendors from Hong Kong: less than without a bridge. Then trust
/// starts again at half of trust_start, without consent. Three ends: nobody ever consents and nothing changes
/// but what the money buys; access opens and trust follows licensing; leaks through what opened bring it all
/// down. With tolerated_leakage 0 any leak fires (secondary_hazard > 0); leakage 0 or secondary_hazard 0:
/// never. The other components: data gateway, log odds for hosted products; compute gateway, a subsidy on own
/// machines; talent visa, utility of moving there; listing window, by whoever reads `listing`.
/// Without a bridge measure nothing moves, exactly.
/// Assumptions: all of it; no such bridge was ever built, and every number is a prior. Leaks are seen at once
/// and by everybody; one trust for all vendors and their government. Licensing of those who are cleared cuts
/// the leak, by `licensing_control` at full level.
/// Neglects: vendors' own gains from Hong Kong, China's consent, laws of data leaving China, bargaining.
/// Tests: tests/unit/hong_kong_bridge_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"
#include "sim/model/enterprises/enterprises.hpp"

namespace chokepoint {

enum class BridgeComponent : unsigned {
  licensing,        ///< licences and a sandbox for those who are cleared
  access_clearing,  ///< users are verified on behalf of vendors
  data_gateway,
  compute_gateway,
  talent_visa,
  listing_window
};
inline constexpr std::size_t bridge_component_count = 6;
inline constexpr std::array<std::string_view, bridge_component_count> bridge_component_names{
    "licensing", "access_clearing", "data_gateway", "compute_gateway", "talent_visa", "listing_window"};

struct BridgeMeasure {
  BridgeComponent component{};
  double level = 0;         ///< [0..1] that the component is to reach
  double ramp_days = 180;   ///< [d]
  double cost_bn_usd = 0;   ///< [bn USD per year] at level 1
  Date from;                ///< nothing is built before
  double level_before = 0;  ///< [0..1] where it starts from; set by begin_measure
};

struct BridgeParams {
  double us_consent_trust = 0.5;
  double consent_slope = 10;  ///< slope
  double trust_start = 0.4;
  double trust_adjustment = 0.1;  ///< adjustment
  double leakage = 0.05;
  double licensing_control = 0.5;
  double leak_penalty = 2;
  double tolerated_leakage = 0.001;
  double secondary_hazard = 0.1;
  double secondary_days = 365;
  double data_value = 0.2;       ///< of the data gateway
  double compute_subsidy = 0.3;  ///< of the compute gateway
  double visa_value = 0.3;       ///< of the talent visa

  static void fields(FieldList& list, BridgeParams& p);
};

struct BridgeState {
  std::vector<BridgeMeasure> measures;  ///< at most one of each component
  std::array<double, bridge_component_count> level{};
  double trust = 0;
  double leaked = 0;          ///< [share of Hong Kong's staff] in the last month
  std::vector<char> consent;  ///< [vendor]
  bool secondary = false;     ///< closed models of US vendors are barred from Hong Kong
  double secondary_since_days = 0;
  std::int64_t secondary_measures = 0;  ///< how often they fired
  double cost_bn_usd = 0;               ///< since the start
};

BridgeState initial_bridge(const BridgeParams& params, const Facts& facts);

/// A measure takes over its component, from the level that was reached; level 0 takes it down.
void begin_measure(BridgeMeasure measure, BridgeState& bridge);

/// One month, counted by `month`. `cleared_use` [vendor]: share of Hong Kong's staff that uses the vendor's
/// products thanks to clearing.
void step_bridge(const BridgeParams& params, const Facts& facts, std::span<const double> cleared_use,
                 double months, Date today, const RandomStream& random, std::uint32_t month,
                 BridgeState& bridge);

/// [vendor] whose terms are lifted for users in Hong Kong (AccessRules::cleared); none while secondary
/// measures hold.
std::vector<char> cleared_vendors(const BridgeState& bridge);

/// [vendor] share of Hong Kong's staff whose enterprise uses closed models of a cleared vendor and could use
/// none of them, as it reads law and terms, under `uncleared`: the access of today made without clearing.
std::vector<double> cleared_use(const Facts& facts, const std::vector<Product>& products,
                                const AccessTensor& uncleared, std::span<const char> cleared,
                                const Enterprises& all);

/// Factor on the price of own machines in Hong Kong.
double on_premise_factor(const BridgeParams& params, const BridgeState& bridge);

/// [log odds] added to hosted products in Hong Kong.
double hosted_value(const BridgeParams& params, const BridgeState& bridge);

/// [log odds] cost of moving to Hong Kong, never above 0: to be added to a cost, taken from a utility.
double visa_barrier(const BridgeParams& params, const BridgeState& bridge);

/// [0..1] how far the listing window is open.
double listing(const BridgeState& bridge);

}  // namespace chokepoint
