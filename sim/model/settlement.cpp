#include "sim/model/settlement.hpp"

#include <cmath>

#include "sim/base/error.hpp"

namespace chokepoint {

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

void settle(const Settlement& to, std::span<const double> wish, std::span<Shares> traded) {
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
      throw Error(ExitCode::run_failed, "a cash balance left the range of 64-bit micro-USD");
    }
    to.cash[i] = balance;
    to.holding[i] += shares;
    to.holding_view[i] = static_cast<double>(to.holding[i]);
  }
  *to.clearing_shares -= booked;
  MicroUsd leg = 0;
  if (__builtin_mul_overflow(booked, to.price, &leg)) {
    throw Error(ExitCode::run_failed, "the clearing account left the range of 64-bit micro-USD");
  }
  *to.clearing_cash += leg;
}

}  // namespace chokepoint
