#include "sim/study/shapley.hpp"

#include <bit>

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

/// |S|! (k - |S| - 1)! / k!, the share of orders in which exactly S comes before a part: one over k times the
/// number of ways to choose |S| of the k - 1 others.
double weight(std::size_t before, std::size_t parts) {
  double ways = 1.0;
  for (std::size_t i = 0; i < before; ++i) {
    ways = ways * static_cast<double>(parts - 1 - i) / static_cast<double>(i + 1);
  }
  return 1.0 / (static_cast<double>(parts) * ways);
}

}  // namespace

ShapleySplit shapley_split(std::span<const double> values) {
  CHOKEPOINT_EXPECT(values.size() >= 2 && std::has_single_bit(values.size()));
  const auto parts = static_cast<std::size_t>(std::countr_zero(values.size()));
  const std::size_t all = values.size() - 1;
  ShapleySplit split;
  split.total = values[all] - values[0];
  split.together = split.total;
  for (std::size_t i = 0; i < parts; ++i) {
    const std::size_t part = std::size_t{1} << i;
    double sum = 0.0;
    for (std::size_t before = 0; before < values.size(); ++before) {
      if ((before & part) != 0) continue;
      const auto size = static_cast<std::size_t>(std::popcount(before));
      sum += weight(size, parts) * (values[before | part] - values[before]);
    }
    split.shapley.push_back(sum);
    split.alone.push_back(values[part] - values[0]);
    split.last.push_back(values[all] - values[all & ~part]);
    split.together -= split.alone.back();
  }
  return split;
}

}  // namespace chokepoint
