/// One vendor's purchases of a month: money is spent on the cheapest channel first, each up to what it holds.
///
///   legal       free chips                     no limit
///   licensed    licensed chips                 the licence's number
///   offshore    chips of a subsidiary abroad   offshore_share x unmet; where the rules allow it
///   smuggled    any foreign chip               smuggling_share (1 - enforcement) (1 - e^(-t / lag)) x unmet
///   rented      of clouds abroad, for life     rental_share x unmet; not where barred
///   domestic    chips of Chinese design        its part of the capacity; Chinese vendors only
///
/// unmet is what cheaper channels have left of the wish. t counts from the vendor's first denial; a denial at
/// T0 is old. Prices: foreign ones are those of T0 (chip_rules.hpp) times a common path, smuggled, offshore
/// and rented ones are the cheapest foreign chip, or the cheapest permitted one offshore, with a premium. Of
/// a Chinese vendor's money at most 1 - state_funded x procurement_ban goes to foreign channels, and at most
/// 1 - all_foreign_ban to imports, that is, legal and licensed chips.
/// Assumption: import bans of the buyer's own state stop neither smuggling nor data centres abroad. Neglects:
/// differences in kind (software, memory, power) between chips of equal H100e; delivery times.
/// Tests: tests/unit/chip_purchases_test.cpp.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "sim/model/compute/chip_rules.hpp"
#include "sim/model/compute/compute_params.hpp"

namespace chokepoint {

enum class ChipChannel : unsigned { legal, licensed, offshore, smuggled, domestic, rented, drawn_from_hoard };
inline constexpr std::size_t chip_channel_count = 7;
inline constexpr std::array<std::string_view, chip_channel_count> chip_channel_names{
    "legal", "licensed", "offshore", "smuggled", "domestic", "rented", "drawn_from_hoard"};
using ByChipChannel = std::array<double, chip_channel_count>;

/// More than anybody buys; finite, so that a share of 0 of it is 0.
inline constexpr double no_limit = 1e250;

struct ChipOffer {
  ChipChannel channel{};
  double usd_per_h100e = 0;
  double most = no_limit;      ///< [H100e]
  double share_of_unmet = -1;  ///< when not negative, `most` is this share of what is unmet
};

struct ChipPurse {
  double wish = 0;           ///< [H100e]
  double money = no_limit;   ///< [USD]
  double most = no_limit;    ///< [H100e] to be bought at all
  double foreign_share = 1;  ///< of money and of `most`
  double imported_share = 1;
};

struct ChipPurchases {
  ByChipChannel bought{};  ///< [H100e]
  double total = 0;        ///< [H100e]
  double paid = 0;         ///< [USD]
};

/// What is on offer to all in a month.
struct ChipMarket {
  Date today;
  double months = 1;
  double foreign_price_factor = 1;  ///< on prices of foreign chips at T0
  double domestic_cost = 0;         ///< [USD per H100e]; 0: no Chinese chips
};

/// Offers to a vendor, cheapest first. `days_denied` since its first denial; negative: never. Domestic chips
/// are limited to `domestic_most` [H100e].
std::vector<ChipOffer> chip_offers(const ComputeParams& params, const Facts& facts,
                                   const ComputeFacts& compute, const ChipPolicy& policy,
                                   const ChipMarket& market, std::size_t vendor, double days_denied,
                                   double domestic_most);

ChipPurchases buy_chips(std::span<const ChipOffer> offers, const ChipPurse& purse);

/// Some foreign chip that is cheaper than all that the vendor may freely buy is kept from it.
bool is_denied(const Facts& facts, const ComputeFacts& compute, const ChipPolicy& policy, std::size_t vendor,
               Date today);

}  // namespace chokepoint
