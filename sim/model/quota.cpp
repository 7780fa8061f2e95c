#include "sim/model/quota.hpp"

#include <algorithm>

#include "sim/model/market_view.hpp"

namespace chokepoint {
namespace {

constexpr int secant_steps = 6;
constexpr double first_wedge = 0.05;
constexpr double largest_wedge = 5.0;
constexpr double slack = 1e-3;  ///< share of what is left that may stay unused

struct SouthboundWish {
  double buys = 0;
  double sells = 0;
};

SouthboundWish wish_of(const World& world, std::span<const std::size_t> open) {
  SouthboundWish total;
  std::vector<double> wish(world.accounts());
  for (std::size_t row = 0; row < open.size(); ++row) {
    if (!world.facts->lines[open[row]].southbound) continue;
    const LineStatus status = world.status[open[row]];
    if (status != LineStatus::cleared && status != LineStatus::limit) continue;
    world.clearing.system().wishes(row, wish);
    const double price = world.clearing.system().price(row);
    for (std::size_t g = 0; g < class_count; ++g) {
      if (domicile_of_class(g) != Region::cn) continue;
      const ClassBlock& block = world.population.accounts.blocks[g];
      for (std::size_t i = block.begin; i < block.end; ++i) {
        (wish[i] > 0.0 ? total.buys : total.sells) += (wish[i] > 0.0 ? wish[i] : -wish[i]) * price;
      }
    }
  }
  return total;
}

}  // namespace

double southbound_wish(const World& world, std::span<const std::size_t> open) {
  const SouthboundWish wish = wish_of(world, open);
  return wish.buys - wish.sells;
}

double hold_quota(World& world, const QuotaParams& params, const QuotaClear& clear) {
  world.quota_wedge = 0.0;
  const double quota = world.facts->southbound_quota_usd;
  if (params.enforced == 0.0 || !(quota > 0.0)) return 1.0;
  const double left = quota - static_cast<double>(world.quota_used) * 1e-6;
  double excess = southbound_wish(world, clear.open) - left;
  if (excess <= 0.0) return 1.0;

  double wedge_before = 0.0;
  double excess_before = excess;
  double wedge = first_wedge;
  for (int step = 0; step < secant_steps; ++step) {
    clear.view.set_quota_wedge(wedge);
    world.clearing.clear(clear.view.inputs(), clear.participation, clear.open, clear.band, clear.chord,
                         world.log_price, world.status);
    world.quota_wedge = wedge;
    excess = southbound_wish(world, clear.open) - left;
    if (excess <= 0.0 && excess > -slack * quota) return 1.0;
    const double slope = (excess - excess_before) / (wedge - wedge_before);
    if (!(slope < 0.0)) break;
    wedge_before = wedge;
    excess_before = excess;
    wedge = std::min(largest_wedge, std::max(0.0, wedge - (excess + 0.5 * slack * quota) / slope));
  }
  const SouthboundWish wish = wish_of(world, clear.open);
  if (excess <= 0.0 || !(wish.buys > 0.0)) return 1.0;
  return std::max(0.0, left + wish.sells) / wish.buys;
}

}  // namespace chokepoint
