/// The world as of T0: what the data tables say, checked and converted, before anything is simulated.
/// Made by input/facts_loader, never changed by a run.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/integer.hpp"
#include "sim/model/compute/chip_rules.hpp"
#include "sim/model/compute_facts.hpp"
#include "sim/model/economy_facts.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

struct Venue {
  std::string id;  ///< market identifier code, e.g. XHKG
  Region region{};
  Session session{};
  std::string currency;
  std::string timezone;
  int open = 0;         ///< [s of local day]
  int close = 0;        ///< [s of local day]
  int lunch_start = 0;  ///< [s]; 0 when there is no break
  int lunch_end = 0;
  std::vector<Date> closed;  ///< weekdays without a session, ascending
};

struct Firm {
  std::string id;
  std::string name;
  Region headquarters{};
  std::string sector;
  bool ai = false;
  bool listed = false;
  double mark_bn_usd = 0;  ///< private firms: last round known at T0 [bn USD]; 0 = none
};

struct Ticker {
  std::string id;
  std::size_t venue = 0;
};

enum class PriceBasis : unsigned { dated, moved, moved_back };
inline constexpr std::array<std::string_view, 3> price_basis_names{"dated", "moved", "moved_back"};

/// A line of shares that clears as one market. ADR and ordinary shares that convert are one line.
struct Line {
  std::string id;
  std::size_t firm = npos;      ///< npos for composites
  std::vector<Ticker> tickers;  ///< the first is the home venue's
  Region region{};              ///< of the home venue
  LineClass line_class{};
  LineGroup group{};
  Shares shares = 0;        ///< [shares]
  Shares tradable = 0;      ///< [shares] float that can trade at T0, without locked lots
  double price_local = 0;   ///< [local currency per share] at T0
  double usd_per_unit = 1;  ///< [USD per unit of the local currency] at T0
  double price_usd = 0;     ///< [USD per share] at T0
  double level_low = 0;     ///< [local] bracket of an uncertain level; 0 when none
  double level_high = 0;
  PriceBasis basis{};
  std::string quoted_on;                     ///< date of the quotation behind the price
  double limit = 0;                          ///< daily price limit as a share of the last close; 0 = none
  double daily_sd = 0;                       ///< [share per day] sample value; 0 = class default
  bool thin = false;                         ///< tradable share below .10, listed for less than a year
  std::array<bool, region_count> may_buy{};  ///< by domicile of the investor, at T0
  bool southbound = false;                   ///< CN buyers reach it through Stock Connect's quota
  bool unlisted = false;                     ///< trades only after a `listing` event

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  double cap_bn_usd() const { return static_cast<double>(shares) * price_usd * 1e-9; }
  double tradable_share() const { return static_cast<double>(tradable) / static_cast<double>(shares); }
};

enum class HolderKind : unsigned { cornerstone, pre_ipo, founder, controlling };
inline constexpr std::array<std::string_view, 4> holder_kind_names{"cornerstone", "pre_ipo", "founder",
                                                                   "controlling"};

struct LockUp {
  std::size_t line = 0;
  std::string holder;
  HolderKind kind{};
  Region domicile{};
  Shares shares = 0;
  Date unlocks_on;  ///< first date on which the shares may trade
};

struct Exposure {
  std::string firm;  ///< firm id, or the id of a composite line (regime only)
  Channel channel{};
  std::string counterpart;
  double share = 0;  ///< [share in 0..1]
};

/// A listed holder of a private firm.
struct Stake {
  std::size_t holder = 0;  ///< firm index
  std::size_t private_firm = 0;
  double share = 0;  ///< [share of equity]
};

struct AiModel {
  std::string id;
  std::string developer;
  Date released;
  bool open = false;
  bool claimed_best_open = false;
  double capability = 0;  ///< [index points] as measured after release; 0: none in the edition in use
  double price = 0;  ///< [USD per million tokens] three parts input, one part output; 0: not sold by token
  bool usable() const { return capability > 0 && price > 0; }  ///< can be an enterprise's choice
};

struct ExchangeRate {
  std::string currency;
  double usd_per_unit = 0;  ///< [USD per unit] at T0
};

struct IndexReview {
  std::size_t venue = 0;
  Date effective_on;
};

struct Facts {
  Date as_of;
  std::vector<Venue> venues;
  std::vector<Firm> firms;
  std::vector<Line> lines;  ///< composites last
  std::vector<LockUp> lockups;
  std::vector<Exposure> exposures;
  std::vector<Stake> stakes;
  std::vector<AiModel> models;
  std::vector<Vendor> vendors;  ///< empty: nobody uses models in this world
  std::array<RegionWorkforce, region_count> workforce{};
  std::vector<BankDesk> bank_desks;
  std::vector<UsageShare> usage;
  TalentFacts talent;
  ComputeFacts compute;    ///< without stocks: this world has no chips
  ChipPolicy chip_policy;  ///< rules in force at T0
  std::vector<IndexReview> reviews;
  std::vector<ExchangeRate> rates;  ///< of `data/fx.csv`; empty where it is of another day than T0
  /// Share of each venue region's float held by investors of each domicile; rows sum to 1.
  std::array<std::array<double, region_count>, region_count> ownership_prior{};
  /// Share of each domicile's equity held by each investor type; rows sum to 1.
  std::array<std::array<double, investor_type_count>, region_count> investor_mix{};
  double southbound_quota_usd = 0;  ///< [USD per day] net buying; 0 = no quota
  std::vector<std::string> stale;   ///< ids of lines whose price is not dated
  /// Last day of simulated time for which every venue's closed days are known.
  Date calendar_until;

  std::size_t venue(std::string_view id) const;
  std::size_t firm(std::string_view id) const;
  std::size_t line(std::string_view id) const;
  std::size_t vendor(std::string_view id) const;
  const AiModel* model(std::string_view id) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

namespace detail {
template <class T>
std::size_t find_by_id(const std::vector<T>& items, std::string_view id) {
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].id == id) return i;
  }
  return Facts::npos;
}
}  // namespace detail

inline std::size_t Facts::venue(std::string_view id) const { return detail::find_by_id(venues, id); }
inline std::size_t Facts::firm(std::string_view id) const { return detail::find_by_id(firms, id); }
inline std::size_t Facts::line(std::string_view id) const { return detail::find_by_id(lines, id); }
inline std::size_t Facts::vendor(std::string_view id) const { return detail::find_by_id(vendors, id); }
inline const AiModel* Facts::model(std::string_view id) const {
  const std::size_t at = detail::find_by_id(models, id);
  return at == npos ? nullptr : &models[at];
}

}  // namespace chokepoint
