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
