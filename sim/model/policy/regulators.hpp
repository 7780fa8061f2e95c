/// Regulators that react: each month each instrument of the US and China may go up or down by a quarter.
///
///   I = baseline + gap_weight (c_rival - c_own + margin)^+ / 10
///       + incident_weight x incident + lobby_weight x lobby     us_model_access and us_open_weights only
///       + reaction_weight x (the other government's tightening actions in the last three months)
///       - loss_weight x loss                                    clipped to [-10, 5]
///   P(up by .25 in dt)    = 1 - exp(-escalation_rate e^I dt)                        level < 1
///   P(down by .25 in dt)  = 1 - exp(-ln 2 / D_j e^{-(I - baseline)} dt)             level > level at start
///
///   level     -      0, .25, .5, .75 or 1 of an instrument: share of what it could deny that it denies
///   c         points capability of the frontier of the government's own firms and of its rival's
///   incident  share  perceived severity of this month's triggered incident (incidents.hpp), 0 without one
///   lobby     -      pressure in the US (lobbying.hpp)
///   loss      log    what the government's own firms lost in value in three months; a gain is negative
///   D_j       month  median life of one step under no pressure (I = baseline): `policy.access_duration` for
///                    us_model_access, `policy.chip_duration` for us_chips, `policy.other_duration` else [d]
///   escalation_rate  1/month at I = 0; without pressure it is escalation_rate e^baseline
///
/// An instrument acts at most once a month, and upwards if both draws say act. All indices are taken before
/// anybody acts: governments answer to what was done in the three months before, so retaliation needs a
/// month and fades after the third. A step lasts D_j; a control of several steps, which are taken back one by
/// one, lasts longer. Regulators take back what was imposed since the start, never what is in
/// `imposed_at_start`.
///
/// Controls that a scenario dates are NOT in these levels, and no regulator lifts or answers them, unless
/// they are noted by `note_dated`: then a tightening counts as an action of its government, and the level it
/// sets can be raised and taken back like any other. Actions are law for whoever calls: nothing here denies.
/// endogenous = 0: no draw and no action, exactly; the memory of noted actions goes on fading.
///
/// Evidence: one order on model access of 19 days (June 2026), one licence requirement on chips of 97 days
/// until its reversal was announced (9 April to 15 July 2025). Two spells, both of whole controls: durations
/// are axes of experiments, not findings. Assumptions: all rates and weights; all instruments of a
/// government feel one gap and one loss; actions count the same whatever their size; the log of a
/// hazard is linear in what presses.
/// Neglects: elections, courts, bargains across instruments, anticipation of the other's answer, HK and ROW
/// as regulators, incidents under Chinese law. Tests: tests/unit/regulators_test.cpp.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"

namespace chokepoint {

enum class ControlKind : unsigned {
  us_model_access,
  us_chips,
  us_open_weights,
  cn_counter_control,
  cn_exit_control
};
inline constexpr std::size_t control_kind_count = 5;
inline constexpr std::array<std::string_view, control_kind_count> control_kind_names{
    "us_model_access", "us_chips", "us_open_weights", "cn_counter_control", "cn_exit_control"};

/// Governments that regulate, as places in the arrays below.
inline constexpr std::size_t regulator_count = 2;
inline constexpr std::size_t us_regulator = 0;
inline constexpr std::size_t cn_regulator = 1;
std::size_t regulator_of(ControlKind kind);

/// Months for which one government's actions press on the other.
inline constexpr std::size_t reaction_months = 3;

struct RegulatorParams {
  double endogenous = 0;
  double escalation_rate = 0.5;
  double access_duration = 19;
  double chip_duration = 90;
  double other_duration = 180;
  double baseline = -2;
  double gap_weight = 1;
  double gap_margin = 5;  ///< margin
  double incident_weight = 1;
  double reaction_weight = 0.5;
  double lobby_weight = 0.5;
  double loss_weight = 0.5;

  static void fields(FieldList& list, RegulatorParams& p);
};

/// What presses this month; arrays are [US, CN].
struct RegulatorInputs {
  std::array<double, regulator_count> own_capability{};    ///< [points] frontier of the own firms
  std::array<double, regulator_count> rival_capability{};  ///< [points] frontier of the rival's firms
  std::array<double, regulator_count> incident{};          ///< [share] perceived, if it triggered
  double lobby = 0;                                        ///< pressure in the US
  std::array<double, regulator_count> cap_loss{};          ///< [log points] lost by own firms in 3 months
};

struct RegulatorState {
  std::array<double, control_kind_count> level{};             ///< [-] in force, dated ones if noted
  std::array<double, control_kind_count> imposed_at_start{};  ///< [-] floor of relaxation
  /// Tightening actions by government in the last three months, newest first.
  std::array<std::array<double, reaction_months>, regulator_count> recent{};
  std::array<std::int64_t, control_kind_count> escalations{};  ///< by the regulators, dated ones excluded
  std::array<std::int64_t, control_kind_count> relaxations{};
};

struct ControlAction {
  ControlKind kind{};
  double from = 0;
  double to = 0;
};

/// I of one instrument, in [-10, 5].
double pressure_index(const RegulatorParams& params, const RegulatorInputs& inputs,
                      const RegulatorState& state, ControlKind kind);

/// [1/month] at an index, whether or not the level leaves room to act.
double escalation_hazard(const RegulatorParams& params, double index);
double relaxation_hazard(const RegulatorParams& params, double index, ControlKind kind);

/// One step, called once a month whatever the parameters (the memory of actions moves on by a month);
/// `months` is its length, `month` its number. Actions in the order of the instruments.
std::vector<ControlAction> regulate(const RegulatorParams& params, const RegulatorInputs& inputs,
                                    double months, const RandomStream& random, std::uint32_t month,
                                    RegulatorState& state);

/// A dated event sets an instrument to `level` in [0, 1]. If that tightens, it counts as one action of its
/// government; if it goes below the level at the start, that floor falls with it.
void note_dated(ControlKind kind, double level, RegulatorState& state);

}  // namespace chokepoint
