#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/model/settlement.hpp"

using namespace chokepoint;

TEST_CASE("settlement: in 200 random markets shares and cash sum to what they were",
          "[property][settlement]") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(0, 200)));
  CAPTURE(seed);
  const RandomStream random(seed, 0);
  const auto draw = [&](std::uint32_t subject, std::uint32_t step) {
    return random.uniform(Decision::synthetic_test, subject, step);
  };
  const auto n = static_cast<std::size_t>(2 + draw(0, 0) * 400);
  std::vector<Shares> holding(n), traded(n);
  std::vector<double> wish(n), view(n);
  std::vector<MicroUsd> cash(n);
  Wide shares_before = 0;
  Wide cash_before = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto subject = static_cast<std::uint32_t>(i + 1);
    holding[i] = nearest(1e6 * draw(subject, 1) * draw(subject, 1));
    view[i] = static_cast<double>(holding[i]);
    cash[i] = nearest(1e15 * draw(subject, 2));
    wish[i] =
        draw(subject, 3) < 0.5 ? -draw(subject, 4) * static_cast<double>(holding[i]) : 1e5 * draw(subject, 4);
    shares_before += holding[i];
    cash_before += cash[i];
  }
  const std::vector<Shares> held = holding;
  ration(wish);
  Shares clearing_shares = 0;
  MicroUsd clearing_cash = 0;
  const MicroUsd price = 1 + nearest(1e9 * draw(0, 5));
  settle({holding, view, cash, &clearing_shares, &clearing_cash, price}, wish, traded);

  Wide shares_after = clearing_shares;
  Wide cash_after = clearing_cash;
  double largest_rounding = 0.0;
  bool as_booked = true;
  for (std::size_t i = 0; i < n; ++i) {
    shares_after += holding[i];
    cash_after += cash[i];
    as_booked = as_booked && holding[i] >= 0 && holding[i] == held[i] + traded[i] &&
                view[i] == static_cast<double>(holding[i]);
    largest_rounding = std::fmax(largest_rounding, std::fabs(static_cast<double>(traded[i]) - wish[i]));
  }
  CHECK(shares_after == shares_before);
  CHECK(cash_after == cash_before);
  CHECK(as_booked);
  CHECK(largest_rounding <= 1.0 + 1e-6);
  CHECK(std::abs(clearing_shares) <= 1);
}

namespace {

/// Settlement as its header words it: one account after the other, nothing else.
Shares trade_in_turn(const std::vector<double>& wish, std::vector<Shares>& holding,
                     std::vector<MicroUsd>& cash, MicroUsd price) {
  double running = 0.0;
  Shares booked = 0;
  for (std::size_t i = 0; i < wish.size(); ++i) {
    if (wish[i] == 0.0) continue;
    running += wish[i];
    Shares shares = nearest(running) - booked;
    if (holding[i] + shares < 0) shares = -holding[i];
    holding[i] += shares;
    cash[i] -= shares * price;
    booked += shares;
  }
  return booked;
}

}  // namespace

TEST_CASE("settlement: all accounts at once trade what they trade one after the other",
          "[property][settlement]") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(0, 300)));
  CAPTURE(seed);
  const RandomStream random(seed, 1);
  const auto draw = [&](std::uint32_t subject, std::uint32_t step) {
    return random.uniform(Decision::synthetic_test, subject, step);
  };
  const auto n = static_cast<std::size_t>(1 + draw(0, 0) * 300);
  const bool clamps = seed % 3 == 0;     // wishes to sell more than is held
  const bool large = seed % 5 == 0;      // holdings beyond 2^51, where the kernels would not be exact
  const bool expensive = seed % 7 == 0;  // legs beyond what the kernels take, inside 64 bits
  std::vector<Shares> holding(n), traded(n);
  std::vector<double> wish(n), view(n);
  std::vector<MicroUsd> cash(n);
  for (std::size_t i = 0; i < n; ++i) {
    const auto subject = static_cast<std::uint32_t>(i + 1);
    const double size = large ? 4e15 : 1000.0 * draw(subject, 0) * draw(subject, 1);
    holding[i] = nearest(size);
    view[i] = static_cast<double>(holding[i]);
    cash[i] = nearest((draw(subject, 2) - 0.5) * 1e17);
    const double most = clamps ? 3.0 : 0.9;
    wish[i] = (draw(subject, 3) < 0.5 ? -most : 1.0) * draw(subject, 4) * std::fmin(size, 1e3);
    if (draw(subject, 5) < 0.2) wish[i] = 0.0;
    if (expensive) {  // every second account sells what the one before it buys
      holding[i] = 2000;
      view[i] = 2000.0;
      wish[i] = i % 2 == 1 ? -wish[i - 1] : (i + 1 < n ? 1000.0 * draw(subject, 4) : 0.0);
    }
  }
  const MicroUsd price = expensive ? 6'000'000'000'000'000 : 1 + nearest(1e9 * draw(0, 6));
  std::vector<Shares> expected_holding = holding;
  std::vector<MicroUsd> expected_cash = cash;
  const Shares booked = trade_in_turn(wish, expected_holding, expected_cash, price);
  Shares clearing_shares = 0;
  MicroUsd clearing_cash = 0;
  settle({holding, view, cash, &clearing_shares, &clearing_cash, price}, wish, traded);
  CHECK(holding == expected_holding);
  CHECK(cash == expected_cash);
  CHECK(view == std::vector<double>(holding.begin(), holding.end()));
  CHECK(clearing_shares == -booked);
  CHECK(clearing_cash == booked * price);
}
