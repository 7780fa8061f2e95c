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

}  // namespace

bool step_token_prices(const TokenPriceParams& params, const Facts& facts, std::span<const char> released,
                       std::span<const double> capability, double months, std::span<double> price) {
  CHOKEPOINT_EXPECT(price.size() == facts.models.size() && capability.size() == facts.models.size());
  if (!(params.adjustment > 0.0)) return false;
  const double closed_share = 1.0 - exponential(-params.adjustment * months);
  bool moved = false;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].open || !(capability[m] > 0.0) || !(price[m] > 0.0)) continue;
    const double open = cheapest_open(facts, released, capability, price, capability[m] - params.margin);
    const double target = open * (1.0 + params.mark_up);
    if (!(target > 0.0) || target >= price[m]) continue;
    price[m] *= power(target / price[m], closed_share);
    moved = true;
  }
  return moved;
}

}  // namespace chokepoint
