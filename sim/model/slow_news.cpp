#include "sim/model/slow_news.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// A vendor that lost all customers is worth something still: revenue counts down to this share of T0's.
constexpr double smallest_ratio = 0.01;

}  // namespace

double unpriced(double realised, double priced) {
  if (realised > 0.0) return realised - std::min(realised, std::max(0.0, priced));
  return realised - std::max(realised, std::min(0.0, priced));
}

std::vector<double> slow_news(const SlowNewsParams& params, const Facts& facts,
                              std::span<const double> revenue_ratio, std::span<const double> priced,
                              std::span<double> reported) {
  std::vector<double> news(facts.vendors.size());
  for (std::size_t v = 0; v < news.size(); ++v) {
    const double realised = params.loading * facts.vendors[v].metered_share *
                            logarithm(std::max(smallest_ratio, revenue_ratio[v]));
    const double now = unpriced(realised, priced[v]);
    news[v] = now - reported[v];
    reported[v] = now;
  }
  return news;
}

}  // namespace chokepoint
