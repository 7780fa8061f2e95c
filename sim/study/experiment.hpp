/// Arms x replicates, in parallel and paired: a task is a replicate with all its arms.
///
/// Random numbers are keyed by identity, so every arm of a replicate has the same investors and the same
/// daily noise. Results are put in their place by (arm, replicate), never by who finished first.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <tuple>
#include <vector>

#include "sim/study/metric_value.hpp"
#include "sim/study/replicate.hpp"
#include "sim/study/spool.hpp"

namespace chokepoint {

struct Experiment {
  const Facts* facts = nullptr;
  const Calendar* calendar = nullptr;
  std::vector<ArmPlan> arms;
  std::function<std::vector<ArmPlan>(std::size_t replicate)> draw;  ///< [arm]; null: `arms` in all replicates
  std::size_t reference = 0;
  const std::vector<Series>* series = nullptr;
  const std::vector<BoundMetric>* metrics = nullptr;
  std::uint64_t seed = 0;
  std::size_t replicates = 0;
  std::size_t days = all_days;     ///< trading days to simulate, at most those of the calendar
  int jobs = 0;                    ///< threads; 0: all cores
  Spool* spool = nullptr;          ///< null: series are not kept
  std::function<void()> run_done;  ///< called after each run, from any thread
};

/// True when every parameter has the same value.
bool same_parameters(Parameters a, Parameters b);

/// A spell of denial and the number of replicates in which it happened on these days.
struct SpellCount {
  /// Model, cell of the user, first day, last day, reason.
  using Key = std::tuple<std::size_t, std::size_t, std::int32_t, std::int32_t, Denial>;
  Key key;
  std::size_t replicates = 0;
};
inline SpellCount::Key key_of(const AccessSpell& spell) {
  return {spell.model, index(spell.user), spell.first_day, spell.last_day, spell.reason};
}

struct ArmResult {
  std::vector<std::vector<double>> levels;  ///< [metric][replicate]
  std::vector<std::vector<double>> values;  ///< [metric][replicate], compared with the reference
  std::size_t first_difference = never;     ///< first day on which any replicate differs from the reference
  std::size_t replicates_that_differ = 0;
  ClearingCounts counts;
  std::array<long long, line_status_names.size()> line_days{};
  std::vector<long long> days_without_price;  ///< [line] NO_DEMAND or HALT at the close, over replicates
  double largest_rounding = 0;
  std::vector<SpellCount> spells;                     ///< by key
  std::vector<std::vector<Firing>> firings;           ///< [replicate], of rules in order
  std::vector<std::vector<NearestApproach>> nearest;  ///< [replicate][rule] by id

  static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
};

struct ExperimentResult {
  std::vector<ArmResult> arms;
  std::size_t investors = 0;  ///< accounts of one replicate
};

/// Throws Error{run_failed} when an identity breaks in any run.
ExperimentResult run_experiment(const Experiment& experiment);

}  // namespace chokepoint
