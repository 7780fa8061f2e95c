#include "sim/model/settlement.hpp"

#include <cmath>
#include <numeric>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/model/lane_kernels.hpp"

namespace chokepoint {
namespace {

constexpr const char* balance_overflow = "a cash balance left the range of 64-bit micro-USD";

}  // namespace

bool ration(std::span<double> wish) {
  double buys = 0.0;
  double sells = 0.0;
  for (const double q : wish) {
    buys += q > 0.0 ? q : 0.0;
    sells += q < 0.0 ? -q : 0.0;
  }
  const double filled = buys < sells ? buys : sells;
  const double buy_scale = buys > 0.0 ? filled / buys : 0.0;
  const double sell_scale = sells > 0.0 ? filled / sells : 0.0;
  for (double& q : wish) q *= q > 0.0 ? buy_scale : sell_scale;
  const double longer = buys > sells ? buys : sells;
  return longer - filled > 1e-8 * longer;
}

namespace {

/// Sum of the wishes up to and including each account's, in account order.
std::vector<double> running_total(std::span<const double> wish) {
  std::vector<double> total(wish.size());
  double running = 0.0;
  for (std::size_t i = 0; i < wish.size(); ++i) {
    running += wish[i];
    total[i] = running;
  }
  return total;
}

/// Settles all accounts at once. Returns false, with the ledger untouched, when a
/// holding would fall below zero or a number is too large for the arithmetic of the kernels.
bool settle_together(const Settlement& to, std::span<const double> wish, std::span<Shares> traded) {
  constexpr double largest_leg = 4.0e18;  // [micro-USD] 64 bits hold 9.2e18
  const std::size_t n = wish.size();
  const std::vector<double> total = running_total(wish);
  const TradeRange range = round_trades(traded.data(), total.data(), to.holding.data(), n);
  const double largest_trade = static_cast<double>(range.largest_trade);
  const double largest_holding = static_cast<double>(range.largest_holding);
  if (range.smallest_holding < 0 || !(range.largest_total < largest_small) ||
      !(largest_holding < largest_small) || !(largest_trade * static_cast<double>(to.price) < largest_leg)) {
    return false;
  }
  if (!settle_trades(to.holding.data(), to.holding_view.data(), to.cash.data(), traded.data(), to.price, n)) {
    throw Error(ExitCode::run_failed, balance_overflow);
  }
  return true;
}

/// Settles one account after the other; a clipped sale is carried to the next account that trades.
void settle_in_turn(const Settlement& to, std::span<const double> wish, std::span<Shares> traded) {
  double running = 0.0;
  Shares booked = 0;
  for (std::size_t i = 0; i < wish.size(); ++i) {
    traded[i] = 0;
    if (wish[i] == 0.0) continue;
    running += wish[i];
    Shares shares = nearest(running) - booked;
    if (to.holding[i] + shares < 0) shares = -to.holding[i];
    traded[i] = shares;
    booked += shares;
    if (shares == 0) continue;
    MicroUsd leg = 0;
    MicroUsd balance = 0;
    if (__builtin_mul_overflow(shares, to.price, &leg) || __builtin_sub_overflow(to.cash[i], leg, &balance)) {
      throw Error(ExitCode::run_failed, balance_overflow);
    }
    to.cash[i] = balance;
    to.holding[i] += shares;
    to.holding_view[i] = static_cast<double>(to.holding[i]);
  }
}

}  // namespace

void settle(const Settlement& to, std::span<const double> wish, std::span<Shares> traded) {
  if (!settle_together(to, wish, traded)) settle_in_turn(to, wish, traded);
  const Shares booked = std::accumulate(traded.begin(), traded.end(), Shares{0});
  *to.clearing_shares -= booked;
  MicroUsd leg = 0;
  if (__builtin_mul_overflow(booked, to.price, &leg)) {
    throw Error(ExitCode::run_failed, "the clearing account left the range of 64-bit micro-USD");
  }
  *to.clearing_cash += leg;
}

}  // namespace chokepoint
