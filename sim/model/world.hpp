/// The state of one run: plain arrays, owned here, changed by the verbs of tick.cpp and by nothing else.
///
/// K lines, N account rows (accounts.hpp). Matrices are [line][account] or [line][class]. Integers are the
/// truth; doubles named *_view are the same numbers for arithmetic.
#pragma once

#include <array>
#include <vector>

#include "sim/base/lane_vector.hpp"
#include "sim/base/random.hpp"
#include "sim/model/attention.hpp"
#include "sim/model/capital_rules.hpp"
#include "sim/model/clearing.hpp"
#include "sim/model/economy.hpp"
#include "sim/model/financing.hpp"
#include "sim/model/flows.hpp"
#include "sim/model/ownership_bans.hpp"
#include "sim/model/parameters.hpp"
#include "sim/model/population.hpp"

namespace chokepoint {

/// Prices of one session of a line, log since T0; what tickers report.
struct SessionPrices {
  double open = 0;
  double high = 0;
  double low = 0;
  double close = 0;
};

struct World {
  const Facts* facts = nullptr;
  std::size_t lines = 0;
  Population population;

  // Prices
  std::vector<double> log_price;        ///< [K] since T0
  std::vector<double> previous_close;   ///< [K] log price at the close of the day before: limits, momentum
  std::vector<double> reference_price;  ///< [K] USD per share at log price 0
  std::vector<MicroUsd> price;          ///< [K] rounded price at which trades settle
  std::vector<LineStatus> status;       ///< [K] of the last clear
  std::array<std::vector<SessionPrices>, session_count> session_prices;  ///< [session][K], today

  // Ledger
  LaneVector<Shares> holding;           ///< [K][N]
  LaneVector<double> holding_view;      ///< [K][N]
  LaneVector<MicroUsd> cash;            ///< [N]
  LaneVector<double> cash_view;         ///< [N] USD
  std::vector<Shares> outstanding;      ///< [K] S_k
  std::vector<Shares> inert;            ///< [K] shares of holders that are not agents and cannot sell
  std::vector<Shares> floating;         ///< [K] shares that can trade
  std::vector<Shares> reviewed;         ///< [K] float that index funds hold against
  std::vector<Shares> clearing_shares;  ///< [K] rounding of settlement
  MicroUsd clearing_cash = 0;
  std::vector<Wide> firm_cash;  ///< [firm] proceeds of issues and listings
  std::vector<LockedLot> locked;
  std::vector<std::array<Shares, region_count>> held_by_domicile;  ///< [K]
  FlowBook flows;                                                  ///< of today

  // Tastes, beliefs, attention, demand shifters
  LaneVector<double> odds;               ///< [K][N] e^a
  std::vector<double> taste;             ///< [K][class] drift of log odds
  std::vector<double> value;             ///< [K][class] v
  std::vector<double> full_value;        ///< [K] where v of every class is heading
  std::vector<double> mark_change;       ///< [firm] log change of the mark of private firms since T0
  std::vector<LineAttention> attention;  ///< [K]
  std::vector<double> new_money;         ///< [K][class] odds per unit of attention
  std::vector<double> noise_scale;       ///< [K] sigma
  std::vector<double> noise_shifter, noise_variance, noise_shock;  ///< [K]
  std::vector<double> momentum;                                    ///< [K]
  std::vector<double> own_elasticity;                              ///< [K] at T0, one-day participation
  std::vector<char> listed;                                        ///< [K]
  std::vector<BanInForce> bans;  ///< ownership bans that have been announced
  std::size_t day = 0;           ///< index of the trading day in the run's calendar
  double quota_wedge = 0;        ///< tau of the last clear with a quota
  Wide quota_used = 0;           ///< [micro-USD] net southbound buying of the day so far

  CapitalRules capital;  ///< who may bring capital where, as in force
  Financing financing;   ///< what vendors' firms raised

  Economy economy;  ///< of users, enterprises and researchers; inactive in a world without vendors

  // What the audit compares with (accounting.hpp): balances at the last audit and what was booked since
  LaneVector<Shares> audited_shares, booked_shares;  ///< [N] over all lines
  LaneVector<MicroUsd> audited_cash, booked_cash;    ///< [N]
  Wide total_cash = 0;

  // Solver
  std::array<ChordFactor, session_count> chord;
  MarketClearing clearing;

  std::size_t accounts() const { return population.accounts.size; }
  std::size_t at(std::size_t line, std::size_t account) const { return line * accounts() + account; }
  double price_usd(std::size_t line) const { return reference_price[line] * exponential(log_price[line]); }
  double cap_usd(std::size_t line) const { return static_cast<double>(outstanding[line]) * price_usd(line); }
  double float_cap_usd(std::size_t line) const {
    return static_cast<double>(floating[line]) * price_usd(line);
  }
};

/// Log-odds terms of a class in a line beside taste a: p - theta z - kappa z^3 + x, at log price p.
double log_odds_terms(const World& world, std::size_t line, std::size_t g, double log_price, double shifter);

/// Books a transfer of shares and cash to an account outside the market sessions (issues, lock-ups).
void book_transfer(World& world, std::size_t line, std::size_t account, Shares shares, MicroUsd cash);

/// Price in whole micro-USD per share.
MicroUsd rounded_price(double usd);

}  // namespace chokepoint
