#include "sim/study/backtest/abnormal_returns.hpp"

#include <oneapi/tbb/parallel_for.h>

#include "sim/model/tick.hpp"

namespace chokepoint {
namespace {

/// Log prices at the closes of each day: [day][session][line]; a closed line keeps its price.
using Closes = std::vector<std::array<std::vector<double>, session_count>>;

Closes run(const EventCase& one, const Parameters& params, const Plan& plan) {
  World world = one.start;
  // odds per unit of attention are linear in omega (initial_world.hpp)
  const double scale = params.attention.new_money / AttentionParams{}.new_money;
  for (double& odds : world.new_money) odds *= scale;
  std::vector<double> price(world.lines, 0.0);
  Closes closes;
  for (std::size_t day = 0; day < one.days; ++day) {
    tick(world, params, RandomStream(1, 0), plan, day);
    auto& today = closes.emplace_back();
    for (const Session session : {Session::a, Session::b}) {
      for (const std::size_t k : one.calendar->days()[day].open_lines[index(session)]) {
        price[k] = world.session_prices[index(session)][k].close;
      }
      today[index(session)] = price;
    }
  }
  return closes;
}

/// Simple returns of all lines between two closes of a session.
std::vector<double> returns_between(const Closes& closes, std::optional<std::size_t> before, std::size_t day,
                                    Session session) {
  std::vector<double> result;
  for (std::size_t k = 0; k < closes[day][index(session)].size(); ++k) {
    const double earlier = before ? closes[*before][index(session)][k] : 0.0;
    result.push_back(exponential(closes[day][index(session)][k] - earlier) - 1.0);
  }
  return result;
}

double market_return(const EventCase& one, const std::vector<double>& returns, Region region) {
  double sum = 0.0;
  double weight = 0.0;
  for (std::size_t k = 0; k < returns.size(); ++k) {
    const Line& line = one.facts.lines[k];
    if (line.region != region) continue;
    const double cap = static_cast<double>(line.tradable) * line.price_usd;
    sum += cap * returns[k];
    weight += cap;
  }
  return weight > 0.0 ? sum / weight : 0.0;
}

SimulatedReturn measure(const EventCase& one, const ComparedReturn& asked, const Closes& closes) {
  const Venue& venue = one.facts.venues[asked.venue];
  SimulatedReturn result;
  double abnormal = 0.0;
  double effect = 0.0;
  int sessions = 0;
  std::optional<std::size_t> before;
  for (std::size_t day = 0; day < closes.size() && sessions <= window_end.back(); ++day) {
    if (!is_open(venue, one.calendar->days()[day].date)) continue;
    if (day >= asked.first_day) {
      const std::vector<double> returns = returns_between(closes, before, day, venue.session);
      double own = 0.0;
      for (const BasketLine& part : asked.basket) own += part.weight * returns[part.line];
      effect += own;
      abnormal += own - asked.beta * market_return(one, returns, venue.region);
      for (std::size_t w = 0; w < window_count; ++w) {
        if (sessions > window_end[w]) continue;
        result.abnormal[w] = abnormal;
        result.effect[w] = effect;
      }
      ++sessions;
    }
    before = day;
  }
  return result;
}

}  // namespace

std::vector<SimulatedReturn> simulate(const EventCase& one, Parameters params) {
  return simulate(one, params, make_plan(one.facts, params, *one.calendar, one.events, one.history));
}

std::vector<SimulatedReturn> simulate(const EventCase& one, Parameters params, const Plan& plan) {
  params.noise.scale = 0.0;
  const Closes closes = run(one, params, plan);
  std::vector<SimulatedReturn> results;
  for (const ComparedReturn& asked : one.returns) results.push_back(measure(one, asked, closes));
  return results;
}

std::vector<std::vector<SimulatedReturn>> simulate_all(const std::vector<std::unique_ptr<EventCase>>& cases,
                                                       const Parameters& params) {
  std::vector<std::vector<SimulatedReturn>> results(cases.size());
  oneapi::tbb::parallel_for(std::size_t{0}, cases.size(),
                            [&](std::size_t i) { results[i] = simulate(*cases[i], params); });
  return results;
}

}  // namespace chokepoint
