/// What `flip` may move: every parameter that has a prior, and how far it is from here in prior standard
/// deviations.
///
///   log, logit     y = ln x or ln(x / (1 - x)),  sd = (y(q95) - y(q05)) / (2 x 1.645)
///   half_normal    y = x,  sd = .6028 median / .6745
///
///   value at a move of d sd = y^-1(y(here) + d sd)
///
/// Here is where the scenario stands without any draw: what it sets, else the median of what it draws (the
/// posterior of the fit, structural priors), else the registry's default. Distances are in sd of the prior,
/// of the fit's parameters too: not what past events left open, but what was open before them.
/// Tests: tests/unit/flip_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace chokepoint {

/// Farthest that a parameter is moved [prior sd].
inline constexpr double farthest_move = 3.0;

struct FlipParameter {
  std::string name;                 ///< names joined by ';' where one prior sets several
  std::vector<std::string> fields;  ///< names in the registry
  std::string unit;
  StructuralPrior prior;  ///< with the range of the registry; of the fit too
  double here = 0;
  double standard = 0;  ///< the registry's default
  double down = 0;      ///< how far it may fall and rise within its range [prior sd], at most farthest_move
  double up = 0;
  std::vector<double> apart;  ///< [field] where they stand when the scenario sets some apart; else empty
  std::string not_moved;      ///< why it stays; empty: it moves

  /// Value at a move from here [prior sd], within the range.
  double value(double move) const;
};

/// Parameters with a prior: of the fit that the scenario draws from, and of its table of structural priors or
/// else of priors/structural.csv among its data. What one of `arms` sets itself stays.
std::vector<FlipParameter> flip_parameters(const Study& study, const std::vector<std::size_t>& arms,
                                           Problems& problems);

}  // namespace chokepoint
