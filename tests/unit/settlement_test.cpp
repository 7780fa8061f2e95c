#include "sim/model/settlement.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "sim/base/error.hpp"

using namespace chokepoint;

namespace {

/// A line with the accounts' ledgers, and what one settlement did to it.
struct Ledger {
  std::vector<Shares> holding;
  std::vector<MicroUsd> cash;
  std::vector<double> view;
  std::vector<Shares> traded;
  Shares clearing_shares = 0;
  MicroUsd clearing_cash = 0;

  Ledger(std::vector<Shares> shares, std::vector<MicroUsd> money)
      : holding(std::move(shares)),
        cash(std::move(money)),
        view(holding.begin(), holding.end()),
        traded(holding.size()) {}

  void settle_at(MicroUsd price, const std::vector<double>& wish) {
    settle({holding, view, cash, &clearing_shares, &clearing_cash, price}, wish, traded);
  }
};

}  // namespace

TEST_CASE("settlement: wishes are rounded by running total, cash moves against shares",
          "[unit][settlement]") {
  Ledger ledger({10, 10, 10}, {100, 100, 100});
  ledger.settle_at(20, {0.4, 0.4, -0.8});  // running total .4, .8, 0
  CHECK(ledger.traded == std::vector<Shares>{0, 1, -1});
  CHECK(ledger.holding == std::vector<Shares>{10, 11, 9});
  CHECK(ledger.cash == std::vector<MicroUsd>{100, 80, 120});
  CHECK(ledger.view[1] == 11.0);
  CHECK(ledger.clearing_shares == 0);
  CHECK(ledger.clearing_cash == 0);
}

TEST_CASE("settlement: what rounding leaves goes to the line's clearing account", "[unit][settlement]") {
  Ledger ledger({0, 0}, {100, 100});
  ledger.settle_at(30, {0.3, 0.3});  // running total .3, .6: one share is bought from nobody
  CHECK(ledger.traded == std::vector<Shares>{0, 1});
  CHECK(ledger.clearing_shares == -1);
  CHECK(ledger.clearing_cash == 30);
  CHECK(ledger.cash == std::vector<MicroUsd>{100, 70});
}

TEST_CASE("settlement: a holding never falls below zero, the rest is carried on", "[unit][settlement]") {
  Ledger ledger({1, 0, 5}, {0, 1000, 0});
  ledger.settle_at(10, {-3.0, 3.0, 0.0});
  CHECK(ledger.holding == std::vector<Shares>{0, 1, 5});
  CHECK(ledger.traded == std::vector<Shares>{-1, 1, 0});
  CHECK(ledger.clearing_shares == 0);
  CHECK(ledger.cash == std::vector<MicroUsd>{10, 990, 0});
}

TEST_CASE("settlement: a balance beyond 64 bits stops the run", "[unit][settlement]") {
  constexpr MicroUsd huge = 4'000'000'000'000'000'000;
  Ledger leg({0, 10}, {0, 0});
  CHECK_THROWS_AS(leg.settle_at(huge, {3.0, -3.0}), Error);
  Ledger balance({0, 10}, {-8'000'000'000'000'000'000, 0});
  CHECK_THROWS_AS(balance.settle_at(huge, {1.0, -1.0}), Error);
  Ledger small_legs({0, 10}, {-8'000'000'000'000'000'000, 0});
  CHECK_THROWS_AS(small_legs.settle_at(3'000'000'000'000'000'000, {1.0, -1.0}), Error);
  try {
    Ledger({0, 10}, {0, 0}).settle_at(huge, {3.0, -3.0});
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::run_failed);
  }
}

TEST_CASE("ration: the long side is scaled to the short side", "[unit][settlement]") {
  std::vector<double> buyers_long{3.0, 1.0, -2.0, 0.0};
  CHECK(ration(buyers_long));
  CHECK(buyers_long == std::vector<double>{1.5, 0.5, -2.0, 0.0});
  std::vector<double> sellers_long{1.0, -3.0, -1.0};
  CHECK(ration(sellers_long));
  CHECK(sellers_long == std::vector<double>{1.0, -0.75, -0.25});
}

TEST_CASE("ration: equal sides stay, a side without the other trades nothing", "[unit][settlement]") {
  std::vector<double> equal{2.0, -1.5, -0.5};
  CHECK_FALSE(ration(equal));
  CHECK(equal == std::vector<double>{2.0, -1.5, -0.5});
  std::vector<double> alone{2.0, 1.0};
  CHECK(ration(alone));
  CHECK(alone == std::vector<double>{0.0, 0.0});
  std::vector<double> nothing{0.0, 0.0};
  CHECK_FALSE(ration(nothing));
}
