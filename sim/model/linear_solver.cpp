#include "sim/model/linear_solver.hpp"

#include <cmath>
#include <utility>

namespace chokepoint {

bool LuFactor::factor(std::span<const double> matrix, std::size_t n) {
  lu_.assign(matrix.begin(), matrix.end());
  pivot_.resize(n);
  n_ = 0;
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t best = column;
    for (std::size_t row = column + 1; row < n; ++row) {
      if (std::fabs(lu_[row * n + column]) > std::fabs(lu_[best * n + column])) best = row;
    }
    const double pivot = lu_[best * n + column];
    if (!(std::fabs(pivot) > 1e-300) || !std::isfinite(pivot)) return false;
    pivot_[column] = best;
    if (best != column) {
      for (std::size_t j = 0; j < n; ++j) std::swap(lu_[best * n + j], lu_[column * n + j]);
    }
    for (std::size_t row = column + 1; row < n; ++row) {
      const double multiple = lu_[row * n + column] / pivot;
      lu_[row * n + column] = multiple;
      for (std::size_t j = column + 1; j < n; ++j) lu_[row * n + j] -= multiple * lu_[column * n + j];
    }
  }
  n_ = n;
  return true;
}

void LuFactor::solve(std::span<double> b) const {
  for (std::size_t column = 0; column < n_; ++column) {
    if (pivot_[column] != column) std::swap(b[column], b[pivot_[column]]);
  }
  for (std::size_t column = 0; column < n_; ++column) {
    for (std::size_t row = column + 1; row < n_; ++row) b[row] -= lu_[row * n_ + column] * b[column];
  }
  for (std::size_t column = n_; column-- > 0;) {
    b[column] /= lu_[column * n_ + column];
    for (std::size_t row = 0; row < column; ++row) b[row] -= lu_[row * n_ + column] * b[column];
  }
}

}  // namespace chokepoint
