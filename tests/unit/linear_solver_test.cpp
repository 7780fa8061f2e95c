#include "sim/model/linear_solver.hpp"

#include <Eigen/LU>
#include <array>
#include <catch2/catch.hpp>
#include <limits>
#include <vector>

#include "sim/base/random.hpp"

using namespace chokepoint;

TEST_CASE("linear solver: three equations by hand, a row swap included", "[unit][linear_solver]") {
  // 2x + y + z = 5, 4x - 6y = -2, -2x + 7y + 2z = 9 has the solution (1, 1, 2); the pivot is in row two.
  const std::array<double, 9> matrix{2, 1, 1, 4, -6, 0, -2, 7, 2};
  std::array<double, 3> b{5, -2, 9};
  LuFactor lu;
  REQUIRE(lu.factor(matrix, 3));
  lu.solve(b);
  CHECK(b == std::array<double, 3>{1, 1, 2});
  // The factor is kept: a second right-hand side, 3 times the first column plus the third.
  std::array<double, 3> again{7, 12, -4};
  lu.solve(again);
  CHECK(again[0] == Approx(3.0));
  CHECK(again[1] == Approx(0.0).margin(1e-15));
  CHECK(again[2] == Approx(1.0));
}

TEST_CASE("linear solver: a zero on the diagonal is no obstacle", "[unit][linear_solver]") {
  std::array<double, 2> b{3, 4};
  LuFactor lu;
  REQUIRE(lu.factor(std::array<double, 4>{0, 1, 2, 0}, 2));
  lu.solve(b);
  CHECK(b == std::array<double, 2>{2, 3});
}

TEST_CASE("linear solver: singular and non-finite matrices are refused", "[unit][linear_solver]") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  LuFactor lu;
  REQUIRE(lu.factor(std::array<double, 1>{2}, 1));
  CHECK_FALSE(lu.factor(std::array<double, 4>{1, 2, 2, 4}, 2));
  CHECK_FALSE(lu.ready());
  CHECK_FALSE(lu.factor(std::array<double, 4>{0, 1, 0, 1}, 2));
  CHECK_FALSE(lu.factor(std::array<double, 4>{nan, 1, 1, 1}, 2));
  CHECK_FALSE(lu.factor(std::array<double, 4>{1, nan, 1, 1}, 2));
  CHECK_FALSE(lu.factor(std::array<double, 4>{1, 1, infinity, 1}, 2));
}

TEST_CASE("linear solver: random systems of 60 agree with Eigen", "[unit][linear_solver]") {
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  constexpr std::size_t n = 60;
  const RandomStream random(1, 0);
  for (std::uint32_t world = 0; world < 20; ++world) {
    std::vector<double> matrix(n * n), b(n);
    for (std::uint32_t i = 0; i < n * n; ++i) matrix[i] = random.normal(Decision::synthetic_test, i, world);
    for (std::uint32_t i = 0; i < n; ++i) b[i] = random.normal(Decision::synthetic_test, n * n + i, world);
    const Eigen::VectorXd expected = Eigen::Map<RowMajor>(matrix.data(), n, n)
                                         .partialPivLu()
                                         .solve(Eigen::Map<Eigen::VectorXd>(b.data(), n));
    LuFactor lu;
    REQUIRE(lu.factor(matrix, n));
    lu.solve(b);
    for (std::size_t i = 0; i < n; ++i) CHECK(b[i] == Approx(expected[i]).epsilon(1e-9).margin(1e-11));
  }
}
