#include "sim/model/enterprises/token_prices.hpp"

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// Price of the cheapest open model that is good enough; 0 when there is none.
double cheapest_open(const Facts& facts, std::span<const char> released, std::span<const double> capability,
                     std::span<const double> price, double enough) {
  double cheapest = 0.0;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (!facts.models[m].open || !released[m] || !(capability[m] > 0.0) || !(price[m] > 0.0)) continue;
    if (capability[m] < enough) continue;
    cheapest = cheapest == 0.0 || price[m] < cheapest ? price[m] : cheapest;
  }
  return cheapest;
}

/// What a model's price goes to by pricing power alone; 0 when it is not known.
double mark_up_target(double list_price, double lerner_at_start, double lerner_now) {
  if (!(list_price > 0.0) || !(lerner_at_start > 0.0) || !(lerner_now > 0.0)) return 0.0;
  return list_price * ((1.0 - lerner_at_start) / (1.0 - lerner_now));
}

}  // namespace

std::vector<double> open_targets(const TokenPriceParams& params, const Facts& facts,
                                 std::span<const char> released, std::span<const double> capability,
                                 std::span<const double> price, std::span<const double> weights) {
  CHOKEPOINT_EXPECT(price.size() == facts.models.size() && capability.size() == facts.models.size());
  CHOKEPOINT_EXPECT(weights.empty() || weights.size() == facts.models.size());
  const std::span<const double> of_open = weights.empty() ? capability : weights;
  std::vector<double> target(facts.models.size(), 0.0);
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].open || !(capability[m] > 0.0) || !(price[m] > 0.0)) continue;
    const double open = cheapest_open(facts, released, of_open, price, capability[m] - params.margin);
    target[m] = open * (1.0 + params.mark_up);
  }
  return target;
}

bool step_token_prices(const TokenPriceParams& params, const Facts& facts, std::span<const char> released,
                       std::span<const double> capability, double months, std::span<double> price,
                       std::span<const double> weights) {
  if (!(params.adjustment > 0.0)) return false;
  const double closed_share = 1.0 - exponential(-params.adjustment * months);
  const std::vector<double> target = open_targets(params, facts, released, capability, price, weights);
  bool moved = false;
  for (std::size_t m = 0; m < target.size(); ++m) {
    if (!(target[m] > 0.0) || target[m] >= price[m]) continue;
    price[m] *= power(target[m] / price[m], closed_share);
    moved = true;
  }
  return moved;
}

bool step_mark_ups(const TokenPriceParams& params, const Facts& facts,
                   std::span<const double> lerner_at_start, std::span<const double> lerner_now,
                   std::span<const double> list_price, double months, std::span<double> price,
                   std::span<const double> open_target) {
  CHOKEPOINT_EXPECT(price.size() == facts.models.size() && list_price.size() == facts.models.size());
  CHOKEPOINT_EXPECT(lerner_at_start.size() == facts.vendors.size() &&
                    lerner_now.size() == facts.vendors.size());
  CHOKEPOINT_EXPECT(open_target.empty() || open_target.size() == facts.models.size());
  if (!(params.mark_up_adjustment > 0.0)) return false;
  const double closed_share = 1.0 - exponential(-params.mark_up_adjustment * months);
  bool moved = false;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    const std::size_t vendor = facts.vendor(facts.models[m].developer);
    if (facts.models[m].open || vendor == Facts::npos || !(price[m] > 0.0)) continue;
    double target = mark_up_target(list_price[m], lerner_at_start[vendor], lerner_now[vendor]);
    const double open = open_target.empty() ? 0.0 : open_target[m];
    if (open > 0.0 && open < target) {
      if (price[m] >= open) continue;  // on its way down already
      target = open;
    }
    if (!(target > 0.0) || target == price[m]) continue;
    price[m] *= power(target / price[m], closed_share);
    moved = true;
  }
  return moved;
}

}  // namespace chokepoint
