#include <catch2/catch.hpp>

#include "sim/base/error.hpp"
#include "sim/model/accounting.hpp"
#include "sim/study/replicate.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t days = 12;

struct Breach {
  std::size_t day = 0;  ///< after this day the ledger is changed
  std::size_t account = 0;
  std::string name;
};

/// A day, and an account with holdings in BETA, drawn by a fixed seed.
Breach draw_breach(const World& world, std::uint32_t number) {
  const RandomStream random(20260612, number);
  const auto upto = [&](std::uint32_t step, std::size_t n) {
    return static_cast<std::size_t>(random.uniform(Decision::synthetic_test, 0, step) *
                                    static_cast<double>(n));
  };
  Breach breach{upto(0, days - 1), upto(1, world.accounts()), ""};
  while (world.holding[world.at(beta, breach.account)] < 1000) {
    breach.account = (breach.account + 1) % world.accounts();
  }
  breach.name = world.population.accounts.name(breach.account);
  return breach;
}

/// Runs an arm in which `change` is made to the ledger after the drawn day; returns the complaint.
Error run_with(std::uint32_t number, const std::function<void(World&, const Breach&)>& change, Breach& breach,
               Date& next_day) {
  Parameters params = quiet_parameters();
  params.noise.scale = 1.0;
  ModelMarket market(model_facts(), params, days);
  breach = draw_breach(market.world, number);
  next_day = market.date_of(breach.day + 1);
  const ArmPlan arm{"arm", market.params, market.plan};
  try {
    run_arm(market.world, arm, market.random, {}, [&](World& world, std::size_t day) {
      if (day == breach.day) change(world, breach);
    });
  } catch (const Error& error) {
    return error;
  }
  return Error(ExitCode::ok, "no complaint");
}

void expect_complaint(const Error& error, const std::string& what, const Breach& breach, Date day) {
  CAPTURE(error.what());
  CHECK(error.code() == ExitCode::run_failed);
  CHECK_THAT(error.what(), Catch::Contains(to_text(day)) && Catch::Contains(what + breach.name) &&
                               Catch::Contains("(gap 1)"));
}

}  // namespace

TEST_CASE("audit: one share too many is found on the next day, with account, day and gap", "[unit][audit]") {
  const auto number = static_cast<std::uint32_t>(GENERATE(range(0, 4)));
  Breach breach;
  Date day;
  const Error error = run_with(
      number, [](World& world, const Breach& at) { ++world.holding[world.at(beta, at.account)]; }, breach,
      day);
  expect_complaint(error, "shares of account ", breach, day);
}

TEST_CASE("audit: one micro-USD too many is found on the next day, with account, day and gap",
          "[unit][audit]") {
  const auto number = static_cast<std::uint32_t>(GENERATE(range(0, 4)));
  Breach breach;
  Date day;
  const Error error = run_with(
      number, [](World& world, const Breach& at) { ++world.cash[at.account]; }, breach, day);
  expect_complaint(error, "cash of account ", breach, day);
}

TEST_CASE("audit: an untouched run passes", "[unit][audit]") {
  Breach breach;
  Date day;
  CHECK(run_with(
            0, [](World&, const Breach&) {}, breach, day)
            .code() == ExitCode::ok);
}

TEST_CASE("audit: each identity of the ledger is checked", "[unit][audit]") {
  ModelMarket market;
  World& world = market.world;
  const Breach at = draw_breach(world, 1);
  const Date date = market.date_of(0);
  const auto complaint = [&]() -> std::string {
    try {
      audit(world, date);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  REQUIRE(complaint().empty());
  SECTION("shares that were booked but belong to nobody before") {
    book_transfer(world, beta, at.account, 1, 0);
    CHECK_THAT(complaint(), Catch::Contains("shares of 'BETA'") && Catch::Contains("(gap 1)"));
  }
  SECTION("cash that was booked but paid by nobody") {
    book_transfer(world, beta, at.account, 0, 1);
    CHECK_THAT(complaint(), Catch::Contains("cash of all accounts") && Catch::Contains("(gap 1)"));
  }
  SECTION("inert shares") {
    --world.inert[thin];
    CHECK_THAT(complaint(), Catch::Contains("shares of 'THIN'") && Catch::Contains("(gap -1)"));
  }
  SECTION("the clearing account's shares") {
    ++world.clearing_shares[thin];
    CHECK_THAT(complaint(), Catch::Contains("shares of 'THIN'") && Catch::Contains("(gap 1)"));
  }
  SECTION("an issuer's cash") {
    ++world.firm_cash[0];
    CHECK_THAT(complaint(), Catch::Contains("cash of all accounts") && Catch::Contains("(gap 1)"));
  }
  SECTION("holdings by domicile") {
    ++world.held_by_domicile[beta][index(Region::cn)];
    CHECK_THAT(complaint(), Catch::Contains("shares of 'BETA' held in CN") && Catch::Contains("(gap 1)"));
  }
  SECTION("a holding below zero") {
    const Shares all = world.holding[world.at(beta, at.account)];
    book_transfer(world, beta, at.account, -all - 1, 0);
    CHECK_THAT(complaint(),
               Catch::Contains("holding of 'BETA' by " + at.name) && Catch::Contains("found -1"));
  }
  SECTION("holdings of a line that is not listed") {
    world.listed[beta] = 0;
    CHECK_THAT(complaint(), Catch::Contains("'BETA', which is not listed"));
  }
}
