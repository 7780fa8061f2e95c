#include "sim/model/indicators/concentration.hpp"

#include <catch2/catch.hpp>
#include <vector>

using namespace chokepoint;

TEST_CASE("concentration: one vendor is 1, n equal ones are 1/n, nobody is 0", "[unit][concentration]") {
  CHECK(herfindahl(std::array{3.0}) == 1.0);
  CHECK(herfindahl(std::array{0.0, 0.0, 7.0}) == 1.0);
  CHECK(herfindahl(std::array{2.0, 2.0, 2.0, 2.0}) == 0.25);
  CHECK(herfindahl(std::array{0.0, 0.0}) == 0.0);
  CHECK(herfindahl({}) == 0.0);
}

TEST_CASE("concentration: shares or amounts, by hand", "[unit][concentration]") {
  CHECK(herfindahl(std::array{0.5, 0.3, 0.2}) == Approx(0.38));  // .25 + .09 + .04
  CHECK(herfindahl(std::array{50.0, 30.0, 20.0}) == Approx(0.38));
}

TEST_CASE("concentration: of the world and by region, by hand", "[unit][concentration]") {
  // Vendors' totals 8, 4, 4 of 16: .25 + .0625 + .0625.
  const std::vector<double> spend{6, 0, 0, 2,  //
                                  2, 0, 0, 2,  //
                                  0, 4, 0, 0};
  const Concentration found = concentration(spend);
  CHECK(found.world == Approx(0.375));
  CHECK(found.region[index(Region::us)] == Approx(0.625));  // 6 and 2 of 8
  CHECK(found.region[index(Region::cn)] == 1.0);
  CHECK(found.region[index(Region::hk)] == 0.0);
  CHECK(found.region[index(Region::row)] == Approx(0.5));
  CHECK(concentration({}).world == 0.0);
}

TEST_CASE("concentration: a divided world is less concentrated than its parts, a common winner is not",
          "[unit][concentration]") {
  const std::vector<double> common{9, 9, 0, 0, 1, 1, 0, 0};
  const std::vector<double> divided{10, 0, 0, 0, 0, 10, 0, 0};
  CHECK(concentration(divided).world < concentration(common).world);
  for (const Region region : {Region::us, Region::cn}) {
    CHECK(concentration(divided).region[index(region)] > concentration(common).region[index(region)]);
  }
}
