#include "sim/base/math.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>

using namespace chokepoint;

namespace {

double relative_error(double value, long double exact) {
  return static_cast<double>(std::fabs((static_cast<long double>(value) - exact) / exact));
}

long double normal_probability(long double x) { return 0.5L * std::erfc(-x / std::sqrt(2.0L)); }

}  // namespace

TEST_CASE("math: exponential agrees with an 80-bit reference over its range", "[unit][math]") {
  double worst = 0.0;
  for (int i = -1400000; i <= 1400000; i += 7) {
    const double x = i * 0.0005;
    worst = std::fmax(worst, relative_error(exponential(x), std::exp(static_cast<long double>(x))));
  }
  CHECK(worst < 4e-16);
  CHECK(worst > 0.0);
}

TEST_CASE("math: exponential is clipped, exact at 0, monotone around the switch of the power of two",
          "[unit][math]") {
  CHECK(exponential(0.0) == 1.0);
  CHECK(exponential(1000.0) == exponential(700.0));
  CHECK(exponential(-1000.0) == exponential(-700.0));
  CHECK(exponential(-700.0) > 0.0);
  const double half_ln2 = 0.34657359027997264;
  for (int i = -50; i < 50; ++i) {
    const double x = half_ln2 + i * 1e-12;
    CHECK(exponential(x) < exponential(x + 1e-12));
  }
}

TEST_CASE("math: logarithm agrees with an 80-bit reference from 1e-300 to 1e300", "[unit][math]") {
  double worst = 0.0;
  for (int i = -300000; i <= 300000; i += 3) {
    const double x = static_cast<double>(std::pow(10.0L, i * 0.001L));
    if (x == 1.0) continue;
    worst = std::fmax(worst, relative_error(logarithm(x), std::log(static_cast<long double>(x))));
  }
  for (int i = 1; i <= 200000; ++i) {  // near one, where cancellation would show
    for (const double x : {1.0 + i * 1e-6, 1.0 - i * 1e-6}) {
      worst = std::fmax(worst, relative_error(logarithm(x), std::log(static_cast<long double>(x))));
    }
  }
  CHECK(worst < 4e-16);
  CHECK(worst > 0.0);
}

TEST_CASE("math: logarithm at one and at powers of two", "[unit][math]") {
  CHECK(logarithm(1.0) == 0.0);
  CHECK(logarithm(2.0) == 0.69314718055994530942);
  CHECK(logarithm(0.5) == -0.69314718055994530942);
  CHECK(logarithm(1024.0) == 6.9314718055994530942);
}

TEST_CASE("math: the hyperbolic tangent is odd, bounded and close to an 80-bit reference", "[unit][math]") {
  double worst = 0.0;
  for (int i = -100000; i <= 100000; ++i) {
    const double x = i * 2e-4;
    const long double exact = std::tanh(static_cast<long double>(x));
    worst = std::fmax(worst, static_cast<double>(std::fabs(hyperbolic_tangent(x) - exact)));
    CHECK(hyperbolic_tangent(-x) == -hyperbolic_tangent(x));
  }
  CHECK(worst < 4e-16);
  CHECK(hyperbolic_tangent(0.0) == 0.0);
  CHECK(hyperbolic_tangent(400.0) == 1.0);
  CHECK(hyperbolic_tangent(-400.0) == -1.0);
}

TEST_CASE("math: powers", "[unit][math]") {
  CHECK(power(2.0, 10.0) == Approx(1024.0).epsilon(1e-14));
  CHECK(power(0.5, 1.0 / 5.0) == Approx(0.87055056329612413).epsilon(1e-15));
  CHECK(power(7.5, 0.0) == 1.0);
  CHECK(power(1.0, 123.0) == 1.0);
}

TEST_CASE("math: normal quantiles of a printed table", "[unit][math]") {
  CHECK(normal_quantile(0.5) == 0.0);
  CHECK(normal_quantile(0.75) == Approx(0.67448975019608174).epsilon(1e-15));
  CHECK(normal_quantile(0.84134474606854293) == Approx(1.0).epsilon(1e-14));
  CHECK(normal_quantile(0.95) == Approx(1.6448536269514722).epsilon(1e-15));
  CHECK(normal_quantile(0.975) == Approx(1.9599639845400545).epsilon(1e-15));
  CHECK(normal_quantile(0.99) == Approx(2.3263478740408408).epsilon(1e-15));
  CHECK(normal_quantile(0.001) == Approx(-3.0902323061678132).epsilon(1e-15));
  CHECK(normal_quantile(1e-10) == Approx(-6.3613409024040557).epsilon(1e-15));
}

TEST_CASE("math: the normal quantile inverts the distribution function in all three of its branches",
          "[unit][math]") {
  for (int i = 1; i < 2000; ++i) {
    const double u = i / 2000.0;
    const double x = normal_quantile(u);
    CAPTURE(u, x);
    CHECK(static_cast<double>(normal_probability(x)) == Approx(u).epsilon(1e-14));
    CHECK(normal_quantile(1.0 - u) == Approx(-x).margin(1e-13));
  }
  for (int tail = 4; tail <= 300; ++tail) {
    const auto u = static_cast<double>(std::pow(10.0L, -tail));
    const double x = normal_quantile(u);
    CAPTURE(u, x);
    CHECK(static_cast<double>(normal_probability(x)) == Approx(u).epsilon(1e-15 * (1.0 + x * x)));
  }
}
