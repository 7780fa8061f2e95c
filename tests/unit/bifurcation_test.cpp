#include "sim/model/indicators/bifurcation.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

/// Use: rows US, CN, HK, ROW are homes of vendors, columns places of users.
constexpr RegionMatrix use{0.50, 0.00, 0.02, 0.30,  //
                           0.01, 0.12, 0.01, 0.03,  //
                           0.00, 0.00, 0.00, 0.00,  //
                           0.00, 0.00, 0.00, 0.01};

RegionMatrix moved(std::size_t place, double share) {
  RegionMatrix links = use;
  links[place] -= share;
  links[region_count + place] += share;
  return links;
}

}  // namespace

TEST_CASE("bifurcation: by hand, over two blocs", "[unit][bifurcation]") {
  // Cross: .02 to Hong Kong, .01 and .03 out of China: .06. Homes .83 and .17, users .85 and .15:
  // expected 1 - .83 x .85 - .17 x .15 = .269.
  CHECK(bifurcation(use) == Approx(1.0 - 0.06 / 0.269));
  // The same as the assortativity of the 2 x 2 matrix: (.81 + .13 - .731) / (1 - .731)
  CHECK(bifurcation(use) == Approx((0.81 + 0.13 - 0.731) / (1.0 - 0.731)));
  // Twice the amounts are the same world.
  RegionMatrix twice = use;
  for (double& link : twice) link *= 2.0;
  CHECK(bifurcation(twice) == Approx(bifurcation(use)));
}

TEST_CASE("bifurcation: no link across is 1, independence is 0, all across is below 0",
          "[unit][bifurcation]") {
  const std::array<int, 2> two{0, 1};
  CHECK(bifurcation(std::array{3.0, 0.0, 0.0, 1.0}, 2, two) == 1.0);
  // margins (.6, .4) and (.7, .3)
  CHECK(bifurcation(std::array{0.42, 0.18, 0.28, 0.12}, 2, two) == Approx(0.0).margin(1e-15));
  CHECK(bifurcation(std::array{0.0, 1.0, 1.0, 0.0}, 2, two) == -1.0);          // expected .5
  CHECK(bifurcation(std::array{0.0, 3.0, 1.0, 0.0}, 2, two) == Approx(-0.6));  // expected .25 ^ 2 + .75 ^ 2
}

TEST_CASE("bifurcation: what is not defined is 0", "[unit][bifurcation]") {
  const std::array<int, 2> two{0, 1};
  CHECK(bifurcation(std::array{0.0, 0.0, 0.0, 0.0}, 2, two) == 0.0);
  CHECK(bifurcation(std::array{5.0, 0.0, 0.0, 0.0}, 2, two) == 0.0);  // one place alone: nothing could cross
  CHECK(bifurcation(std::array{1.0, 2.0, 3.0, 4.0}, 2, std::array<int, 2>{7, 7}) == 0.0);
  CHECK(bifurcation({}, 0, {}) == 0.0);
}

TEST_CASE(
    "bifurcation: Hong Kong that leaves American vendors raises it, a world that takes up Chinese models "
    "lowers it",
    "[unit][bifurcation]") {
  // Cross .04, homes .81 and .19: expected 1 - .81 x .85 - .19 x .15 = .283.
  const RegionMatrix hong_kong_leaves = moved(index(Region::hk), 0.02);
  CHECK(bifurcation(hong_kong_leaves) == Approx(1.0 - 0.04 / 0.283));
  CHECK(bifurcation(hong_kong_leaves) - bifurcation(use) == Approx(0.082).margin(0.001));
  CHECK(bifurcation(moved(index(Region::row), 0.1)) < bifurcation(use) - 0.1);
  // With HK and ROW as a third bloc the first hardly shows: cross .37 before and after.
  const double before = bifurcation(use, three_blocs);
  CHECK(before == Approx(1.0 - 0.37 / 0.5577));
  CHECK(bifurcation(hong_kong_leaves, three_blocs) - before == Approx(0.009).margin(0.001));
}

TEST_CASE("bifurcation: links of use add vendors of one home", "[unit][bifurcation]") {
  std::vector<Vendor> vendors(3);
  vendors[0].home = Region::us;
  vendors[1].home = Region::cn;
  vendors[2].home = Region::us;
  const std::vector<double> spend{1, 2, 3, 4, 10, 20, 30, 40, 100, 200, 300, 400};
  const RegionMatrix links = usage_links(vendors, spend);
  CHECK(links == RegionMatrix{101, 202, 303, 404, 10, 20, 30, 40, 0, 0, 0, 0, 0, 0, 0, 0});
}

TEST_CASE("bifurcation: links of talent keep every head, Indians with the rest of the world",
          "[unit][bifurcation]") {
  PersonsByOriginAndPlace stock{};
  stock[index(Nationality::us)] = {50, 1, 2, 3};
  stock[index(Nationality::cn)] = {20, 60, 4, 5};
  stock[index(Nationality::hk)] = {6, 7, 8, 9};
  stock[index(Nationality::in)] = {30, 0, 1, 40};
  stock[index(Nationality::row)] = {10, 2, 3, 70};
  CHECK(talent_links(stock) == RegionMatrix{50, 1, 2, 3, 20, 60, 4, 5, 6, 7, 8, 9, 40, 2, 4, 110});
  // Those who return raise it.
  PersonsByOriginAndPlace returned = stock;
  returned[index(Nationality::cn)] = {10, 70, 4, 5};
  CHECK(bifurcation(talent_links(returned)) > bifurcation(talent_links(stock)));
}

TEST_CASE("bifurcation: links of capital are shares times price", "[unit][bifurcation]") {
  const std::vector<std::array<Shares, region_count>> held{{10, 0, 1, 2}, {3, 5, 0, 0}, {0, 0, 4, 0}};
  const std::vector<double> price{2.0, 10.0, 0.5};
  const std::vector<Region> region{Region::us, Region::cn, Region::us};
  const RegionMatrix links = capital_links(held, price, region);
  // US line: 20, 0, 2, 4 USD by domicile; CN line: 30, 50; the third adds 2 of Hong Kong in the US.
  CHECK(links == RegionMatrix{20, 30, 0, 0, 0, 50, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0});
  CHECK(bifurcation(capital_links({}, {}, {})) == 0.0);
}
