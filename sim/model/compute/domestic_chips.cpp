#include "sim/model/compute/domestic_chips.hpp"

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {

double domestic_cost(const ComputeParams& params, double cost_at_t0, double cumulative,
                     double cumulative_at_t0) {
  if (cumulative_at_t0 <= 0 || cost_at_t0 <= 0 || params.learning_rate == 0) return cost_at_t0;
  CHOKEPOINT_EXPECT(cumulative >= cumulative_at_t0);
  const double elasticity = -logarithm(1.0 - params.learning_rate) / logarithm(2.0);
  return cost_at_t0 * power(cumulative / cumulative_at_t0, -elasticity);
}

double grown_capacity(const ComputeParams& params, double capacity, double tools, double shortage,
                      double months) {
  const double growth = params.domestic_growth * (1.0 - params.tools_control_share * tools) +
                        params.domestic_investment * shortage;
  return capacity * exponential(growth * months / 12.0);
}

double filled_part(double capacity, double ordered) { return ordered > capacity ? capacity / ordered : 1.0; }

}  // namespace chokepoint
