#include "sim/model/noise.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/error.hpp"

using namespace chokepoint;

namespace {

Facts lines_in(const std::vector<Region>& regions) {
  Facts facts;
  for (const Region region : regions) {
    Line line;
    line.id = "line " + std::to_string(facts.lines.size());
    line.region = region;
    line.line_class = LineClass::thin_ai;
    facts.lines.push_back(line);
  }
  return facts;
}

struct Noise {
  std::vector<double> shifter, variance, last_shock;
  explicit Noise(std::size_t lines) : shifter(lines, 0.0), variance(lines, 1.0), last_shock(lines, 0.0) {}
  NoiseState state() { return {shifter, variance, last_shock}; }
};

/// Variance and shape of the textbook: normal shocks, gains and losses alike, nothing taken back.
NoiseParams plain_noise() {
  NoiseParams params;
  params.shock_weight = 0.10;
  params.memory = 0.85;
  params.leverage = params.jump_days = params.reversal = 0.0;
  return params;
}

}  // namespace

TEST_CASE("noise: two days by hand", "[unit][noise]") {
  const Facts facts = lines_in({Region::hk});
  const RandomStream random(11, 2);
  const NoiseParams params = plain_noise();
  Noise noise(1);
  const auto bracket = [&](std::uint32_t day) {
    return std::sqrt(0.3) * random.normal(Decision::venue_noise, 2, day) +
           std::sqrt(0.7) * random.normal(Decision::line_noise, identity_of("line 0"), day);
  };
  const double first = std::sqrt(0.05 + 0.85) * bracket(0);  // q^2 starts at 1, y at 0
  step_noise(params, facts, random, 0, std::vector<double>{0.2}, noise.state());
  CHECK(noise.variance[0] == Approx(0.90));
  CHECK(noise.last_shock[0] == Approx(first).epsilon(1e-14));
  CHECK(noise.shifter[0] == Approx(0.2 * first).epsilon(1e-14));

  const double variance = 0.05 + 0.10 * first * first + 0.85 * 0.90;
  const double second = std::sqrt(variance) * bracket(1);
  step_noise(params, facts, random, 1, std::vector<double>{0.2}, noise.state());
  CHECK(noise.variance[0] == Approx(variance).epsilon(1e-14));
  CHECK(noise.shifter[0] == Approx(0.999 * 0.2 * first + 0.2 * second).epsilon(1e-13));
}

TEST_CASE("noise: after a loss variance rises by more than after a gain", "[unit][noise]") {
  const Facts facts = lines_in({Region::us});
  NoiseParams params = plain_noise();
  params.leverage = 0.5;
  const auto variance_after = [&](double shock) {
    Noise noise(1);
    noise.last_shock[0] = shock;
    step_noise(params, facts, RandomStream(1, 0), 0, std::vector<double>{1.0}, noise.state());
    return noise.variance[0];
  };
  CHECK(variance_after(2.0) == Approx(0.025 + 0.10 * 4.0 + 0.85));  // floor 1 - .10 x 1.25 - .85
  CHECK(variance_after(-2.0) == Approx(0.025 + 0.15 * 4.0 + 0.85));
}

TEST_CASE("noise: the day after, demand takes part of a shock back", "[unit][noise]") {
  const Facts facts = lines_in({Region::us});
  NoiseParams params = plain_noise();
  params.reversal = 0.25;
  params.persistence = 1.0;
  Noise noise(1);
  noise.last_shock[0] = 2.0;
  step_noise(params, facts, RandomStream(1, 0), 0, std::vector<double>{0.1}, noise.state());
  CHECK(noise.shifter[0] == Approx(0.1 * (noise.last_shock[0] - 0.5)).epsilon(1e-14));
}

TEST_CASE("noise: on jump days a line's own shock is larger, and variance stays one", "[unit][noise]") {
  const Facts facts = lines_in({Region::us});
  NoiseParams params = plain_noise();
  params.common_share = params.shock_weight = params.memory = 0.0;
  params.jump_days = 0.02;
  params.jump_size = 5.0;
  const double calm = std::sqrt(0.5 / 0.98);  // (1 - .02 x 25) / (1 - .02)
  const RandomStream random(4, 0);
  Noise noise(1);
  constexpr int n = 20000;
  int jumps = 0;
  double squares = 0.0;
  double largest_error = 0.0;
  for (std::uint32_t day = 0; day < n; ++day) {
    step_noise(params, facts, random, day, std::vector<double>{1.0}, noise.state());
    const bool jump = random.uniform(Decision::noise_jump, identity_of("line 0"), day) < 0.02;
    const double draw = random.normal(Decision::line_noise, identity_of("line 0"), day);
    largest_error = std::max(largest_error, std::abs(noise.last_shock[0] - draw * (jump ? 5.0 : calm)));
    squares += noise.last_shock[0] * noise.last_shock[0];
    jumps += jump ? 1 : 0;
  }
  CHECK(largest_error < 1e-13);
  CHECK(jumps == Approx(400).margin(6 * 20));  // six binomial errors
  // Fourth moment 3 (.02 x 625 + .5^2 / .98) = 38.3: error of the mean square sqrt(37.3 / n) = .043.
  CHECK(squares / n == Approx(1.0).margin(6 * 0.043));
}

TEST_CASE("noise: a variance without a mean is refused", "[unit][noise]") {
  NoiseParams params = plain_noise();
  params.leverage = 0.9;
  CHECK(variance_floor(params) == Approx(0.005));  // 1 - .10 x 1.45 - .85
  params.leverage = 1.0;
  params.memory = 0.86;
  CHECK_THROWS_AS(variance_floor(params), Error);
}

TEST_CASE("noise: 20,000 draws have the scale's deviation, and lines of a region share a factor",
          "[unit][noise]") {
  const Facts facts = lines_in({Region::us, Region::us, Region::cn});
  const std::vector<double> scale{0.03, 0.06, 0.03};
  NoiseParams params = plain_noise();
  params.shock_weight = 0.0;  // constant variance, so that the standard error is that of independent draws
  params.memory = 0.0;
  const RandomStream random(5, 0);
  Noise noise(3);
  constexpr int n = 20000;
  double squares[3] = {};
  double same_region = 0.0;
  double other_region = 0.0;
  std::vector<double> before = noise.shifter;
  for (std::uint32_t day = 0; day < n; ++day) {
    step_noise(params, facts, random, day, scale, noise.state());
    double step[3];
    for (std::size_t k = 0; k < 3; ++k) {
      step[k] = (noise.shifter[k] - params.persistence * before[k]) / scale[k];
      squares[k] += step[k] * step[k];
    }
    same_region += step[0] * step[1];
    other_region += step[0] * step[2];
    before = noise.shifter;
  }
  const double six_errors = 6.0 * std::sqrt(2.0 / n);
  for (const double sum : squares) CHECK(sum / n == Approx(1.0).margin(six_errors));
  CHECK(same_region / n == Approx(params.common_share).margin(six_errors));
  CHECK(other_region / n == Approx(0.0).margin(six_errors));
}

TEST_CASE("noise: variance clusters around one", "[unit][noise]") {
  const Facts facts = lines_in({Region::us});
  const NoiseParams params = plain_noise();
  const RandomStream random(6, 0);
  Noise noise(1);
  constexpr int n = 20000;
  double squares = 0.0;
  for (std::uint32_t day = 0; day < n; ++day) {
    step_noise(params, facts, random, day, std::vector<double>{1.0}, noise.state());
    squares += noise.last_shock[0] * noise.last_shock[0];
  }
  // GARCH(.10, .85): kurtosis 3.77, autocorrelation of squares sums to 3.58; error sqrt(2.77 x 8.16 / n) =
  // .034.
  CHECK(squares / n == Approx(1.0).margin(6.0 * 0.034));
}

TEST_CASE("noise: scale zero leaves everything at rest", "[unit][noise]") {
  const Facts facts = lines_in({Region::us});
  NoiseParams params;
  params.scale = 0.0;
  Noise noise(1);
  step_noise(params, facts, RandomStream(1, 0), 0, std::vector<double>{0.5}, noise.state());
  CHECK(noise.shifter[0] == 0.0);
  CHECK(noise.variance[0] == 1.0);
}

TEST_CASE("noise: draws follow the name of a line, not its place", "[unit][noise]") {
  Facts facts = lines_in({Region::us, Region::us});
  const RandomStream random(8, 1);
  Noise noise(2);
  step_noise({}, facts, random, 3, std::vector<double>{1.0, 1.0}, noise.state());
  std::swap(facts.lines[0], facts.lines[1]);
  Noise swapped(2);
  step_noise({}, facts, random, 3, std::vector<double>{1.0, 1.0}, swapped.state());
  CHECK(noise.shifter[0] == swapped.shifter[1]);
  CHECK(noise.shifter[1] == swapped.shifter[0]);
  CHECK(noise.shifter[0] != noise.shifter[1]);
}

TEST_CASE("noise: the wanted deviation is the sample's, else the class's", "[unit][noise]") {
  Line line;
  line.line_class = LineClass::thin_ai;
  CHECK(target_sd({}, line) == 0.060);
  line.daily_sd = 0.045;
  CHECK(target_sd({}, line) == 0.045);
}
