/// The economy behind the market: who may use which model, what enterprises buy, where researchers work.
///
/// One day, before any session of the market, is these verbs in this order (economy.cpp):
///
///   0  work      the days since yesterday, under yesterday's orders      talent/lock_out.hpp
///   1  fade      users forget denials                                    access/denial_hazard.hpp
///   2  enact     what was announced takes hold: law, lists, releases     economy_enact.hpp, policy/law.hpp
///   3  govern    new month: incidents, lobbying, regulators, the bridge  economy_government.hpp, bridge/
///   4  serve     vendors under an order decide whom to serve             access/vendor_service.hpp
///   5  grant     access follows; users learn from what they lost         access/access_tensor.hpp
///   6  supply    new month: chips are bought, rented, smuggled, made     compute/compute_month.hpp
///   7  research  new month: newcomers, progress, new generations         economy_research.hpp
///   8  relocate  new week: researchers quit, search, move                talent/mobility.hpp,
///   economy_places.hpp 9  adopt     new week or new offers: prices, lists, choices, use
///   enterprises/enterprise_week.hpp
///  10  move      new month: desks and budgets                            economy_places.hpp
///  11  report    new month: revenue becomes news of value                slow_news.hpp
///
/// Law comes before decisions and decisions before choices: nobody answers to what is not yet in force.
/// Enterprises come after researchers because a generation of the month can be bought in the same week.
///
/// A world without vendors has no economy. Tests: tests/unit/economy_test.cpp.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/model/access/access_spells.hpp"
#include "sim/model/access/denial_hazard.hpp"
#include "sim/model/bridge/hong_kong_bridge.hpp"
#include "sim/model/capability.hpp"
#include "sim/model/compute/compute_month.hpp"
#include "sim/model/economy_news.hpp"
#include "sim/model/enterprises/ai_budgets.hpp"
#include "sim/model/enterprises/desk_relocation.hpp"
#include "sim/model/enterprises/enterprise_week.hpp"
#include "sim/model/indicators/indicators.hpp"
#include "sim/model/parameters.hpp"
#include "sim/model/policy/incidents.hpp"
#include "sim/model/policy/law.hpp"
#include "sim/model/policy/lobbying.hpp"
#include "sim/model/policy/regulators.hpp"
#include "sim/model/talent/migration_costs.hpp"
#include "sim/model/talent/talent.hpp"
#include "sim/model/verbs.hpp"

namespace chokepoint {

/// What is backed out of T0 once per set of parameters, the same in all replicates.
struct EconomySetup {
  EnterpriseSetup enterprises;
  MigrationTastes migration;
};

/// Throws Error{scenario} when the parameters fit no migration tastes.
EconomySetup make_economy_setup(const Facts& facts, const Parameters& params);

using RegionAmounts = std::array<double, region_count>;

struct Economy {
  bool active = false;
  // Law, and those who make it
  std::vector<PersonOrder> orders;  ///< in force
  Law law;
  RegulatorState regulators;
  IncidentCounts incidents;
  LobbyState lobby;
  bool rule_binds_lobbyists = true;  ///< what the last rule that was lobbied for turned out to do
  BridgeState bridge;
  std::vector<char> cleared;                       ///< [vendor] serves Hong Kong through the bridge
  std::vector<std::vector<double>> value_history;  ///< [of four month ends][vendor] log points

  // Technology
  Capability capability;
  ComputeState compute;
  std::vector<double> compute_gap_at_start;   ///< [vendor] ln of the frontier's compute over its own
  std::vector<double> distilled_at_start;     ///< [vendor] points a month
  std::vector<double> closed_share_at_start;  ///< [vendor] of its spending, closed products
  std::vector<char> publishes;                ///< [vendor] this month's weights, if any, are published
  std::vector<double> price;                  ///< [model] USD per million tokens

  // Users
  std::vector<char> stopped;  ///< [model] served to nobody by its vendor
  AccessTensor access;
  AccessSpells spells;
  DenialHazard hazard{};
  EnterpriseDemand demand;
  Enterprises enterprises;
  Usage usage;
  Talent talent;
  Desks desks;
  AiBudgets budgets;
  std::vector<std::array<double, region_count>> desk_output_at_start;  ///< [desk][region] ln
  RegionAmounts efficiency_at_start{};
  std::vector<double> frontier_presence_at_start;  ///< [region] 1 or 0
  std::vector<double> hong_kong_use_at_start;      ///< [product] share of Hong Kong's staff
  std::vector<double> premium;                     ///< [vendor] log points, structural sovereign premium
  std::vector<double> lerner;                      ///< [vendor][region]
  std::vector<double> lerner_at_start;             ///< [vendor]
  Indicators indicators;

  std::vector<double> spend_at_start;          ///< [vendor] per seat of the world
  std::vector<RegionAmounts> service_revenue;  ///< [vendor] USD per year, with all its models in service
  std::vector<double> priced;           ///< [vendor] log points of value news so far, slow news left out
  std::vector<double> productive_days;  ///< [vendor] calendar days since the last month step, as output
  std::vector<double> reported;         ///< [vendor] log points of slow news so far
  std::vector<double> frontier_access_at_start;  ///< [region][nationality] share of the frontier's capability
  bool offers_changed = false;                   ///< since enterprises last chose
  Date last_day, last_choice, last_month;
  std::uint16_t weeks = 0, months = 0;  ///< steps since T0
};

/// The economy at T0; inactive for facts without vendors.
Economy make_economy(const Facts& facts, const Parameters& params, const EconomySetup& setup,
                     const RandomStream& random);

/// What a day needs to know beside the state.
struct EconomyDay {
  const Facts& facts;
  const Parameters& params;
  const EconomySetup& setup;
  const RandomStream& random;
  std::size_t day = 0;
  Date date;
  bool new_week = false;
  std::span<const double> firm_value = {};  ///< [vendor] log change of its firm's value since T0; empty: none
  std::span<const double> financing = {};   ///< [vendor] factor on what it spends on compute; empty: ones
  const Verbs::Done* done = nullptr;        ///< told of each verb; null: nobody is
  double months = 0;                        ///< since the last month step; set by step_economy
};

/// One day. Returns the news of value by vendor [log points]; empty on days without a report.
std::vector<double> step_economy(const EconomyDay& day, const std::vector<EconomyNews>& news,
                                 Economy& economy);

/// [share] of the frontier's capability that a nationality can use in a region, at an enterprise from there.
double frontier_access(const Facts& facts, const Parameters& params, const Economy& economy, Region region,
                       Nationality nationality);

/// [vendor][nationality] 1 where an order bars a vendor's staff of the nationality from one of its own
/// models.
std::vector<char> locked_out_staff(const Facts& facts, const std::vector<PersonOrder>& orders);

/// Spending of enterprises on a vendor's models over that of T0; 1 when there was none.
double revenue_ratio(const Economy& economy, std::size_t vendor);

/// [share] of the staff of a region's named desks whose bank took all these products off its list.
double desk_staff_without(const Economy& economy, ProductSet products, Region region);

}  // namespace chokepoint
