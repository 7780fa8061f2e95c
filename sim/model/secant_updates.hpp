/// Broyden's method on top of a kept factor: what each step taught about the Jacobian corrects the next one.
///
/// The chord step solves J_0 d = F with an old factor J_0. After the step -d_n the change of F is known, and
/// the matrix next to J_0 that explains all changes so far differs from it by one rank a step. The inverse of
/// such a matrix needs only the steps themselves (Sherman and Morrison), in product form:
///
///   z = J_0^{-1} F_{n+1}
///   z = z + d_{j+1} (d_j . z) / (d_j . d_j)      for j = 0 .. n-1
///   d_{n+1} = z / (1 - (d_n . z) / (d_n . d_n))
///
/// Nothing is kept from one clear to the next.
/// References: Broyden (1965), "A class of methods for solving nonlinear simultaneous equations", Mathematics
/// of Computation 19, 577-593; Kelley (1995), "Iterative Methods for Linear and Nonlinear Equations", SIAM,
/// chapter 7 (the form with stored steps).
/// Tests: tests/unit/secant_updates_test.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint {

class SecantUpdates {
 public:
  /// Forgets all steps; to be called when the factor changes or a step was not made as computed.
  void clear() { steps_ = 0; }

  /// Turns the chord step J_0^{-1} F into Broyden's step, in place, and remembers it.
  void correct(std::span<double> change);

 private:
  std::size_t steps_ = 0;
  std::vector<std::vector<double>> step_;  // the first steps_ rows are in use
  std::vector<double> square_;             // d_j . d_j
};

}  // namespace chokepoint
