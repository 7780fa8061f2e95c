#include "sim/model/linear_response.hpp"

#include <cmath>

#include "sim/base/error.hpp"
#include "sim/model/market_view.hpp"

namespace chokepoint {
namespace {

Participation participation_of(const World& world, const Parameters& params, Adjustment adjustment) {
  Participation result;
  result.share.assign(world.lines * class_count, 1.0);
  result.supply.assign(world.lines, 0.0);
  if (adjustment == Adjustment::full) return result;
  for (std::size_t k = 0; k < world.lines; ++k) {
    for (std::size_t g = 0; g < class_count; ++g) {
      result.share[k * class_count + g] = params.session.participation[index(type_of_class(g))];
    }
  }
  return result;
}

double held(const World& world, std::size_t line) {
  double shares = 0.0;
  for (std::size_t i = 0; i < world.accounts(); ++i) shares += world.holding_view[world.at(line, i)];
  return shares;
}

std::vector<double> prices_of(const World& world, const std::vector<std::size_t>& lines) {
  std::vector<double> prices;
  for (const std::size_t k : lines) prices.push_back(world.log_price[k]);
  return prices;
}

/// Listed lines that somebody wants and somebody has; the others have no price that could respond.
std::vector<std::size_t> priced_lines(const World& world, const MarketView& view,
                                      const Participation& participation) {
  std::vector<std::size_t> listed;
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (world.listed[k]) listed.push_back(k);
  }
  DemandSystem system;
  system.prepare(view.inputs(), participation, listed, world.log_price);
  std::vector<double> F(listed.size());
  system.residual(prices_of(world, listed), F);
  std::vector<std::size_t> priced;
  for (std::size_t row = 0; row < listed.size(); ++row) {
    if (std::isfinite(F[row])) priced.push_back(listed[row]);
  }
  return priced;
}

}  // namespace

LinearResponse linear_response(const World& world, const Parameters& params, Adjustment adjustment) {
  const MarketView view(world, params);
  const Participation participation = participation_of(world, params, adjustment);
  const std::vector<std::size_t> open = priced_lines(world, view, participation);
  const std::size_t n = open.size();
  DemandSystem system;
  system.prepare(view.inputs(), participation, open, world.log_price);
  std::vector<double> F(n), J(n * n), column(n);
  system.residual(prices_of(world, open), F);
  system.jacobian(J);
  LuFactor lu;
  if (!lu.factor(J, n)) throw Error(ExitCode::run_failed, "the market of T0 has no finite price response");

  std::array<double, class_count> loading{};
  for (std::size_t g = 0; g < class_count; ++g) {
    loading[g] = params.noise.shifter_loading[index(type_of_class(g))];
  }
  LinearResponse result;
  result.lines = world.lines;
  result.multiplier.assign(world.lines * world.lines, 0.0);
  result.own_elasticity.assign(world.lines, 0.0);
  result.active_share.assign(world.lines, 0.0);
  result.shifter_response.assign(world.lines, 0.0);
  for (std::size_t row = 0; row < n; ++row) {
    result.own_elasticity[open[row]] = -J[row * n + row];
    result.active_share[open[row]] = system.supply()[row] / held(world, open[row]);
    result.shifter_response[open[row]] = system.shifter_response(row, loading);
    column.assign(n, 0.0);
    column[row] = -1.0;
    lu.solve(column);
    for (std::size_t j = 0; j < n; ++j) result.multiplier[open[j] * world.lines + open[row]] = column[j];
  }
  return result;
}

}  // namespace chokepoint
