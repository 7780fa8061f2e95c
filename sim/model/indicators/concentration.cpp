#include "sim/model/indicators/concentration.hpp"

#include <vector>

#include "sim/base/check.hpp"

namespace chokepoint {

double herfindahl(std::span<const double> shares) {
  double all = 0.0;
  for (const double share : shares) {
    CHOKEPOINT_EXPECT(share >= 0.0);
    all += share;
  }
  if (!(all > 0.0)) return 0.0;
  double sum = 0.0;
  for (const double share : shares) sum += (share / all) * (share / all);
  return sum;
}

Concentration concentration(std::span<const double> vendor_spend) {
  CHOKEPOINT_EXPECT(vendor_spend.size() % region_count == 0);
  const std::size_t vendors = vendor_spend.size() / region_count;
  std::vector<double> world(vendors, 0.0), here(vendors, 0.0);
  Concentration result;
  for (std::size_t r = 0; r < region_count; ++r) {
    for (std::size_t v = 0; v < vendors; ++v) {
      here[v] = vendor_spend[v * region_count + r];
      world[v] += here[v];
    }
    result.region[r] = herfindahl(here);
  }
  result.world = herfindahl(world);
  return result;
}

}  // namespace chokepoint
