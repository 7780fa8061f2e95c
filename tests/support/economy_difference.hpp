/// Which parts of two economies are not the same bits.
#pragma once

#include <functional>
#include <limits>
#include <set>
#include <sstream>
#include <string>

#include "sim/model/economy.hpp"

namespace chokepoint {

using Names = std::set<std::string>;

/// Text from which any change of what is written to it can be seen.
class Telling {
 public:
  Telling() { text_.precision(std::numeric_limits<double>::max_digits10); }
  template <class One>
  Telling& operator<<(const One& one) {
    if constexpr (std::is_enum_v<One>) {
      text_ << static_cast<unsigned>(one) << ' ';
    } else if constexpr (requires { text_ << one; }) {
      text_ << one << ' ';
    } else {
      for (const auto& each : one) *this << each;
      text_ << "; ";
    }
    return *this;
  }
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
};

inline std::string told(const ChipPolicy& chips) {
  Telling tell;
  for (const ChipRule& rule : chips.rules) {
    tell << rule.measure << rule.government << rule.target << rule.by_parent << rule.tpp_above
         << rule.bandwidth_above << rule.policy << rule.units_per_firm << rule.vendors << rule.tools;
  }
  tell << chips.procurement_ban << chips.all_foreign_ban << chips.counter_control << chips.rental_barred;
  return tell.text();
}

inline std::string told(const std::vector<LevelInForce>& levels) {
  Telling tell;
  for (const LevelInForce& one : levels) tell << one.measure << one.kind << one.level;
  return tell.text();
}

inline std::string told(const TalentPolicy& talent) {
  Telling tell;
  for (const EntryRule& rule : talent.entry) {
    tell << rule.measure << rule.place << rule.nationalities << rule.admitted << rule.fee_usd;
  }
  for (const ExitControl& rule : talent.exit) {
    tell << rule.measure << rule.place << rule.nationalities << rule.barred << rule.top_tier_only;
  }
  for (const TalentScheme& rule : talent.schemes) {
    tell << rule.measure << rule.place << rule.admitted << rule.renewal;
  }
  return tell.text();
}

inline std::string told(const OpenWeightsPolicy& policy) {
  Telling tell;
  for (const HostingBan& ban : policy.bans) {
    tell << ban.measure << ban.government << ban.place << ban.developer_home << ban.own_machines;
  }
  tell << policy.publication_barred;
  for (const OpenWeightsChanges& one : policy.measures) tell << one.measure << one.bars_publication;
  return tell.text();
}

inline std::string told(const Policing& policing) {
  Telling tell;
  for (const PolicingChanges& one : policing.in_force) {
    tell << one.measure << one.vendor << one.government << one.level;
  }
  return tell.text();
}

inline std::string told(const std::vector<PersonOrder>& orders) {
  Telling tell;
  for (const PersonOrder& order : orders) {
    tell << order.measure << order.government << order.models << order.permitted << order.first_day;
  }
  return tell.text();
}

inline std::string told(const ComputeState& compute) {
  Telling tell;
  tell << compute.stock << compute.hoard << compute.rented << compute.bought << compute.unmet
       << compute.since_t0 << compute.domestic_cost << compute.domestic_capacity << compute.chip_hazard
       << compute.months;
  return tell.text();
}

inline std::string told(const RegulatorState& regulators) {
  Telling tell;
  tell << regulators.level << regulators.imposed_at_start << regulators.recent << regulators.escalations
       << regulators.relaxations;
  return tell.text();
}

inline std::string told(const BridgeState& bridge) {
  Telling tell;
  for (const BridgeMeasure& one : bridge.measures) tell << one.component << one.level << one.ramp_days;
  tell << bridge.level << bridge.trust << bridge.leaked << bridge.consent << bridge.secondary
       << bridge.secondary_measures << bridge.cost_bn_usd;
  return tell.text();
}

inline std::string told(const Indicators& all) {
  Telling tell;
  tell << all.bifurcation_of_use << all.bifurcation_of_talent << all.concentration.world
       << all.concentration.region << all.third_country_share << all.effective_compute << all.routed
       << all.leaky << all.willingness_to_pay << all.bridge_index << all.premium.coefficient << all.premium.n;
  for (const auto& object : all.denial) {
    for (const EffectiveDenial& one : object) tell << one.nominal << one.leak << one.effective;
  }
  return tell.text();
}

using Expect = std::function<void(const char*, bool)>;

/// Law, those who make it, and what vendors supply.
inline void compare_supply(const Economy& a, const Economy& b, const Expect& expect) {
  expect("orders", told(a.orders) == told(b.orders));
  expect("chips", told(a.law.chips) == told(b.law.chips) && told(a.law.levels) == told(b.law.levels));
  expect("rules of talent", told(a.law.talent) == told(b.law.talent));
  expect("open weights", told(a.law.open_weights) == told(b.law.open_weights));
  expect("policing", told(a.law.policing) == told(b.law.policing));
  expect("regulators", told(a.regulators) == told(b.regulators));
  expect("incidents", a.incidents.incidents == b.incidents.incidents);
  expect("stances", a.lobby.expected == b.lobby.expected && a.lobby.lobbies == b.lobby.lobbies);
  expect("lobby", a.lobby.regret == b.lobby.regret && a.lobby.rules == b.lobby.rules);
  expect("bridge", told(a.bridge) == told(b.bridge) && a.cleared == b.cleared);
  expect("capability",
         a.capability.latent == b.capability.latent && a.capability.measured == b.capability.measured &&
             a.capability.weights == b.capability.weights && a.capability.released == b.capability.released);
  expect("publication", a.publishes == b.publishes);
  expect("compute", told(a.compute) == told(b.compute));
  expect("prices", a.price == b.price);
  expect("lerner", a.lerner == b.lerner);
  expect("stopped", a.stopped == b.stopped);
}

/// Those who use models, and where they are.
inline void compare_users(const Economy& a, const Economy& b, const Expect& expect) {
  expect("access", a.access == b.access && a.spells.all().size() == b.spells.all().size());
  expect("hazard", a.hazard == b.hazard);
  expect("lists", a.enterprises.removed == b.enterprises.removed);
  expect("choices", a.enterprises.product == b.enterprises.product &&
                        a.enterprises.utility_at_choice == b.enterprises.utility_at_choice &&
                        a.enterprises.next_review == b.enterprises.next_review);
  expect("use", a.usage.staff == b.usage.staff && a.usage.tokens == b.usage.tokens &&
                    a.usage.vendor_spend == b.usage.vendor_spend);
  expect("premium", a.premium == b.premium);
  expect("revenue", a.service_revenue == b.service_revenue);
  expect("reports", a.reported == b.reported);
  expect("places", a.talent.location == b.talent.location && a.talent.stock == b.talent.stock &&
                       a.talent.moved == b.talent.moved && a.talent.entered == b.talent.entered);
  expect("staff", a.talent.employer == b.talent.employer && a.talent.staff == b.talent.staff &&
                      a.talent.quits == b.talent.quits);
  expect("desks", a.desks.staff == b.desks.staff && a.desks.capital == b.desks.capital &&
                      a.desks.due_staff == b.desks.due_staff);
  expect("budgets", a.budgets.spend == b.budgets.spend);
  expect("indicators", told(a.indicators) == told(b.indicators));
}

/// Names of the parts of the state that are not the same bits.
inline Names differing(const Economy& a, const Economy& b) {
  Names names;
  const Expect expect = [&](const char* name, bool same) {
    if (!same) names.insert(name);
  };
  compare_supply(a, b, expect);
  compare_users(a, b, expect);
  return names;
}

}  // namespace chokepoint
