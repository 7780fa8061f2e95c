/// What each event and rule did: every arm is run again without it, in a few replicates, with the same random
/// numbers, and all that is recorded is compared.
///
/// What cannot stand without the item is left out with it: what ends or continues its measure, and issues of
/// a line that it lists. An item that changes nothing beside the arm's other items has no effect, even if it
/// would have one alone. Tests: tests/unit/proof_of_effect_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/study/arm_variants.hpp"
#include "sim/study/record_difference.hpp"

namespace chokepoint {

/// One event or rule in one arm.
struct ItemEffect {
  std::size_t arm = 0;
  std::string item;
  std::size_t probes = 0;                          ///< replicates looked at
  std::size_t changed = 0;                         ///< of them, those in which anything recorded differs
  std::size_t first_row = RecordDifference::same;  ///< first row in which anything differs in any probe
  std::size_t series = RecordDifference::same;     ///< largest mean relative size over probes; `same`: none
  double size = 0;                                 ///< that size (record_difference.hpp)
  double change = 0;  ///< mean over probes of the change at its largest, in the series' unit
};

/// The arm without an event or rule, and without what cannot stand without it.
ArmContent without_item(const ArmContent& content, const std::string& item);

/// Replicates that are looked at: those of the scenario's [run] probes, at most all.
std::size_t probe_replicates(const Study& study);
/// "the 4 replicates looked at".
std::string probes_text(const Study& study);
/// Runs that `prove_effects` makes.
std::size_t probe_runs(const Study& study);

/// By arm, in it by event and then by rule, both in the order of the files. `run_done` is called after each
/// run. Throws Error{run_failed} when an identity breaks in any of them.
std::vector<ItemEffect> prove_effects(const Study& study, int jobs, const std::function<void()>& run_done);

}  // namespace chokepoint
