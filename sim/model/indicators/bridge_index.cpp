#include "sim/model/indicators/bridge_index.hpp"

#include <algorithm>
#include <cstddef>

#include "sim/base/math.hpp"

namespace chokepoint {

double bridge_ratio(double hong_kong, double us, double cn) {
  const double better = std::max(us, cn);
  return better > 0.0 && hong_kong > 0.0 ? hong_kong / better : 0.0;
}

double bridge_index(std::span<const double> ratios) {
  double sum = 0.0;
  std::size_t available = 0;
  for (const double ratio : ratios) {
    if (!(ratio > 0.0)) continue;
    sum += logarithm(ratio);
    ++available;
  }
  return available > 0 ? exponential(sum / static_cast<double>(available)) : 0.0;
}

}  // namespace chokepoint
