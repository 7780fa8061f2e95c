/// Light vintages: what was known of firms and markets on the eve of a past event (data/vintages/).
///
/// A light world holds the lines of one event and the four composites: market values, tradable shares and
/// exposures are those known on the eve; who owns which market, the mix of investors, access and quotas are
/// those of the base world, taken for all years. Prices are levels that no result depends on: every result is
/// a ratio.
#pragma once

#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct VintageLine {
  Line line;  ///< without shares and prices
  Firm firm;
  double float_share = 0;
  Date listed_since;  ///< 1970 when long before
};

struct DatedValue {
  Date date;
  double value = 0;
};

struct DatedExposure {
  Exposure exposure;
  Date known;  ///< first day of the month that `as_of` names, last day of a year
};

struct BasketPart {
  Date date;
  std::string ticker;
  double weight = 0;
};

/// A line that did not trade: news in between is priced when it trades again.
struct Suspension {
  std::string line;
  Date first;
  Date last;
};

/// Shares that come to the market: a first listing, or locked shares that may be sold.
struct ShareSupply {
  std::string event;
  std::string line;
  Date date;
  double shares = 0;       ///< all shares of the firm
  double tradable = 0;     ///< that can trade on the day, without locked lots
  double unlocked = 0;     ///< locked before, free on the day; 0 for a listing
  double offer_price = 0;  ///< [local]; 0 for an expiry
  double usd_per_unit = 0;
};

struct Vintages {
  Facts base;  ///< the world as of T0: venues, ownership, investors, quota, composites
  std::vector<VintageLine> lines;
  std::vector<std::vector<DatedValue>> caps;                             ///< [line] bn USD, by date
  std::array<std::vector<DatedValue>, region_count> totals;              ///< [region] bn USD, by date
  std::vector<DatedExposure> exposures;                                  ///< by date known
  std::vector<std::pair<std::string, std::vector<BasketPart>>> baskets;  ///< ETF id -> parts by date
  std::vector<Suspension> suspensions;
  std::vector<ShareSupply> supplies;

  std::size_t line_of_ticker(std::string_view ticker) const;  ///< Facts::npos when unknown
  const std::vector<BasketPart>* basket(std::string_view etf) const;
};

/// Reads data_dir and the folder of vintages, data_dir/vintages unless it is named.
Vintages load_vintages(const std::string& data_dir, Problems& problems);
Vintages load_vintages(const std::string& data_dir, const std::string& folder, Problems& problems);

/// Names of the files in a folder of vintages (for hashes in the manifest).
std::vector<std::string> vintage_files();

/// Value known on a date: the newest not after it, else the earliest of all. `rows` not empty, by date.
double known_on(const std::vector<DatedValue>& rows, Date date);

/// The world of some lines as of a date.
Facts light_world(const Vintages& vintages, Date as_of, const std::vector<std::size_t>& lines,
                  bool composites = true);

}  // namespace chokepoint
