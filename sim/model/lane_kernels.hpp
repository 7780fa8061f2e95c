/// The inner loops of the market, over accounts in multiples of eight.
///
/// Each is compiled for several instruction sets and chosen at load time. The bits do not depend on the
/// choice: elementwise loops have no order, sums have eight partial sums by account number modulo eight and
/// one written order of adding them (combine_lanes), and no fused multiply-add is allowed anywhere.
#pragma once

#include <cstddef>
#include <span>

#include "sim/base/integer.hpp"

namespace chokepoint {

/// Rows of an [open line][account] matrix, wherever they lie.
using Rows = std::span<const double* const>;

/// Accounts begin .. end-1; both are multiples of eight.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// ---- demand.cpp ----

/// x[i] = e^x[i].
void exponentials(std::span<double> x);

/// For every row c, in order: odds_sum[i] += odds[c][i] * factor[c];  wealth[i] += holding[c][i] * price[c].
void add_odds_and_wealth(double* odds_sum, double* wealth, Rows odds, Rows holding, const double* factor,
                         const double* price, Stretch at);

/// sum[i] += weight * x[i].
void add_scaled(double* sum, const double* x, double weight, Stretch at);

/// intensity[i] = max(wealth[i], 0) / odds_sum[i].
void divide_wealth(double* intensity, const double* wealth, const double* odds_sum, Stretch at);

/// result[c] = sum of x[i] * rows[c][i], for every row c.
void lane_dots(const double* x, Rows rows, Stretch at, double* result);
double lane_dot(const double* x, const double* y, Stretch at);
double lane_sum(const double* x, Stretch at);

/// The terms of the Jacobian that belong to one class in one line; see DemandSystem::jacobian.
struct JacobianTerms {
  const double* odds;
  const double* attention;  ///< or null
  const double* holding;
  const double* intensity;
  const double* odds_sum;
  double share, factor, slope, money, price;
};
/// Fills left and right and returns the sum of the own terms.
double fill_jacobian(const JacobianTerms& of, Stretch at, double* left, double* right);

/// wish[i] = share * ((odds[i] * factor + attention[i] * money) * intensity[i] * shares_per_usd -
/// holding[i]).
struct WishTerms {
  const double* odds;
  const double* attention;  ///< or null
  const double* holding;
  const double* intensity;
  double share, factor, money, shares_per_usd;
};
void fill_wishes(const WishTerms& of, Stretch at, double* wish);

// ---- settlement.cpp and market_session.cpp; any n ----

struct TradeRange {
  double largest_total = 0;     ///< in size
  Shares largest_trade = 0;     ///< in size
  Shares smallest_holding = 0;  ///< after the trades, not above zero
  Shares largest_holding = 0;   ///< after the trades
};
/// traded[i] = round(total[i]) - round(total[i-1]), right while totals are below `largest_small`.
TradeRange round_trades(Shares* traded, const double* total, const Shares* holding, std::size_t n);

/// Moves shares and cash; every traded[i] * price must lie inside 64 bits and holdings below `largest_small`.
/// Returns false when a cash balance left 64 bits.
bool settle_trades(Shares* holding, double* holding_view, MicroUsd* cash, const Shares* traded,
                   MicroUsd price, std::size_t n);

/// booked_shares[i] += traded[i];  booked_cash[i] -= traded[i] * price. Returns the sum of traded.
Shares book_trades(Shares* booked_shares, MicroUsd* booked_cash, const Shares* traded, MicroUsd price,
                   Stretch at);

// ---- accounting.cpp ----

struct HoldingCount {
  Shares sum = 0;
  Shares smallest = 0;  ///< not above zero
};
/// Adds the holdings to `total` and counts them; n is a multiple of eight.
HoldingCount count_holding(Shares* total, const Shares* holding, std::size_t n);

}  // namespace chokepoint
