#include "sim/model/compute/domestic_chips.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace chokepoint;

TEST_CASE("domestic chips: cost falls by the learning rate with each doubling", "[unit]") {
  ComputeParams params;
  params.learning_rate = 0.2;
  CHECK(domestic_cost(params, 100, 1000, 1000) == Approx(100.0));
  CHECK(domestic_cost(params, 100, 2000, 1000) == Approx(80.0).epsilon(1e-12));  // 100 (1 - .2)
  CHECK(domestic_cost(params, 100, 8000, 1000) == Approx(51.2).epsilon(1e-12));  // 100 (1 - .2)^3
  params.learning_rate = 0;
  CHECK(domestic_cost(params, 100, 8000, 1000) == 100.0);
  params.learning_rate = 0.5;
  CHECK(domestic_cost(params, 100, 8000, 0) == 100.0);  // no experience to count from
  CHECK(domestic_cost(params, 0, 2000, 1000) == 0.0);   // no Chinese chips
}

TEST_CASE("domestic chips: capacity grows by itself, less without tools, more when short", "[unit]") {
  ComputeParams params;
  params.domestic_growth = 0.3;
  params.tools_control_share = 0.5;
  params.domestic_investment = 0.4;
  CHECK(grown_capacity(params, 10, 0, 0, 12) == Approx(10 * std::exp(0.3)));
  CHECK(grown_capacity(params, 10, 1, 0, 12) == Approx(10 * std::exp(0.15)));    // .3 (1 - .5)
  CHECK(grown_capacity(params, 10, 1, 0.5, 12) == Approx(10 * std::exp(0.35)));  // + .4 x .5
  CHECK(grown_capacity(params, 10, 0, 0, 1) == Approx(10 * std::exp(0.3 / 12.0)));
  params.tools_control_share = 0;
  CHECK(grown_capacity(params, 10, 1, 0, 12) == grown_capacity(params, 10, 0, 0, 12));
  params.domestic_investment = 0;
  CHECK(grown_capacity(params, 10, 0, 1, 12) == grown_capacity(params, 10, 0, 0, 12));
  params.domestic_growth = 0;
  CHECK(grown_capacity(params, 10, 1, 1, 12) == 10.0);
}

TEST_CASE("domestic chips: orders beyond capacity are filled in proportion", "[unit]") {
  CHECK(filled_part(10, 5) == 1.0);
  CHECK(filled_part(10, 10) == 1.0);
  CHECK(filled_part(10, 40) == 0.25);
  CHECK(filled_part(0, 1) == 0.0);
  CHECK(filled_part(0, 0) == 1.0);
}
