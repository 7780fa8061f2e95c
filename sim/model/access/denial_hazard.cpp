#include "sim/model/access/denial_hazard.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {

void fade_hazard(const DenialHazardParams& params, double days, DenialHazard& hazard) {
  const double kept = exponential(-days / params.memory);
  for (auto& by_region : hazard) {
    for (double& h : by_region) h *= kept;
  }
}

std::array<double, region_count> staff_lost(const Facts& facts, const AccessTensor& before,
                                            const AccessTensor& after, std::span<const std::size_t> models) {
  CHOKEPOINT_EXPECT(before.models() == after.models());
  std::array<double, region_count> lost{};
  for (const std::size_t m : models) {
    for (std::size_t c = 0; c < user_cell_count; ++c) {
      const UserCell user = user_cell(c);
      const Denial now = after(m, user);
      const bool cut = now == Denial::order || now == Denial::vendor_stopped;
      if (before.serves(m, user) && cut) lost[index(user.region)] += staff_share(facts, user);
    }
  }
  if (models.empty()) return lost;
  for (double& share : lost) share /= static_cast<double>(models.size());
  return lost;
}

void learn_hazard(const DenialHazardParams& params, Region government,
                  const std::array<double, region_count>& lost, DenialHazard& hazard) {
  for (std::size_t r = 0; r < region_count; ++r) {
    double elsewhere = 0.0;
    for (std::size_t other = 0; other < region_count; ++other) {
      if (other != r) elsewhere = std::max(elsewhere, lost[other]);
    }
    hazard[index(government)][r] += params.jump * (lost[r] + params.spillover * elsewhere);
  }
}

}  // namespace chokepoint
