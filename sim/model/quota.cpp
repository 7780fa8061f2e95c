#include "sim/model/quota.hpp"

#include <algorithm>

#include "sim/model/market_view.hpp"

namespace chokepoint {
namespace {

constexpr int secant_steps = 6;
constexpr int bisection_steps = 50;
constexpr double first_wedge = 0.05;
constexpr double largest_wedge = 5.0;
constexpr double slack = 1e-3;  ///< share of what is left that may stay unused

/// What is wished for in one southbound line, and by CN investors among others [USD].
struct LineWishes {
  double buys = 0;
  double sells = 0;
  double cn_buys = 0;
  double cn_sells = 0;
};

LineWishes wishes_of_line(const World& world, std::size_t row, std::span<double> wish) {
  LineWishes line;
  world.clearing.system().wishes(row, wish);
  const double price = world.clearing.system().price(row);
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = world.population.accounts.blocks[g];
    double buys = 0.0;
    double sells = 0.0;
    for (std::size_t i = block.begin; i < block.end; ++i) {
      (wish[i] > 0.0 ? buys : sells) += (wish[i] > 0.0 ? wish[i] : -wish[i]) * price;
    }
    line.buys += buys;
    line.sells += sells;
    if (domicile_of_class(g) != Region::cn) continue;
    line.cn_buys += buys;
    line.cn_sells += sells;
  }
  return line;
}

std::vector<LineWishes> southbound_lines(const World& world, std::span<const std::size_t> open,
                                         std::span<const double> forced_supply) {
  std::vector<LineWishes> lines;
  std::vector<double> wish(world.accounts());
  for (std::size_t row = 0; row < open.size(); ++row) {
    if (!world.capital.southbound[open[row]]) continue;
    const LineStatus status = world.status[open[row]];
    if (status != LineStatus::cleared && status != LineStatus::limit) continue;
    lines.push_back(wishes_of_line(world, row, wish));
    lines.back().sells += forced_supply[open[row]] * world.clearing.system().price(row);
  }
  return lines;
}

double net_wish(const std::vector<LineWishes>& lines) {
  double net = 0.0;
  for (const LineWishes& line : lines) net += line.cn_buys - line.cn_sells;
  return net;
}

/// Net purchases of CN investors when only `share` of their buy wishes counts and each line is then rationed
/// (settlement.hpp): with fewer buyers their own sales find fewer takers, too.
double net_if_cut(const std::vector<LineWishes>& lines, double share) {
  double net = 0.0;
  for (const LineWishes& line : lines) {
    const double buys = line.buys - (1.0 - share) * line.cn_buys;
    const double filled = std::min(buys, line.sells);
    if (!(filled > 0.0)) continue;
    net += share * line.cn_buys * (filled / buys) - line.cn_sells * (filled / line.sells);
  }
  return net;
}

/// Largest share of CN buy wishes with which net purchases stay at or below `allowed`.
double share_within(const std::vector<LineWishes>& lines, double allowed) {
  double low = 0.0;
  double high = 1.0;
  for (int step = 0; step < bisection_steps; ++step) {
    const double middle = 0.5 * (low + high);
    (net_if_cut(lines, middle) <= allowed ? low : high) = middle;
  }
  return low;
}

}  // namespace

double hold_quota(World& world, const QuotaParams& params, const QuotaClear& clear) {
  world.quota_wedge = 0.0;
  if (params.enforced == 0.0 || !(world.facts->southbound_quota_usd > 0.0)) return 1.0;
  const double quota = world.facts->southbound_quota_usd * world.capital.quota_factor;
  const double left = quota - static_cast<double>(world.quota_used) * 1e-6;
  const auto wished = [&] { return southbound_lines(world, clear.open, clear.participation.supply); };
  double excess = net_wish(wished()) - left;
  if (excess <= 0.0) return 1.0;

  double wedge_before = 0.0;
  double excess_before = excess;
  double wedge = first_wedge;
  for (int step = 0; step < secant_steps; ++step) {
    clear.view.set_quota_wedge(wedge);
    world.clearing.clear(clear.view.inputs(), clear.participation, clear.open, clear.band, clear.chord,
                         world.log_price, world.status);
    world.quota_wedge = wedge;
    excess = net_wish(wished()) - left;
    if (excess <= 0.0 && excess > -slack * quota) return 1.0;
    const double slope = (excess - excess_before) / (wedge - wedge_before);
    if (!(slope < 0.0)) break;
    wedge_before = wedge;
    excess_before = excess;
    wedge = std::min(largest_wedge, std::max(0.0, wedge - (excess + 0.5 * slack * quota) / slope));
  }
  if (excess <= 0.0) return 1.0;
  return share_within(wished(), left - 0.5 * slack * quota);
}

}  // namespace chokepoint
