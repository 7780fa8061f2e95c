#include "sim/study/calibration/emulator.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

/// A log, a logit and another log scale: what is emulated is quadratic in the values, not in z.
FittedParameter parameter(PriorScale scale, double median, double low, double high) {
  FittedParameter one;
  one.scale = scale;
  one.median = median;
  one.low = low;
  one.high = high;
  return one;
}
const Priors priors{parameter(PriorScale::log, 0.5, 0.2, 1.0), parameter(PriorScale::logit, 0.4, 0.1, 0.8),
                    parameter(PriorScale::log, 2.0, 1.0, 5.0)};

/// Three parameters, two returns, three windows: a quadratic with all of its terms.
Predictions quadratic(const std::vector<double>& z) {
  const double x = priors[0].value(z[0]), y = priors[1].value(z[1]), w = priors[2].value(z[2]);
  Predictions out(2);
  out[0] = {1.0 + 2.0 * x - y + 0.5 * x * x + 3.0 * x * y, x * w - 2.0 * w * w + y * y, 4.0};
  out[1] = {y * w, 0.25 - w, x * x + y * y + w * w + x + y + w};
  return out;
}

std::vector<Predictions> at_points(const std::vector<std::vector<double>>& points) {
  std::vector<Predictions> results;
  for (const auto& z : points) results.push_back(quadratic(z));
  return results;
}

void check_same(const Predictions& a, const Predictions& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t w = 0; w < window_count; ++w) {
      CAPTURE(i, w);
      CHECK(a[i][w] == Approx(b[i][w]).margin(1e-10));
    }
  }
}

const std::vector<double> centre{0.3, -0.7, 1.1};

}  // namespace

TEST_CASE("emulator: a quadratic is met exactly, far from the centre too", "[unit][emulator]") {
  const Emulator emulator(at_points, priors, centre, {0, 1, 2}, 0.5);
  CHECK(emulator.centre() == centre);
  check_same(emulator.predict(centre), quadratic(centre));
  for (const std::vector<double>& z :
       {std::vector<double>{0.0, 0.0, 0.0}, {2.0, -1.0, 0.5}, {-3.0, 4.0, 2.5}}) {
    check_same(emulator.predict(z), quadratic(z));
  }
}

TEST_CASE("emulator: on a quadratic the step does not matter", "[unit][emulator]") {
  const std::vector<double> z{1.7, 0.2, -0.4};
  for (const double step : {0.1, 0.25, 1.0, 2.0}) {
    CAPTURE(step);
    check_same(Emulator(at_points, priors, centre, {0, 1, 2}, step).predict(z), quadratic(z));
  }
}

TEST_CASE("emulator: parameters that are not free stay at the centre", "[unit][emulator]") {
  const Emulator emulator(at_points, priors, centre, {2, 0}, 0.5);  // in any order
  check_same(emulator.predict(std::vector<double>{2.0, 9.0, 0.5}), quadratic({2.0, centre[1], 0.5}));
  const Emulator none(at_points, priors, centre, {}, 0.5);
  check_same(none.predict(std::vector<double>{9.0, 9.0, 9.0}), quadratic(centre));
}

TEST_CASE("emulator: 1 + 2 d + d (d - 1) / 2 runs, all asked for at once", "[unit][emulator]") {
  std::vector<std::size_t> asked;
  const SimulatePoints counting = [&](const std::vector<std::vector<double>>& points) {
    asked.push_back(points.size());
    return at_points(points);
  };
  const Emulator three(counting, priors, centre, {0, 1, 2}, 0.5);
  const Emulator two(counting, priors, centre, {0, 1}, 0.5);
  CHECK(asked == std::vector<std::size_t>{10, 6});
}

TEST_CASE("emulator: a cubic is met at the centre and a step to either side", "[unit][emulator]") {
  const SimulatePoints cubic = [](const std::vector<std::vector<double>>& points) {
    std::vector<Predictions> results;
    for (const auto& z : points) {
      const double x = priors[0].value(z[0]);
      results.push_back({{x * x * x, 0.0, 0.0}});
    }
    return results;
  };
  const Emulator emulator(cubic, priors, {0.0}, {0}, 0.5);
  for (const double z : {-0.5, 0.0, 0.5}) {
    CHECK(emulator.predict(std::vector<double>{z})[0][0] == Approx(cubic({{z}})[0][0][0]));
  }
  CHECK(emulator.predict(std::vector<double>{1.5})[0][0] != Approx(cubic({{1.5}})[0][0][0]).epsilon(0.01));
}
