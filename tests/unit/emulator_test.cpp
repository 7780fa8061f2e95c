#include "sim/study/calibration/emulator.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

/// Three parameters, two returns, three windows: a quadratic with all of its terms.
Predictions quadratic(const std::vector<double>& z) {
  const double x = z[0], y = z[1], w = z[2];
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
  const Emulator emulator(at_points, centre, {0, 1, 2}, 0.5);
  CHECK(emulator.centre() == centre);
  check_same(emulator.predict(centre), quadratic(centre));
  for (const std::vector<double>& z :
       {std::vector<double>{0.0, 0.0, 0.0}, {2.0, -1.0, 0.5}, {-3.0, 4.0, 5.0}}) {
    check_same(emulator.predict(z), quadratic(z));
  }
}

TEST_CASE("emulator: on a quadratic the step does not matter", "[unit][emulator]") {
  const std::vector<double> z{1.7, 0.2, -0.4};
  for (const double step : {0.1, 0.25, 1.0, 2.0}) {
    CAPTURE(step);
    check_same(Emulator(at_points, centre, {0, 1, 2}, step).predict(z), quadratic(z));
  }
}

TEST_CASE("emulator: parameters that are not free stay at the centre", "[unit][emulator]") {
  const Emulator emulator(at_points, centre, {2, 0}, 0.5);  // in any order
  check_same(emulator.predict(std::vector<double>{2.0, 9.0, 0.5}), quadratic({2.0, centre[1], 0.5}));
  const Emulator none(at_points, centre, {}, 0.5);
  check_same(none.predict(std::vector<double>{9.0, 9.0, 9.0}), quadratic(centre));
}

TEST_CASE("emulator: 1 + 2 d + d (d - 1) / 2 runs, all asked for at once", "[unit][emulator]") {
  std::vector<std::size_t> asked;
  const SimulatePoints counting = [&](const std::vector<std::vector<double>>& points) {
    asked.push_back(points.size());
    return at_points(points);
  };
  const Emulator three(counting, centre, {0, 1, 2}, 0.5);
  const Emulator two(counting, centre, {0, 1}, 0.5);
  CHECK(asked == std::vector<std::size_t>{10, 6});
}

TEST_CASE("emulator: of a cubic it keeps slope and curvature at the step", "[unit][emulator]") {
  const SimulatePoints cubic = [](const std::vector<std::vector<double>>& points) {
    std::vector<Predictions> results;
    for (const auto& z : points) results.push_back({{z[0] * z[0] * z[0], 0.0, 0.0}});
    return results;
  };
  // Around 0 with step h the slope is h^2: .25 x 2 = .5 at z = 2, not 8.
  const Emulator emulator(cubic, {0.0}, {0}, 0.5);
  CHECK(emulator.predict(std::vector<double>{2.0})[0][0] == Approx(0.5));
  CHECK(emulator.predict(std::vector<double>{0.5})[0][0] == Approx(0.125));  // met at the step
}
