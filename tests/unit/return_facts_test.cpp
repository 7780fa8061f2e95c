/// What daily returns of simulated lines look like, beside facts of public daily closes, 2023-01 to 2025-10:
/// medians over 57 lines, about 700 returns each. Eight markets without events or lock-ups of 710 days; per
/// market the same statistic of the same lines; below, the mean over the markets and its standard error.
/// The parameters of noise were chosen by these statistics, so agreement is no evidence for the model.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <numeric>
#include <optional>

#include "tests/support/model_market.hpp"
#include "tests/support/shipped_facts.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t days = 710, markets = 8;

using Returns = std::vector<double>;
using Statistic = std::function<double(const Returns&)>;

struct SimulatedMarket {
  std::vector<Line> lines;
  std::vector<Returns> returns;  ///< [line][day] change of the log price at the close
};

struct Reached {
  double mean = 0, error = 0;
};

Facts world_without_news() {
  Facts facts = shipped_facts();
  facts.vendors.clear();
  facts.lockups.clear();
  return facts;
}

SimulatedMarket simulate(std::uint64_t seed, const std::function<void(NoiseParams&)>& change) {
  Parameters params;
  params.population.investors = 400;
  change(params.noise);
  ModelMarket market(world_without_news(), params, days, {}, seed);
  SimulatedMarket result{market.facts.lines, std::vector<Returns>(market.facts.lines.size())};
  for (std::size_t day = 0; day < days; ++day) {
    const std::vector<double> before = market.world.log_price;
    market.day();
    for (std::size_t k = 0; k < before.size(); ++k) {
      result.returns[k].push_back(market.world.log_price[k] - before[k]);
    }
  }
  return result;
}

std::vector<SimulatedMarket> simulate_all(const std::function<void(NoiseParams&)>& change) {
  std::vector<SimulatedMarket> all;
  for (std::uint64_t seed = 1; seed <= markets; ++seed) all.push_back(simulate(seed, change));
  return all;
}

const std::vector<SimulatedMarket>& shipped_markets() {
  static const std::vector<SimulatedMarket> all = simulate_all([](NoiseParams&) {});
  return all;
}

double mean(const Returns& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double median(Returns values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

/// Mean of (x(t) - mean x) (y(t + lag) - mean y).
double covariance(const Returns& x, const Returns& y, std::size_t lag = 0) {
  const double of_x = mean(x), of_y = mean(y);
  double sum = 0.0;
  for (std::size_t t = 0; t + lag < x.size(); ++t) sum += (x[t] - of_x) * (y[t + lag] - of_y);
  return sum / static_cast<double>(x.size());
}

double correlation(const Returns& x, const Returns& y, std::size_t lag = 0) {
  return covariance(x, y, lag) / std::sqrt(covariance(x, x) * covariance(y, y));
}

Returns absolute(Returns values) {
  for (double& value : values) value = std::abs(value);
  return values;
}

double deviation(const Returns& r) { return std::sqrt(covariance(r, r)); }

double excess_kurtosis(const Returns& r) {
  const double of_r = mean(r);
  double fourth = 0.0;
  for (const double x : r) fourth += (x - of_r) * (x - of_r) * (x - of_r) * (x - of_r);
  const double variance = covariance(r, r);
  return fourth / static_cast<double>(r.size()) / (variance * variance) - 3.0;
}

double autocorrelation(const Returns& r) { return correlation(r, r, 1); }

double autocorrelation_of_absolute(const Returns& r) { return correlation(absolute(r), absolute(r), 1); }

/// Slope of |r(t)| on |r(t-1)| over the days after a loss, or after a gain.
double slope_after(const Returns& r, bool loss) {
  Returns before, after;
  for (std::size_t t = 1; t < r.size(); ++t) {
    if ((r[t - 1] < 0.0) != loss) continue;
    before.push_back(std::abs(r[t - 1]));
    after.push_back(std::abs(r[t]));
  }
  return covariance(before, after) / covariance(before, before);
}

/// Between the returns of any two lines of a region, composites left out.
Returns correlations_within(const SimulatedMarket& market, Region region) {
  Returns result;
  for (std::size_t i = 0; i < market.lines.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const Line &a = market.lines[i], &b = market.lines[j];
      if (a.region != region || b.region != region) continue;
      if (a.line_class == LineClass::composite || b.line_class == LineClass::composite) continue;
      result.push_back(correlation(market.returns[i], market.returns[j]));
    }
  }
  return result;
}

Reached over_markets(const Returns& values) {
  return {mean(values), deviation(values) / std::sqrt(static_cast<double>(values.size() - 1))};
}

/// Mean over the markets of the median over measured lines (of a class).
Reached reached(const std::vector<SimulatedMarket>& all, const Statistic& statistic,
                std::optional<LineClass> line_class = std::nullopt) {
  Returns medians;
  for (const SimulatedMarket& market : all) {
    Returns values;
    for (std::size_t k = 0; k < market.lines.size(); ++k) {
      if (!(market.lines[k].daily_sd > 0.0)) continue;
      if (line_class && market.lines[k].line_class != *line_class) continue;
      values.push_back(statistic(market.returns[k]));
    }
    medians.push_back(median(values));
  }
  const Reached result = over_markets(medians);
  UNSCOPED_INFO("reached " << result.mean << ", standard error " << result.error);
  return result;
}

struct ClassFact {
  LineClass line_class;
  double fact, model;
};

}  // namespace

TEST_CASE("fact: daily volatility by class of line", "[unit][return_facts]") {
  // Standard deviations: median of the class in the facts; what the model reaches, within 10 % of it.
  const std::vector<ClassFact> facts{{LineClass::mega_cap, 0.0208, 0.0217},
                                     {LineClass::large_tech, 0.0287, 0.0267},
                                     {LineClass::chips, 0.03095, 0.0301},
                                     {LineClass::china_tech, 0.0314, 0.0321}};
  for (const ClassFact& row : facts) {
    CAPTURE(name_of(row.line_class, line_class_names));
    CHECK(NoiseParams{}.daily_sd[index(row.line_class)] == row.fact);
    const Reached sd = reached(shipped_markets(), deviation, row.line_class);
    CHECK(sd.mean == Approx(row.fact).epsilon(0.10));
    CHECK(sd.mean == Approx(row.model).margin(2.0 * sd.error));
  }
}

TEST_CASE("fact: tails are fatter than normal", "[unit][return_facts]") {
  const Reached all = reached(shipped_markets(), excess_kurtosis);
  CHECK(all.mean == Approx(5.5).margin(2.0 * all.error));
  CHECK(all.error < 0.5);
  // One shape for all lines: the classes' facts differ by more than those of the model. Large technology
  // misses by 3.7, Chinese technology by 1.9, chips by 1.3.
  const std::vector<ClassFact> facts{{LineClass::mega_cap, 6.4, 6.4},
                                     {LineClass::large_tech, 10.7, 7.0},
                                     {LineClass::chips, 5.85, 4.6},
                                     {LineClass::china_tech, 3.5, 5.4}};
  for (const ClassFact& row : facts) {
    CAPTURE(name_of(row.line_class, line_class_names), row.fact);
    const Reached kurtosis = reached(shipped_markets(), excess_kurtosis, row.line_class);
    CHECK(kurtosis.mean == Approx(row.model).margin(2.0 * kurtosis.error));
  }
}

TEST_CASE("fact: returns are hardly autocorrelated", "[unit][return_facts]") {
  const Reached lag_one = reached(shipped_markets(), autocorrelation);
  CHECK(lag_one.mean == Approx(-0.006).margin(2.0 * lag_one.error));
  CHECK(lag_one.error < 0.01);
  const auto nothing_taken_back = simulate_all([](NoiseParams& noise) { noise.reversal = 0.0; });
  CHECK(reached(nothing_taken_back, autocorrelation).mean == Approx(0.114).margin(0.02));
}

TEST_CASE("fact: absolute returns are autocorrelated", "[unit][return_facts]") {
  const Reached lag_one = reached(shipped_markets(), autocorrelation_of_absolute);
  CHECK(lag_one.mean == Approx(0.107).margin(2.0 * lag_one.error));
  CHECK(lag_one.error < 0.01);
}

TEST_CASE("fact: shares of one region move together", "[unit][return_facts]") {
  // Wanted: about .3 between two lines of a region.
  constexpr std::array<double, region_count> model{0.286, 0.321, 0.285, 0.277};
  for (std::size_t r = 0; r < region_count; ++r) {
    Returns medians;
    for (const SimulatedMarket& market : shipped_markets()) {
      medians.push_back(median(correlations_within(market, static_cast<Region>(r))));
    }
    const Reached pairs = over_markets(medians);
    CAPTURE(region_names[r], pairs.mean, pairs.error);
    CHECK(pairs.mean == Approx(0.3).margin(0.05));
    CHECK(pairs.mean == Approx(model[r]).margin(2.0 * pairs.error));
  }
}

TEST_CASE("fact: losses raise volatility more than gains (leverage effect)", "[unit][return_facts]") {
  // The fact is a ratio of about 1.36. NOT reached: the market's own demand works the other way, so that a
  // symmetric variance gives .87, and the asymmetry that the source states for shocks gives 1.00.
  const auto ratio = [](const std::vector<SimulatedMarket>& all) {
    return reached(all, [](const Returns& r) { return slope_after(r, true); }).mean /
           reached(all, [](const Returns& r) { return slope_after(r, false); }).mean;
  };
  const double model = ratio(shipped_markets());
  const double symmetric = ratio(simulate_all([](NoiseParams& noise) {
    noise.shock_weight *= 1.0 + 0.5 * noise.leverage;
    noise.leverage = 0.0;
  }));
  CHECK(model == Approx(1.00).margin(0.06));
  CHECK(symmetric == Approx(0.87).margin(0.06));
  CHECK(model > symmetric);
}
