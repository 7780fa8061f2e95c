#include "sim/model/policy/lobbying.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

using namespace chokepoint;

namespace {

LobbyParams chances(double truth, double perceived) {
  LobbyParams params;
  params.scope_creep = truth;
  params.perceived_scope_creep = perceived;
  return params;
}

constexpr std::uint32_t draws = 2000;

/// Mean regret of a vendor over rules whose scope is drawn month after month.
double drawn_regret(const LobbyParams& params, double gain, double loss) {
  const RandomStream random(9, 0);
  const std::vector<double> gains{gain};
  const std::vector<double> losses{loss};
  LobbyState state;
  take_stances(params, gains, losses, std::vector<char>{1}, state);
  REQUIRE(state.lobbies[0]);
  for (std::uint32_t month = 0; month < draws; ++month) {
    settle_rule(params, binds_lobbyist(params, identity_of("anthropic"), random, month), gains, losses,
                state);
  }
  REQUIRE(state.rules[0] == draws);
  return state.regret[0] / double(draws);
}

/// (q - p)(G + L) through the code: both outcomes, weighed by the true chance.
double expected_regret(const LobbyParams& params, double gain, double loss) {
  double mean = 0;
  for (const bool bound : {false, true}) {
    LobbyState state;
    take_stances(params, std::vector<double>{gain}, std::vector<double>{loss}, std::vector<char>{1}, state);
    settle_rule(params, 0, bound, gain, loss, state);
    mean += (bound ? params.scope_creep : 1 - params.scope_creep) * state.regret[0];
  }
  return mean;
}

}  // namespace

TEST_CASE("lobbying: a vendor lobbies iff what it expects is positive", "[unit][lobbying]") {
  LobbyState state;
  const std::vector<double> gain{0.2, 0.2, 0.05, 0.0, 0.3};
  const std::vector<double> loss{0.3, 1.9, 0.45, 0.0, 0.1};
  take_stances(chances(0.3, 0.1), gain, loss, std::vector<char>{1, 1, 1, 1, 0}, state);
  CHECK(state.expected[0] == Approx(0.9 * 0.2 - 0.1 * 0.3));  // .15
  CHECK(state.expected[1] == Approx(-0.01));                  // .18 - .19
  CHECK(state.expected[2] == Approx(0.0).margin(1e-15));      // .045 - .045
  CHECK(state.expected[4] == 0.0);                            // may not
  CHECK(state.lobbies[0]);
  CHECK_FALSE(state.lobbies[1]);
  CHECK_FALSE(state.lobbies[3]);  // nothing at stake
  CHECK_FALSE(state.lobbies[4]);
  // Sure of being bound nobody does; sure of being spared all do that gain.
  take_stances(chances(0.3, 1.0), gain, loss, std::vector<char>(5, 1), state);
  CHECK(state.lobbies == std::vector<char>{0, 0, 0, 0, 0});
  take_stances(chances(0.3, 0.0), gain, loss, std::vector<char>(5, 1), state);
  CHECK(state.lobbies == std::vector<char>{1, 1, 1, 0, 1});
}

TEST_CASE("lobbying: stances follow the perceived chance, never the true one", "[unit][lobbying]") {
  for (const double truth : {0.0, 0.5, 1.0}) {
    LobbyState state;
    take_stances(chances(truth, 0.1), std::vector<double>{0.2}, std::vector<double>{0.3},
                 std::vector<char>{1}, state);
    CHECK(state.lobbies[0]);
    CHECK(state.expected[0] == Approx(0.15));
  }
}

TEST_CASE("lobbying: the threshold is at p = G / (G + L)", "[unit][lobbying]") {
  for (const double perceived : {0.39, 0.41}) {  // .2 / (.2 + .3) = .4
    LobbyState state;
    take_stances(chances(0.3, perceived), std::vector<double>{0.2}, std::vector<double>{0.3},
                 std::vector<char>{1}, state);
    CHECK(bool(state.lobbies[0]) == (perceived < 0.4));
  }
}

TEST_CASE("lobbying: pressure is effort times the share that lobbies of those who may", "[unit][lobbying]") {
  LobbyParams params = chances(0.3, 0.1);
  params.effort = 2;
  LobbyState state;
  CHECK(pressure(params, state) == 0.0);
  const std::vector<double> gain{0.2, 0.2, 0.2, 0.0, 0.9};
  const std::vector<double> loss{0.3, 0.3, 9.0, 0.1, 0.0};
  take_stances(params, gain, loss, std::vector<char>{1, 1, 1, 1, 0}, state);
  CHECK(pressure(params, state) == Approx(2 * 2.0 / 4));  // the fifth may not
  take_stances(params, gain, loss, std::vector<char>(5, 0), state);
  CHECK(pressure(params, state) == 0.0);
}

TEST_CASE("lobbying: effort 0 switches off, exactly", "[unit][lobbying]") {
  LobbyParams off = chances(1.0, 0.0);
  off.effort = 0;
  LobbyState state;
  const std::vector<double> gain{5};
  take_stances(off, gain, gain, std::vector<char>{1}, state);
  settle_rule(off, true, gain, gain, state);
  CHECK(state.lobbies[0] == 0);
  CHECK(pressure(off, state) == 0.0);
  CHECK(state.regret[0] == 0.0);
  CHECK(state.rules[0] == 0);
}

TEST_CASE("lobbying: regret is what was expected less what came", "[unit][lobbying]") {
  const LobbyParams params = chances(0.3, 0.1);
  const std::vector<double> gain{0.2, 0.1};
  const std::vector<double> loss{0.3, 5.0};
  LobbyState state;
  take_stances(params, gain, loss, std::vector<char>{1, 1}, state);
  settle_rule(params, true, gain, loss, state);
  CHECK(state.regret[0] == Approx(0.15 + 0.3));  // (1 - p)(G + L) = .9 x .5
  settle_rule(params, false, gain, loss, state);
  CHECK(state.regret[0] == Approx(0.45 - 0.05));  // - p (G + L)
  CHECK(state.rules[0] == 2);
  CHECK(state.regret[1] == 0.0);  // did not lobby
  CHECK(state.rules[1] == 0);
  // New stances keep the account; one vendor can be settled alone.
  take_stances(params, gain, loss, std::vector<char>{1, 1}, state);
  settle_rule(params, 0, true, 0.2, 0.3, state);
  CHECK(state.regret[0] == Approx(0.85));
  CHECK(state.rules[0] == 3);
}

TEST_CASE("lobbying: mean regret has the sign of the true less the perceived chance, in closed form",
          "[unit][lobbying]") {
  CHECK(expected_regret(chances(0.3, 0.3), 0.7, 0.3) == Approx(0.0).margin(1e-15));
  CHECK(expected_regret(chances(0.0, 0.0), 0.7, 0.3) == 0.0);
  CHECK(expected_regret(chances(0.3, 0.1), 0.2, 0.3) == Approx(0.1));   // .2 x .5
  CHECK(expected_regret(chances(0.3, 0.6), 2.0, 1.0) == Approx(-0.9));  // -.3 x 3
  CHECK(expected_regret(chances(1.0, 0.1), 0.2, 0.3) == Approx(0.45));
}

TEST_CASE("lobbying: mean regret of 2,000 drawn rules", "[unit][lobbying]") {
  // A draw's regret has standard deviation sqrt(.3 x .7)(G + L) = .458 (G + L); four of the mean's.
  const double four_sd = 4 * std::sqrt(0.21 / draws);
  CHECK(drawn_regret(chances(0.3, 0.3), 0.7, 0.3) == Approx(0.0).margin(1.0 * four_sd));
  CHECK(drawn_regret(chances(0.3, 0.1), 0.2, 0.3) == Approx(0.1).margin(0.5 * four_sd));
  CHECK(drawn_regret(chances(0.3, 0.6), 2.0, 1.0) == Approx(-0.9).margin(3.0 * four_sd));
  CHECK(drawn_regret(chances(0.3, 0.1), 0.2, 0.3) > 0.05);
  CHECK(drawn_regret(chances(0.3, 0.6), 2.0, 1.0) < -0.5);
}

TEST_CASE("lobbying: the scope of a rule is the true chance, by vendor and month", "[unit][lobbying]") {
  const RandomStream random(9, 0);
  int bound = 0;
  int differ = 0;
  for (std::uint32_t month = 0; month < draws; ++month) {
    CHECK_FALSE(binds_lobbyist(chances(0.0, 1.0), identity_of("openai"), random, month));
    CHECK(binds_lobbyist(chances(1.0, 0.0), identity_of("openai"), random, month));
    const bool first = binds_lobbyist(chances(0.3, 0.9), identity_of("openai"), random, month);
    bound += first;
    differ += first != binds_lobbyist(chances(0.3, 0.9), identity_of("anthropic"), random, month);
  }
  CHECK(double(bound) / draws == Approx(0.3).margin(4 * std::sqrt(0.21 / draws)));
  CHECK(differ > 0);
}

TEST_CASE("lobbying: parameters are registered and in range", "[unit][lobbying]") {
  FieldList list;
  LobbyParams params;
  LobbyParams::fields(list, params);
  CHECK(list.names() ==
        std::vector<std::string>{"lobby.effort", "lobby.scope_creep", "lobby.perceived_scope_creep"});
  for (const Field& field : list.all()) CHECK((*field.value >= field.low && *field.value <= field.high));
}
