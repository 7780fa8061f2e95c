/// The law in force beside orders on persons: what events and regulators change, and what the end of a
/// measure lifts.
///
/// Every rule carries the id of its measure. A later rule of the same measure replaces it; a reversal lifts
/// whatever the measure put there. A level (a procurement ban, say) is that of T0 until a measure sets it,
/// then the highest of the measures in force. Rules of T0 are in the same lists, under ids of
/// `data/chip_rules.csv`. Tests: tests/unit/law_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/model/compute/chip_rules.hpp"
#include "sim/model/policy/open_weights.hpp"
#include "sim/model/research/distillation.hpp"
#include "sim/model/talent/entry_rules.hpp"

namespace chokepoint {

/// Restrictions that are a level in [0, 1] and nothing else.
enum class LevelKind : unsigned { procurement_state_funded, procurement_all, counter_control, rental };
inline constexpr std::size_t level_kind_count = 4;

struct LevelInForce {
  std::string measure;
  LevelKind kind{};
  double level = 0;  ///< [0, 1]
};

struct Law {
  ChipPolicy chips;  ///< rules of T0 and later ones; its levels are kept by `set_levels`
  ChipPolicy chips_at_start;
  std::vector<LevelInForce> levels;
  TalentPolicy talent;
  OpenWeightsPolicy open_weights;
  Policing policing;
};

Law law_at_start(const ChipPolicy& chips);

/// Each takes hold at once and replaces what its measure put there before.
void enact(const ChipRule& rule, Law& law);
void enact(const LevelInForce& level, Law& law);
void enact(const EntryRule& rule, Law& law);
void enact(const ExitControl& rule, Law& law);
void enact(const TalentScheme& rule, Law& law);
void enact(const PolicingChanges& rule, Law& law);
void enact(const OpenWeightsChanges& rule, Law& law);

/// Ends everything that a measure put there.
void lift(const std::string& measure, Law& law);

/// Level of a kind in force.
double level_of(const Law& law, LevelKind kind);

}  // namespace chokepoint
