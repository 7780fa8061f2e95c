/// Replicates until effects are known as precisely as was asked.
///
/// What is asked is the half-width of the 95 % interval of a metric's mean effect over paired replicates,
///
///   h = 1.96 s / sqrt(n),   s the standard deviation of the paired effect,
///
/// in every arm but the reference. Rounds: the scenario's replicates, at least 30, then 20 at a time until
/// every h is small enough or `max_replicates` are reached. Whether to go on is decided between rounds, from
/// all replicates in order, so that neither threads nor a kill change when it ends.
///
/// Neglects: that the number of replicates follows from their spread. Ending when s happens to be small makes
/// the interval a little too narrow at small n; the error vanishes as the half-width asked for does (n grows
/// and s settles). 30 replicates before the first look keep the worst of it away, and an effect that was zero
/// in all of those ends the rounds: what happens in one replicate of a hundred needs `replicates`.
/// Tests: tests/unit/precision_test.cpp.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "sim/study/study.hpp"

namespace chokepoint {

/// Replicates of each round after the first.
inline constexpr std::size_t replicates_per_round = 20;

/// How well a metric's effect in one arm is known, beside what was asked.
struct Precision {
  const Metric* metric = nullptr;
  std::size_t arm = 0;
  double asked = 0;  ///< half-width, in the metric's unit
  double found = 0;
  std::size_t replicates = 0;
  double paired_need = 0;    ///< replicates that would give the half-width asked for
  double unpaired_need = 0;  ///< the same, were arms run with random numbers of their own

  bool reached() const { return found <= asked; }
};

/// Every metric asked for in every arm but the reference: goals in the order of the scenario, arms in theirs.
std::vector<Precision> precision_of(const Study& study, const ExperimentResult& result);

/// Runs the experiment with all its rounds. `round(n)` is called before `n` more replicates are run; the
/// spool grows with them. Afterwards the scenario's `replicates` is the number that were run.
ExperimentResult run_rounds(Study& study, Experiment experiment,
                            const std::function<void(std::size_t)>& round);

/// Warns of effects that are less precise than asked because `max_replicates` came first.
void warn_of_imprecision(const Study& study, const std::vector<Precision>& found, Problems& problems);

/// A line for each metric: its widest interval over the arms, and what pairing saved.
std::string precision_text(const Study& study, const std::vector<Precision>& found);

/// For programs: a record for each goal and arm.
nlohmann::ordered_json precision_json(const Study& study, const std::vector<Precision>& found);

}  // namespace chokepoint
