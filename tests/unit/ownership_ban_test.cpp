#include "sim/model/ownership_bans.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

/// A ban announced at 21:00 UTC of T0, in force from the first day, to be finished on `deadline`.
Event ban_event(const std::vector<std::string>& domiciles, Date deadline) {
  Event event;
  event.said.id = "ban";
  event.said.actor = "regulator:treasury";
  event.said.announced = to_instant(make_date(2026, 6, 12), 21 * 3600, 0);
  event.instrument = OwnershipBan{{"beta"}, domiciles, deadline};
  return event;
}

const std::vector<std::string> everyone{"US", "CN", "HK", "ROW"};

}  // namespace

TEST_CASE("ownership ban: barred investors sell an equal part each day and hold nothing at the end",
          "[unit][ownership_ban]") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(1, 9)));
  CAPTURE(seed);
  // 10 trading days: 15 June to 26 June 2026.
  const Date deadline = make_date(2026, 6, 26);
  ModelMarket market(model_facts(), quiet_parameters(), 15, {ban_event({"US"}, deadline)}, seed);
  const Shares start = market.held(beta, Region::us);
  REQUIRE(start > 10'000'000);
  const std::size_t accounts = market.world.accounts();
  for (int day = 0; day < 10; ++day) {
    market.day();
    CAPTURE(day);
    CHECK(market.world.status[beta] == LineStatus::cleared);
    const double schedule = static_cast<double>(start) * (1.0 - (day + 1) / 10.0);
    CHECK(std::fabs(static_cast<double>(market.held(beta, Region::us)) - schedule) <=
          static_cast<double>(accounts));
    if (day == 0) CHECK(market.world.log_price[beta] < -0.02);
  }
  CHECK(market.date_of(9) == deadline);
  CHECK(market.held(beta, Region::us) == 0);
  CHECK(market.held(beta) + market.world.clearing_shares[beta] == 200'000'000);
  CHECK(market.world.log_price[beta] < -0.02);
  market.run(5);
  CHECK(market.held(beta, Region::us) == 0);
}

TEST_CASE("ownership ban: where the run ends does not change what is sold before", "[unit][ownership_ban]") {
  // Hong Kong is shut on 1 July, so that not every day of the run is one of the line's; 4 March 2027 lies
  // beyond two of the three ends.
  Facts facts = model_facts();
  facts.venues[1].closed = {make_date(2026, 7, 1)};
  const Date deadline = make_date(2027, 3, 4);
  std::vector<Shares> held;
  for (const std::size_t days : {30, 60, 200}) {
    ModelMarket market(facts, quiet_parameters(), days, {ban_event({"US"}, deadline)});
    const Shares start = market.held(beta, Region::us);
    market.run(25);
    held.push_back(market.held(beta, Region::us));
    // 15 June 2026 to 4 March 2027: 189 weekdays, one of them shut. Of 25 days 24 are the line's.
    CHECK(static_cast<double>(held.back()) ==
          Approx(static_cast<double>(start) * (1.0 - 24.0 / 188.0)).epsilon(1e-4));
  }
  CHECK(held[1] == held[0]);
  CHECK(held[2] == held[0]);
}

TEST_CASE("ownership ban: with a deadline on which the line is shut, all is sold by its last day before",
          "[unit][ownership_ban]") {
  // Thursday 25 and Friday 26 June are holidays in Hong Kong: 8 days of sales, 15 to 24 June.
  Facts facts = model_facts();
  facts.venues[1].closed = {make_date(2026, 6, 25), make_date(2026, 6, 26)};
  ModelMarket market(facts, quiet_parameters(), 15, {ban_event({"US"}, make_date(2026, 6, 26))});
  const auto start = static_cast<double>(market.held(beta, Region::us));
  market.run(4);
  CHECK(static_cast<double>(market.held(beta, Region::us)) == Approx(start / 2.0).epsilon(1e-4));
  market.run(4);
  CHECK(market.date_of(7) == make_date(2026, 6, 24));
  CHECK(market.held(beta, Region::us) == 0);
}

TEST_CASE("ownership ban: forced sales stop at half of the active float a session, the rest is queued",
          "[unit][ownership_ban]") {
  // US and ROW hold 38 % of BETA and must sell on the first day.
  ModelMarket market(model_facts(), quiet_parameters(), 10,
                     {ban_event({"US", "CN", "ROW"}, make_date(2026, 6, 15))});
  World& world = market.world;
  world.bans.push_back({beta, {true, true, false, true}, 0});
  const double active = active_float(world, market.params, beta);
  double expected = 0.0;
  for (std::size_t t = 0; t < investor_type_count; ++t) {
    const auto type = static_cast<InvestorType>(t);
    const Shares held = market.held(
        beta, [=](InvestorType kind, Region domicile) { return kind == type && domicile == Region::hk; });
    expected += market.params.session.participation[t] * static_cast<double>(held);
  }
  CHECK(active == Approx(expected));
  double offered = 0.0;
  for (const double shares : forced_sales(world, market.params, beta, {1, 0, 1})) offered += shares;
  CHECK(offered == Approx(0.5 * active));
  // Four clears in the session share the cap.
  offered = 0.0;
  for (const double shares : forced_sales(world, market.params, beta, {4, 0, 4})) offered += shares;
  CHECK(offered == Approx(0.125 * active));
}

TEST_CASE("ownership ban: informed investors mark the line down for what is still to come",
          "[unit][ownership_ban]") {
  const OwnershipBanParams params;
  CHECK(anticipated_discount(params, 30.0, 0.5, 200.0) == Approx(0.3));
  CHECK(anticipated_discount(params, 15.0, 0.5, 200.0) == Approx(0.15));
  CHECK(anticipated_discount(params, 300.0, 0.5, 200.0) == 0.5);
  CHECK(anticipated_discount(params, 0.0, 0.5, 200.0) == 0.0);
}

TEST_CASE("ownership ban: a line that nobody may hold has no price: NO_DEMAND, and nothing moves",
          "[unit][ownership_ban]") {
  ModelMarket market(model_facts(), quiet_parameters(), 5, {ban_event(everyone, make_date(2026, 6, 26))});
  const World before = market.world;
  for (int day = 0; day < 5; ++day) {
    market.day();
    CHECK(market.world.status[beta] == LineStatus::no_demand);
    CHECK(market.world.log_price[beta] == 0.0);
    CHECK(market.world.price[beta] == before.price[beta]);
    CHECK(market.world.status[thin] == LineStatus::cleared);
  }
  bool unchanged = true;
  for (std::size_t i = 0; i < before.accounts(); ++i) {
    unchanged = unchanged && market.world.holding[before.at(beta, i)] == before.holding[before.at(beta, i)];
  }
  CHECK(unchanged);
}
