/// The economy behind the market: who may use which model, what enterprises buy, where researchers work.
///
/// One day, before any session of the market, is these verbs in this order (economy.cpp):
///
///   0  work      the days since yesterday, under yesterday's orders      talent/lock_out.hpp
///   1  fade      users forget denials                                    access/denial_hazard.hpp
///   2  enact     orders and their ends, releases, bans of enterprises    economy_news.hpp
///   3  serve     vendors under an order decide whom to serve             access/vendor_service.hpp
///   4  grant     access follows; users learn from what they lost         access/access_tensor.hpp
///   5  research  new month: newcomers, progress, new generations         talent/cohorts.hpp, capability.hpp
///   6  relocate  new week: quits, searches, moves                        talent/mobility.hpp
///   7  adopt     new week or new offers: prices, lists, choices, use     enterprises/enterprise_week.hpp
///   8  report    new month: revenue becomes news of value                slow_news.hpp
///
/// Law comes before decisions and decisions before choices: nobody answers to what is not yet in force.
/// Enterprises come after researchers because a generation of the month can be bought in the same week.
///
/// A world without vendors has no economy. Tests: tests/unit/economy_test.cpp.
#pragma once

#include <memory>
#include <vector>

#include "sim/model/access/access_spells.hpp"
#include "sim/model/access/denial_hazard.hpp"
#include "sim/model/capability.hpp"
#include "sim/model/economy_news.hpp"
#include "sim/model/enterprises/enterprise_week.hpp"
#include "sim/model/parameters.hpp"
#include "sim/model/talent/migration_costs.hpp"
#include "sim/model/talent/talent.hpp"

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
  Capability capability;
  std::vector<double> price;        ///< [model] USD per million tokens
  std::vector<PersonOrder> orders;  ///< in force
  std::vector<char> stopped;        ///< [model] served to nobody by its vendor
  AccessTensor access;
  AccessSpells spells;
  DenialHazard hazard{};
  EnterpriseDemand demand;
  Enterprises enterprises;
  Usage usage;
  Talent talent;
  std::vector<double> premium;  ///< [vendor] log points, structural sovereign premium

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
};

/// One day. Returns the news of value by vendor [log points]; empty on days without a report.
std::vector<double> step_economy(const EconomyDay& today, const std::vector<EconomyNews>& news,
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

/// A fingerprint of everything above that changes, for comparing arms.
std::uint64_t fingerprint(const Economy& economy);

}  // namespace chokepoint
