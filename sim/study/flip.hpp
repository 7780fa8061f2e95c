/// What would have to be true for a conclusion to reverse: the smallest change of parameters, in prior
/// standard deviations (flip_parameters.hpp), with which the headline has the other sign.
///
///   headline  mean over replicates of the paired effect of a metric in an arm; against a second
///             arm, the effect in the first less that in the second, whose sign is their rank
///   single    each parameter 2 sd down and up, then 3 where 2 took a third of the effect away;
///             where the sign changes, the place is bisected to .05 sd
///   jointly   all parameters at once, up to a length of 3 sd, bisected likewise; along the steepest
///             way by central differences per sd, and along that of what each takes away on its
///             better side: the nearer reversal is told
///
/// No parameter is drawn: all stand at one point, the same in all replicates, and a change is a change of
/// that point in all arms. Events that are left to chance are drawn as in a run. Every point runs the same
/// replicates on the same random numbers. A first look takes eight of them, or more where eight do not tell
/// the headline from noise; what is near to reversing is run again with all.
///
/// Assumption: along one parameter the sign changes once; a reversal that is undone before 2 sd is not seen.
/// Neglects: that priors of several parameters may go together, and what no prior is written for.
/// Tests: tests/unit/flip_test.cpp, flip_draws_test.cpp.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/output/summary.hpp"
#include "sim/study/flip_parameters.hpp"

namespace chokepoint {

struct FlipQuestion {
  std::size_t metric = 0;  ///< of the study
  std::size_t arm = 0;
  std::optional<std::size_t> against;  ///< an arm; empty: the effect against the reference arm
  std::size_t replicates = 0;
  int jobs = 0;                    ///< threads; 0: all cores
  std::function<void()> run_done;  ///< called after each run, from any thread; may be null
  /// Called before each step of the search with what it does and its number of runs; may be null.
  std::function<void(const std::string&, std::size_t)> step_begins;
};

/// Runs that one replicate of a point takes: the arms that are compared, and the reference arm.
std::size_t arms_compared(const Study& study, const FlipQuestion& question);

/// A parameter by its number, and how far it is moved from here [prior sd].
struct Move {
  std::size_t parameter = 0;
  double sd = 0;
};

/// One parameter moved in one direction.
struct FlipRow {
  Move farthest;      ///< signed; the last point that was looked at
  double at = 0;      ///< value there
  Estimate there;     ///< effect there
  double here = 0;    ///< effect here, same replicates
  std::size_t n = 0;  ///< replicates of both
  bool reverses = false;
  double threshold_sd = 0;  ///< signed; nearest move that was seen to reverse, when one does
  double threshold = 0;     ///< value there
  std::string failure;      ///< why T0 could not be made there; empty: it could

  /// Share of the effect that is gone there; above 1 it is reversed.
  double taken() const { return here == 0.0 ? 0.0 : 1.0 - there.mean / here; }
};

/// All parameters moved along the steepest direction.
struct FlipJoint {
  std::vector<Move> moves;  ///< at the length reported, largest first; empty: nothing moves the effect
  double length = 0;        ///< root of the sum of squared moves [prior sd]
  Estimate there;
  bool reverses = false;
  std::string failure;  ///< why T0 could not be made on the whole way; empty: it could
};

struct Flip {
  std::size_t n = 0;  ///< replicates of the headline
  Estimate headline;
  std::vector<FlipParameter> parameters;
  std::vector<FlipRow> rows;  ///< those that reverse, nearest first; then the others, most taken away first
  FlipJoint joint;
};

/// Searches. Where the headline is zero there is nothing to reverse, and no rows. Throws Error{scenario} when
/// T0 cannot be made here.
Flip flip(const Study& study, const FlipQuestion& question, std::vector<FlipParameter> parameters);

/// Effects with some parameters moved, by replicate; empty with a reason when T0 cannot be made there.
struct FlipEffects {
  std::vector<double> values;
  std::string failure;
};
std::vector<FlipEffects> effects_at(const Study& study, const FlipQuestion& question,
                                    const std::vector<FlipParameter>& parameters,
                                    const std::vector<std::vector<Move>>& points, std::size_t replicates);

}  // namespace chokepoint
