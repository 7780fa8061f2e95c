/// What is known at T0 of the users and makers of AI models: vendors, who may use what, enterprises,
/// researchers. Part of Facts; made by input/facts_economy and input/facts_talent from the tables named
/// below.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

/// A developer that serves models. `data/vendors.csv`, `data/access_rules.csv`.
struct Vendor {
  std::string id;          ///< firm id
  std::size_t firm = 0;    ///< index into Facts::firms
  Region home{};           ///< headquarters of the firm
  double revenue_usd = 0;  ///< [USD per year] run rate of model revenue at T0
  double metered_share =
      0;             ///< [share] of the whole firm's revenue that enterprises pay for use of its models
  double users = 0;  ///< [persons] who use its models at T0
  std::int64_t research_staff = 0;  ///< [persons]
  double foreign_staff_share = 0;   ///< [share] of research staff that are no nationals of the home region
  /// Why the vendor's models may not be used where the staff is, or by enterprises with headquarters there.
  std::array<Denial, region_count> place{};
  std::array<Denial, region_count> owner{};
};

/// Enterprises of a region. `data/workforce.csv`, `data/ai_spend.csv`.
struct RegionWorkforce {
  std::array<double, nationality_count> nationality{};  ///< share of staff; sums to 1
  std::array<double, region_count> owner{};             ///< share of staff by headquarters; sums to 1
  double spend_share = 0;  ///< [share] of the world's spending on models; sums to 1 over regions
};

/// How an enterprise reads a vendor's terms (approved_lists.hpp).
enum class Reading : unsigned { strict, pragmatic, leaky };
inline constexpr std::size_t reading_count = 3;
inline constexpr std::array<std::string_view, reading_count> reading_names{"strict", "pragmatic", "leaky"};

/// A named bank's staff in one place. `data/bank_desks.csv`.
struct BankDesk {
  std::string enterprise;  ///< firm id where the bank is listed in data/firms.csv, else an id of its own
  std::string name;
  Region owner{};
  Region region{};
  std::int64_t staff = 0;
  Reading reading{};
  std::vector<std::string> removed;  ///< vendors taken off its approved list before T0
};

/// What an enterprise can choose: the best model of a vendor and kind that it may use, or one of two
/// alternatives without vendor.
enum class ProductKind : unsigned { closed, open_hosted, open_on_premise, none };
inline constexpr std::size_t product_kind_count = 4;
inline constexpr std::array<std::string_view, product_kind_count> product_kind_names{
    "closed", "open_hosted", "open_on_premise", "none"};

/// Use at T0. `data/vendor_shares.csv`; shares of a region sum to 1.
struct UsageShare {
  Region region{};
  std::string vendor;  ///< "" for on-premise and none
  ProductKind kind{};
  double share = 0;  ///< of the region's enterprise staff
};

/// Researchers. `data/talent_shares.csv`, `data/talent_stock.csv`, `data/talent_entry.csv`.
struct TalentFacts {
  using ByOriginAndPlace = std::array<std::array<double, region_count>, nationality_count>;
  ByOriginAndPlace share_2019{};  ///< share of the top fifth; sums to 1
  std::array<double, nationality_count>
      origin_share_2022{};  ///< observed, an input of the prediction; sums to 1
  std::array<std::array<std::int64_t, region_count>, nationality_count> stock{};  ///< [persons] at T0
  std::array<double, nationality_count> entry_share{};  ///< of those who enter the profession; sums to 1
  ByOriginAndPlace first_place{};                       ///< where graduates are, by origin; rows sum to 1
  ByOriginAndPlace first_place_2019{};                  ///< as known in 2019; rows sum to 1
};

}  // namespace chokepoint
