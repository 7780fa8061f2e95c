/// The Shapley value: what each part contributes to a whole, whatever the order in which parts are added.
///
///   shapley_i = sum over coalitions S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S))
///
/// the mean over all k! orders of what part i adds when its turn comes. The parts sum to v(N) - v(0).
/// References: Shapley (1953), "A value for n-person games"; for the parts of an economic effect, Shorrocks
/// (2013), "Decomposition procedures for distributional analysis", Journal of Economic Inequality 11, 99-126.
/// Tests: tests/unit/shapley_test.cpp.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace chokepoint {

struct ShapleySplit {
  std::vector<double> shapley;  ///< [part]
  std::vector<double> alone;    ///< [part] v({i}) - v(0): with no other part
  std::vector<double> last;     ///< [part] v(N) - v(N without i): when all others are there
  double total = 0;             ///< v(N) - v(0)
  double together = 0;          ///< total less the sum of `alone`: what arises only jointly
};

/// `values` is v over coalitions: bit i of the index says whether part i is in; 2^k numbers, k from 1 on.
ShapleySplit shapley_split(std::span<const double> values);

}  // namespace chokepoint
