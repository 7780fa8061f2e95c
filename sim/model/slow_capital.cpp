#include "sim/model/slow_capital.hpp"

namespace chokepoint {

void step_slow_capital(const SlowCapitalParams& params, const Facts& facts, std::span<const double> value,
                       std::span<const double> log_price, std::span<const double> float_cap,
                       std::span<double> taste) {
  if (params.speed == 0.0) return;
  for (std::size_t g = 0; g < class_count; ++g) {
    if (type_of_class(g) == InvestorType::passive) continue;
    double cheapness[region_count] = {};
    double weight[region_count] = {};
    for (std::size_t k = 0; k < facts.lines.size(); ++k) {
      const std::size_t r = index(facts.lines[k].region);
      cheapness[r] += float_cap[k] * (value[k * class_count + g] - log_price[k]);
      weight[r] += float_cap[k];
    }
    for (std::size_t k = 0; k < facts.lines.size(); ++k) {
      const std::size_t r = index(facts.lines[k].region);
      if (!(float_cap[k] > 0.0)) continue;
      double gap = (value[k * class_count + g] - log_price[k]) - cheapness[r] / weight[r];
      gap = gap > params.clip ? params.clip : gap;
      gap = gap < -params.clip ? -params.clip : gap;
      taste[k * class_count + g] += params.speed * gap;
    }
  }
}

}  // namespace chokepoint
