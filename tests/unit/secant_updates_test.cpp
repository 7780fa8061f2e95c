#include "sim/model/secant_updates.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>

using namespace chokepoint;

TEST_CASE("secant updates: on a line the second step ends at the root", "[unit][secant_updates]") {
  // F(p) = 4 p - 4 from p = 0 with the slope taken as 8: d_0 = -.5; then F = -2, z = -.25, and
  // z / (1 - z d_0 / d_0^2) = -.25 / .5 = -.5, which leads from .5 to the root 1.
  SecantUpdates updates;
  std::array<double, 1> change{-4.0 / 8.0};
  updates.correct(change);
  CHECK(change[0] == -0.5);
  change[0] = -2.0 / 8.0;
  updates.correct(change);
  CHECK(change[0] == -0.5);
}

TEST_CASE("secant updates: a linear market of two lines is solved in four steps", "[unit][secant_updates]") {
  // F = (2 a + b - 3, a + 3 b - 4) with root (1, 1), and the factor is the identity, with which the chord
  // iteration alone would diverge.
  SecantUpdates updates;
  std::array<double, 2> p{0.0, 0.0};
  for (int step = 0; step < 5; ++step) {
    std::array<double, 2> change{2 * p[0] + p[1] - 3, p[0] + 3 * p[1] - 4};
    if (std::fabs(change[0]) + std::fabs(change[1]) < 1e-12) break;
    updates.correct(change);
    for (int i = 0; i < 2; ++i) p[i] -= change[i];
  }
  CHECK(p[0] == Approx(1.0).epsilon(1e-10));
  CHECK(p[1] == Approx(1.0).epsilon(1e-10));
}

TEST_CASE("secant updates: forgotten steps correct nothing", "[unit][secant_updates]") {
  SecantUpdates updates;
  std::array<double, 1> change{-0.5};
  updates.correct(change);
  updates.clear();
  change[0] = -0.25;
  updates.correct(change);
  CHECK(change[0] == -0.25);
}

TEST_CASE("secant updates: a step that would be blown up stays the chord step", "[unit][secant_updates]") {
  SecantUpdates updates;
  std::array<double, 1> change{-0.5};
  updates.correct(change);
  change[0] = -0.49;  // F has hardly moved: the secant slope is a fiftieth of the factor's
  updates.correct(change);
  CHECK(change[0] == -0.49);
}
