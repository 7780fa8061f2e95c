/// Small dense linear systems with bits that do not depend on the machine: right-looking LU with
/// partial pivoting (ties to the lower row). It contains no reduction, only row updates.
/// Eigen is not used here: its block sizes follow the CPU's caches, and with them the result's bits.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint {

class LuFactor {
 public:
  /// Factors the n x n row-major matrix. Returns false when it is singular or not finite.
  bool factor(std::span<const double> matrix, std::size_t n);
  /// Solves A x = b in place.
  void solve(std::span<double> b) const;
  bool ready() const { return n_ > 0; }
  std::size_t size() const { return n_; }
  std::span<const double> values() const { return lu_; }          ///< [n][n] both factors
  std::span<const std::size_t> pivots() const { return pivot_; }  ///< [n]

 private:
  std::size_t n_ = 0;
  std::vector<double> lu_;
  std::vector<std::size_t> pivot_;
};

}  // namespace chokepoint
