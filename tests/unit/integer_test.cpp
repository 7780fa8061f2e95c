#include "sim/base/integer.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace chokepoint;

TEST_CASE("integer: 128-bit sums print in full, both extremes included", "[unit][integer]") {
  CHECK(to_text(Wide{0}) == "0");
  CHECK(to_text(Wide{-7}) == "-7");
  CHECK(to_text(Wide{1000000007} * 1000000000 * 1000000000) == "1000000007000000000000000000");
  const Wide largest = (((Wide{1} << 126) - 1) << 1) + 1;
  CHECK(to_text(largest) == "170141183460469231731687303715884105727");
  CHECK(to_text(-largest - 1) == "-170141183460469231731687303715884105728");
}

TEST_CASE("integer: world cash does not fit 64 bits but its sum is exact", "[unit][integer]") {
  const MicroUsd account = std::numeric_limits<MicroUsd>::max();
  Wide sum = 0;
  for (int i = 0; i < 3; ++i) sum += account;
  CHECK(to_text(sum) == "27670116110564327421");
  CHECK(sum - account - account == account);
}

TEST_CASE("integer: micro-USD as billions", "[unit][integer]") {
  CHECK(billions(Wide{1500000} * 1000000000) == Approx(1.5));
  CHECK(billions(Wide{-1} * 1000000000 * 1000000) == Approx(-1.0));
}

TEST_CASE("integer: rounding is to the nearest whole number, ties to even", "[unit][integer]") {
  CHECK(nearest(0.5) == 0);
  CHECK(nearest(1.5) == 2);
  CHECK(nearest(2.5) == 2);
  CHECK(nearest(-0.5) == 0);
  CHECK(nearest(-1.5) == -2);
  CHECK(nearest(2.4999999) == 2);
  CHECK(nearest(-2.51) == -3);
}
