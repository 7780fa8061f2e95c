#include "sim/model/policy/regulators.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace chokepoint;

namespace {

constexpr std::array<ControlKind, control_kind_count> all_kinds{
    ControlKind::us_model_access, ControlKind::us_chips, ControlKind::us_open_weights,
    ControlKind::cn_counter_control, ControlKind::cn_exit_control};
const RandomStream random_stream(5, 0);
constexpr std::uint32_t months = 4000;
constexpr double day = 12.0 / 365.25;  // months

std::size_t place(ControlKind kind) { return static_cast<std::size_t>(kind); }

/// Both own frontiers far ahead: no gap, nothing presses.
RegulatorInputs calm() {
  RegulatorInputs inputs;
  inputs.own_capability = {160, 160};
  inputs.rival_capability = {100, 100};
  return inputs;
}

RegulatorParams reacting(double baseline = -2, double escalation_rate = 0.05) {
  RegulatorParams params;
  params.endogenous = 1;
  params.baseline = baseline;
  params.escalation_rate = escalation_rate;
  return params;
}

/// Everything goes up every month (but for e^-742), or down.
RegulatorParams rushing_up() {
  RegulatorParams params = reacting(5, 5);
  params.access_duration = params.chip_duration = params.other_duration = 3650;
  return params;
}
RegulatorParams rushing_down() {
  RegulatorParams params = reacting(-2, 0);
  params.access_duration = params.chip_duration = params.other_duration = 1;
  return params;
}

RegulatorState at_level(double level, double floor = 0) {
  RegulatorState state;
  state.level.fill(level);
  state.imposed_at_start.fill(floor);
  return state;
}

bool same(const RegulatorState& a, const RegulatorState& b) {
  return a.level == b.level && a.imposed_at_start == b.imposed_at_start && a.recent == b.recent &&
         a.escalations == b.escalations && a.relaxations == b.relaxations;
}

double index_of(const RegulatorInputs& inputs, ControlKind kind, const RegulatorState& state = {},
                const RegulatorParams& params = reacting()) {
  return pressure_index(params, inputs, state, kind);
}

/// Share of 4,000 months in which an instrument that stands at `level` moves in the direction.
double share_moved(const RegulatorParams& params, const RegulatorInputs& inputs, ControlKind kind,
                   double level, bool up, double length = 1.0) {
  int moved = 0;
  for (std::uint32_t month = 0; month < months; ++month) {
    RegulatorState state = at_level(level);
    regulate(params, inputs, length, random_stream, month, state);
    moved += up ? state.level[place(kind)] > level : state.level[place(kind)] < level;
  }
  return double(moved) / months;
}

double four_sd(double share) { return 4 * std::sqrt(share * (1 - share) / months); }

/// Median life in days of one step, over 4,000 spells lived day by day.
double median_life(ControlKind kind) {
  const RegulatorParams params = reacting(-2, 0);
  std::vector<double> lives;
  for (std::uint32_t spell = 0; spell < 4000; ++spell) {
    const RandomStream own_stream(5, spell);
    RegulatorState state;
    state.level[place(kind)] = 0.25;
    std::uint32_t days = 0;
    while (state.level[place(kind)] > 0) {
      regulate(params, calm(), day, own_stream, days, state);
      ++days;
    }
    lives.push_back(days);
  }
  std::nth_element(lives.begin(), lives.begin() + 2000, lives.end());
  return lives[2000];
}

}  // namespace

TEST_CASE("regulators: instruments have names and a government each", "[unit][regulators]") {
  CHECK(std::set<std::string_view>(control_kind_names.begin(), control_kind_names.end()).size() ==
        control_kind_count);
  for (std::size_t k = 0; k < control_kind_count; ++k) {
    CHECK(place(all_kinds[k]) == k);
    const bool american = control_kind_names[k].substr(0, 3) == "us_";
    CHECK(regulator_of(all_kinds[k]) == (american ? us_regulator : cn_regulator));
  }
  CHECK(control_kind_names[place(ControlKind::us_chips)] == "us_chips");
  CHECK(control_kind_names[place(ControlKind::cn_exit_control)] == "cn_exit_control");
}

TEST_CASE("regulators: the index by hand", "[unit][regulators]") {
  RegulatorInputs inputs;
  inputs.own_capability = {150, 160};
  inputs.rival_capability = {160, 150};
  inputs.incident = {0.8, 0.9};
  inputs.lobby = 0.6;
  inputs.cap_loss = {0.4, -0.2};
  RegulatorState state;
  state.recent = {{{0, 1, 0}, {1, 0, 2}}};
  // US: -2 + (160 - 150 + 5)/10 + .5 x 3 - .5 x .4 = .8; on models + .8 + .5 x .6 = 1.9
  CHECK(index_of(inputs, ControlKind::us_chips, state) == Approx(0.8));
  CHECK(index_of(inputs, ControlKind::us_model_access, state) == Approx(1.9));
  CHECK(index_of(inputs, ControlKind::us_open_weights, state) == Approx(1.9));
  // CN: 150 - 160 + 5 < 0 is no gap; -2 + .5 x 1 + .5 x .2 = -1.4
  CHECK(index_of(inputs, ControlKind::cn_counter_control, state) == Approx(-1.4));
  CHECK(index_of(inputs, ControlKind::cn_exit_control, state) == Approx(-1.4));
  CHECK(index_of(calm(), ControlKind::us_chips) == -2.0);
}

TEST_CASE("regulators: the index is clipped on both sides", "[unit][regulators]") {
  RegulatorInputs inputs = calm();
  inputs.cap_loss = {1000, -1000};
  CHECK(index_of(inputs, ControlKind::us_chips) == -10.0);
  CHECK(index_of(inputs, ControlKind::cn_exit_control) == 5.0);
}

TEST_CASE("regulators: pressure raises the hazard of steps up and lowers that of steps down",
          "[unit][regulators]") {
  const RegulatorParams params = reacting();
  const ControlKind kind = ControlKind::us_model_access;
  const auto presses = [&](const RegulatorInputs& inputs, const RegulatorState& state, double sign) {
    const double before = index_of(calm(), kind);
    const double after = index_of(inputs, kind, state);
    CHECK((after - before) * sign > 0);
    CHECK((escalation_hazard(params, after) - escalation_hazard(params, before)) * sign > 0);
    CHECK((relaxation_hazard(params, after, kind) - relaxation_hazard(params, before, kind)) * sign < 0);
  };
  RegulatorInputs inputs = calm();
  inputs.rival_capability[us_regulator] = 159;
  presses(inputs, {}, 1);
  inputs = calm();
  inputs.own_capability[us_regulator] = 104;
  presses(inputs, {}, 1);
  inputs = calm();
  inputs.incident[us_regulator] = 0.6;
  presses(inputs, {}, 1);
  inputs = calm();
  inputs.lobby = 0.5;
  presses(inputs, {}, 1);
  inputs = calm();
  inputs.cap_loss[us_regulator] = 0.3;
  presses(inputs, {}, -1);
  RegulatorState state;
  state.recent[cn_regulator][1] = 1;
  presses(calm(), state, 1);
  // A hazard doubles with ln 2; without pressure the life of a step is its median.
  CHECK(escalation_hazard(params, std::log(2.0)) == Approx(0.1));
  CHECK(relaxation_hazard(params, -2 + std::log(2.0), kind) ==
        Approx(0.5 * relaxation_hazard(params, -2, kind)));
  CHECK(std::exp(-relaxation_hazard(params, -2, kind) * 19 * day) == Approx(0.5));
}

TEST_CASE("regulators: steps up come with the chance of the closed form", "[unit][regulators]") {
  const double at_zero = 1 - std::exp(-0.05);                   // I = 0
  const double without_pressure = 1 - std::exp(-std::exp(-2));  // rate 1, I = -2
  const double half = 1 - std::exp(-std::exp(-1));              // rate 1, I = -2 + 2 x .5
  CHECK(at_zero == Approx(0.048771).epsilon(1e-5));
  const ControlKind kind = ControlKind::us_open_weights;
  CHECK(share_moved(reacting(0, 0.05), calm(), kind, 0, true) == Approx(at_zero).margin(four_sd(at_zero)));
  CHECK(share_moved(reacting(-2, 1), calm(), kind, 0.5, true) ==
        Approx(without_pressure).margin(four_sd(without_pressure)));
  RegulatorInputs inputs = calm();
  inputs.lobby = 2;
  CHECK(share_moved(reacting(-2, 1), inputs, kind, 0, true) == Approx(half).margin(four_sd(half)));
  const double short_step = 1 - std::exp(-0.5);  // rate 1, I = 0, half a month
  CHECK(share_moved(reacting(0, 1), calm(), kind, 0, true, 0.5) ==
        Approx(short_step).margin(four_sd(short_step)));
  // Exactly: the draw of (instrument, month) below the chance, and nothing else.
  for (std::uint32_t month = 0; month < 200; ++month) {
    RegulatorState state;
    const auto actions = regulate(reacting(-2, 1), calm(), 1.0, random_stream, month, state);
    std::size_t expected = 0;
    for (std::uint32_t k = 0; k < control_kind_count; ++k) {
      expected += random_stream.uniform(Decision::regulator_acts, 2 * k, month) < without_pressure;
    }
    REQUIRE(actions.size() == expected);
  }
}

TEST_CASE("regulators: steps down come with the chance of the closed form", "[unit][regulators]") {
  // 30.4375 d in a month: 1 - 2^(-30.4375/19) = .6706 and 1 - 2^(-30.4375/90) = .2090
  const double access = 1 - std::pow(2.0, -30.4375 / 19);
  const double chips = 1 - std::pow(2.0, -30.4375 / 90);
  const double other = 1 - std::pow(2.0, -30.4375 / 180);
  CHECK(access == Approx(0.6706).epsilon(1e-3));
  const RegulatorParams params = reacting(-2, 0);
  const auto check = [&](ControlKind kind, double chance) {
    CHECK(share_moved(params, calm(), kind, 1, false) == Approx(chance).margin(four_sd(chance)));
  };
  check(ControlKind::us_model_access, access);
  check(ControlKind::us_chips, chips);
  check(ControlKind::us_open_weights, other);
  check(ControlKind::cn_counter_control, other);
  RegulatorInputs inputs = calm();
  inputs.cap_loss[us_regulator] = 2;  // I - baseline = -1: e times the hazard
  const double sooner = 1 - std::pow(2.0, -std::exp(1.0) * 30.4375 / 90);
  CHECK(share_moved(params, inputs, ControlKind::us_chips, 1, false) ==
        Approx(sooner).margin(four_sd(sooner)));
}

TEST_CASE("regulators: a step up goes before a step down, by a draw of its own", "[unit][regulators]") {
  RegulatorParams even = reacting(0, std::log(2.0));  // chance 1/2 of either in a month
  even.access_duration = 30.4375;
  const ControlKind kind = ControlKind::us_model_access;
  CHECK(share_moved(even, calm(), kind, 0.5, true) == Approx(0.5).margin(four_sd(0.5)));
  CHECK(share_moved(even, calm(), kind, 0.5, false) == Approx(0.25).margin(four_sd(0.25)));
  CHECK(share_moved(even, calm(), kind, 1, false) == Approx(0.5).margin(four_sd(0.5)));  // no room above
}

TEST_CASE("regulators: the median life of a step is the parameter", "[unit][regulators]") {
  // Standard error of a median of n exponential lives: m / (ln 2 sqrt n); days are counted up, half a day.
  const auto error = [](double median) { return 4 * median / (std::log(2.0) * std::sqrt(4000.0)); };
  CHECK(median_life(ControlKind::us_model_access) == Approx(19.5).margin(error(19) + 0.5));  // 1.7
  CHECK(median_life(ControlKind::us_chips) == Approx(90.5).margin(error(90) + 0.5));         // 8.2
}

TEST_CASE("regulators: levels go by quarters from 0 to 1 and no further", "[unit][regulators]") {
  RegulatorState state;
  for (std::uint32_t month = 0; month < 6; ++month) {
    const auto actions = regulate(rushing_up(), calm(), 1.0, random_stream, month, state);
    CHECK(actions.size() == (month < 4 ? control_kind_count : 0));
    for (const ControlAction& action : actions) {
      CHECK(action.from == 0.25 * month);
      CHECK(action.to == 0.25 * (month + 1));
    }
  }
  for (std::size_t k = 0; k < control_kind_count; ++k) {
    CHECK(state.level[k] == 1.0);
    CHECK(state.escalations[k] == 4);
    CHECK(state.relaxations[k] == 0);
  }
}

TEST_CASE("regulators: only what was imposed since the start is taken back", "[unit][regulators]") {
  RegulatorState state = at_level(1.0, 0.5);
  for (std::uint32_t month = 0; month < 10; ++month) {
    regulate(rushing_down(), calm(), 1.0, random_stream, month, state);
  }
  for (std::size_t k = 0; k < control_kind_count; ++k) {
    CHECK(state.level[k] == 0.5);
    CHECK(state.relaxations[k] == 2);
    CHECK(state.escalations[k] == 0);
  }
  RegulatorState between = at_level(0.5, 0.4);
  regulate(rushing_down(), calm(), 1.0, random_stream, 0, between);
  CHECK(between.level[0] == 0.4);
  RegulatorState nothing;
  for (std::uint32_t month = 0; month < 10; ++month) {
    CHECK(regulate(rushing_down(), calm(), 1.0, random_stream, month, nothing).empty());
  }
  CHECK(same(nothing, RegulatorState{}));
  CHECK(regulate(rushing_down(), calm(), 0.0, random_stream, 0, state = at_level(1)).empty());
}

TEST_CASE("regulators: a dated tightening presses on the other government for three months",
          "[unit][regulators]") {
  const RegulatorParams quiet = reacting(-2, 0);
  RegulatorState state;
  note_dated(ControlKind::us_chips, 0.5, state);
  CHECK(state.level[place(ControlKind::us_chips)] == 0.5);
  CHECK(state.escalations[place(ControlKind::us_chips)] == 0);
  for (std::uint32_t month = 0; month < 5; ++month) {
    const double pressed = month < 3 ? 0.5 : 0.0;
    CHECK(index_of(calm(), ControlKind::cn_counter_control, state) == Approx(-2 + pressed));
    CHECK(index_of(calm(), ControlKind::cn_exit_control, state) == Approx(-2 + pressed));
    CHECK(index_of(calm(), ControlKind::us_chips, state) == -2.0);  // not on itself
    regulate(quiet, calm(), 1.0, random_stream, month, state);
  }
  note_dated(ControlKind::us_chips, 0.0, state);  // a lifting is no provocation
  note_dated(ControlKind::us_chips, 0.0, state);
  CHECK(index_of(calm(), ControlKind::cn_counter_control, state) == -2.0);
  note_dated(ControlKind::cn_exit_control, 1.0, state);
  CHECK(index_of(calm(), ControlKind::us_model_access, state) == Approx(-1.5));
}

TEST_CASE("regulators: regulators answer each other's steps a month later", "[unit][regulators]") {
  RegulatorState state;
  regulate(rushing_up(), calm(), 1.0, random_stream, 0, state);
  // Three US instruments and two Chinese ones went up.
  CHECK(state.recent == decltype(state.recent){{{3, 0, 0}, {2, 0, 0}}});
  CHECK(index_of(calm(), ControlKind::cn_exit_control, state) == Approx(-2 + 0.5 * 3));
  CHECK(index_of(calm(), ControlKind::us_chips, state) == Approx(-2 + 0.5 * 2));
  state.level.fill(1.0);
  regulate(rushing_down(), calm(), 1.0, random_stream, 1, state);  // steps down do not count
  CHECK(state.recent[us_regulator] == std::array<double, 3>{0, 3, 0});
  // Weight 0: no retaliation.
  RegulatorParams deaf = reacting();
  deaf.reaction_weight = 0;
  CHECK(index_of(calm(), ControlKind::us_chips, state, deaf) == -2.0);
}

TEST_CASE("regulators: a dated reversal lowers the floor with it", "[unit][regulators]") {
  RegulatorState state = at_level(0.5, 0.5);
  note_dated(ControlKind::us_chips, 0.25, state);
  CHECK(state.imposed_at_start[place(ControlKind::us_chips)] == 0.25);
  CHECK(state.imposed_at_start[place(ControlKind::us_model_access)] == 0.5);
  note_dated(ControlKind::us_chips, 1.0, state);
  CHECK(state.imposed_at_start[place(ControlKind::us_chips)] == 0.25);
}

TEST_CASE("regulators: endogenous 0 is no action whatever presses", "[unit][regulators]") {
  RegulatorParams off = rushing_up();
  off.endogenous = 0;
  RegulatorInputs inputs = calm();
  inputs.rival_capability = {1000, 1000};
  inputs.incident = {1, 1};
  inputs.lobby = 10;
  const RegulatorState start = at_level(0.5);
  RegulatorState state = start;
  for (std::uint32_t month = 0; month < 200; ++month) {
    REQUIRE(regulate(off, inputs, 1.0, random_stream, month, state).empty());
  }
  CHECK(same(state, start));
  note_dated(ControlKind::us_chips, 1.0, state);  // the memory still fades
  for (std::uint32_t month = 0; month < 3; ++month) {
    CHECK(state.recent[us_regulator][month] == 1.0);
    regulate(off, inputs, 1.0, random_stream, month, state);
  }
  CHECK(state.recent == start.recent);
}

TEST_CASE("regulators: more pressure adds steps up and removes none, draw by draw", "[unit][regulators]") {
  RegulatorInputs pressed = calm();
  pressed.rival_capability = {170, 170};
  int added = 0;
  for (std::uint32_t month = 0; month < 300; ++month) {
    RegulatorState low;
    RegulatorState high;
    regulate(reacting(-2, 1), calm(), 1.0, random_stream, month, low);
    regulate(reacting(-2, 1), pressed, 1.0, random_stream, month, high);
    for (std::size_t k = 0; k < control_kind_count; ++k) {
      REQUIRE(high.level[k] >= low.level[k]);
      added += high.level[k] > low.level[k];
    }
  }
  CHECK(added > 0);
}

TEST_CASE("regulators: parameters are registered and in range", "[unit][regulators]") {
  FieldList list;
  RegulatorParams params;
  RegulatorParams::fields(list, params);
  CHECK(list.names() ==
        std::vector<std::string>{"policy.endogenous", "policy.escalation_rate", "policy.access_duration",
                                 "policy.chip_duration", "policy.other_duration", "policy.baseline",
                                 "policy.gap_weight", "policy.gap_margin", "policy.incident_weight",
                                 "policy.reaction_weight", "policy.lobby_weight", "policy.loss_weight"});
  CHECK(params.endogenous == 0.0);
  for (const Field& field : list.all()) CHECK((*field.value >= field.low && *field.value <= field.high));
}
