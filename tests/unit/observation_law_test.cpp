#include "sim/study/backtest/observation_law.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

using namespace chokepoint;

namespace {

constexpr double pi = std::numbers::pi;

/// Density of Student's t with 5 degrees of freedom and sd 1, from its gamma functions: t = x sqrt(5/3).
double t5_density(double x) {
  const double gammas = std::tgamma(3.0) / (std::sqrt(5.0 * pi) * std::tgamma(2.5));
  const double t = x * std::sqrt(5.0 / 3.0);
  return gammas * std::pow(1.0 + t * t / 5.0, -3.0) * std::sqrt(5.0 / 3.0);
}

/// Integral by the midpoint rule.
template <class Function>
double integral(double from, double to, int steps, Function f) {
  const double h = (to - from) / steps;
  double sum = 0.0;
  for (int i = 0; i < steps; ++i) sum += f(from + (i + 0.5) * h);
  return sum * h;
}

double normal_density(double x) { return std::exp(-0.5 * x * x) / std::sqrt(2.0 * pi); }

/// Density of all rows together with the shared shock of sd `shock` integrated by brute force; `sd` are the
/// rows' own.
double brute_density(const std::vector<LawRow>& rows, double shock, const std::vector<double>& sd) {
  return integral(-9.0, 9.0, 200000, [&](double z) {
    double product = normal_density(z);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      product *= t5_density((rows[i].observed - rows[i].simulated - shock * z) / sd[i]) / sd[i];
    }
    return product;
  });
}

}  // namespace

TEST_CASE("observation law: the Student density integrates to one and has sd one", "[unit][law]") {
  CHECK(integral(-2000, 2000, 4000000, student_density) == Approx(1.0).margin(1e-9));
  // The tail beyond 2000 holds less than 1e-8 of the variance.
  const double variance = integral(-2000, 2000, 4000000, [](double x) { return x * x * student_density(x); });
  CHECK(variance == Approx(1.0).margin(1e-7));
  for (const double x : {0.0, 0.5, -1.0, 3.0, 10.0}) CHECK(student_density(x) == Approx(t5_density(x)));
}

TEST_CASE("observation law: the distribution function is the integral of the density", "[unit][law]") {
  CHECK(student_distribution(0.0) == 0.5);
  for (const double x : {0.3, 1.0, 2.0, 6.0}) {
    CHECK(student_distribution(x) == Approx(0.5 + integral(0, x, 100000, student_density)).epsilon(1e-9));
    CHECK(student_distribution(-x) == Approx(1.0 - student_distribution(x)));
  }
  // The 97.5 % point of t with 5 degrees of freedom is 2.570582.
  CHECK(student_distribution(2.570582 / std::sqrt(5.0 / 3.0)) == Approx(0.975).epsilon(1e-6));
  CHECK(student_distribution(1e6) == Approx(1.0));
}

TEST_CASE("observation law: one row without a shared shock is a Student density", "[unit][law]") {
  const ObservationLaw law{0.0, 1.2, 0.7};
  const std::vector<LawRow> row{{-0.10, -0.04, 0.02}};
  const double sd = std::sqrt(0.02 * 0.02 + 0.028 * 0.028);
  CHECK(log_density(law, row) == Approx(std::log(t5_density(-0.06 / sd) / sd)));
  // Without the model's error only the noise is left.
  const ObservationLaw exact{0.0, 1.2, 0.0};
  CHECK(log_density(exact, row) == Approx(std::log(t5_density(-3.0) / 0.02)));
  CHECK(log_density(law, std::vector<LawRow>{}) == 0.0);
}

TEST_CASE("observation law: two rows share a shock, integrated as brute force does", "[unit][law]") {
  const ObservationLaw law{0.3, 1.2, 0.7};
  const std::vector<LawRow> rows{{-0.05, -0.02, 0.02}, {-0.03, 0.01, 0.02}};
  const std::vector<double> sd{std::sqrt(0.0004 * 0.7 + 0.014 * 0.014),
                               std::sqrt(0.0004 * 0.7 + 0.007 * 0.007)};
  const double shock = 0.02 * std::sqrt(0.3);
  const double together = std::log(brute_density(rows, shock, sd));
  CHECK(log_density(law, rows) == Approx(together).margin(1e-3));
  // Both fell by more than was simulated: likelier together than apart.
  const double apart = log_density(law, std::span(rows).first(1)) + log_density(law, std::span(rows).last(1));
  CHECK(together > apart + 0.1);
  CHECK(log_density(law, rows) > apart + 0.1);
}

TEST_CASE("observation law: the shared shock has the median of the rows' sd", "[unit][law]") {
  const ObservationLaw law{0.3, 1.2, 0.0};
  const std::vector<LawRow> rows{{0.02, 0.0, 0.05}, {-0.01, 0.0, 0.01}, {0.03, 0.0, 0.02}};
  std::vector<double> sd;
  for (const LawRow& row : rows) sd.push_back(row.noise_sd * std::sqrt(0.7));
  CHECK(log_density(law, rows) ==
        Approx(std::log(brute_density(rows, 0.02 * std::sqrt(0.3), sd))).margin(2e-3));
}

TEST_CASE("observation law: of an even number of rows the median is the mean of the middle two",
          "[unit][law]") {
  const ObservationLaw law{0.3, 1.2, 0.0};
  // Median .025; the mean is .04, the upper of the two .03, the lower .02.
  const std::vector<LawRow> rows{{0.03, 0.0, 0.03}, {0.02, 0.0, 0.01}, {0.05, 0.0, 0.10}, {0.04, 0.0, 0.02}};
  std::vector<double> sd;
  for (const LawRow& row : rows) sd.push_back(row.noise_sd * std::sqrt(0.7));
  const auto with_shock = [&](double shock) {
    return std::log(brute_density(rows, shock * std::sqrt(0.3), sd));
  };
  CHECK(log_density(law, rows) == Approx(with_shock(0.025)).margin(2e-3));
  for (const double other : {0.02, 0.03, 0.04}) {
    CHECK(std::fabs(with_shock(other) - with_shock(0.025)) > 1e-2);
  }
}

TEST_CASE("observation law: the density of one row integrates to one over what is observed", "[unit][law]") {
  const ObservationLaw law{0.3, 1.2, 0.7};
  const double total = integral(-3.0, 3.0, 60000, [&](double observed) {
    return std::exp(log_density(law, std::vector<LawRow>{{observed, 0.03, 0.02}}));
  });
  CHECK(total == Approx(1.0).margin(1e-5));
}

TEST_CASE("observation law: the chance that all rows stay within a bound", "[unit][law]") {
  const ObservationLaw independent{0.0, 1.2, 0.7};
  const std::vector<LawRow> quiet{{0, 0.0, 0.02}};
  const double within = 2.0 * student_distribution(2.0) - 1.0;
  CHECK(all_within(independent, quiet, 2.0) == Approx(within));
  CHECK(all_within(independent, std::vector<LawRow>{}, 2.0) == 1.0);
  const std::vector<LawRow> two{{0, 0.0, 0.02}, {0, 0.0, 0.05}};
  CHECK(all_within(independent, two, 2.0) == Approx(within * within));
  // A simulated move off centre: bounds at (.04 -+ .03) / sd, sd = sqrt(.02^2 + .021^2).
  const double sd = std::sqrt(0.0004 + 0.021 * 0.021);
  CHECK(all_within(independent, std::vector<LawRow>{{0, 0.03, 0.02}}, 2.0) ==
        Approx(student_distribution(0.01 / sd) - student_distribution(-0.07 / sd)));
}

TEST_CASE("observation law: within a bound with a shared shock is the integral of the density",
          "[unit][law]") {
  const ObservationLaw law{0.3, 1.2, 0.7};
  const auto density = [&](double observed) {
    return std::exp(log_density(law, std::vector<LawRow>{{observed, 0.03, 0.02}}));
  };
  CHECK(all_within(law, std::vector<LawRow>{{0, 0.03, 0.02}}, 2.0) ==
        Approx(integral(-0.04, 0.04, 4000, density)).margin(1e-6));
  // Rows that share a shock stay within together more often.
  const ObservationLaw noise{0.3, 1.2, 0.0};
  const double one = all_within(noise, std::vector<LawRow>{{0, 0, 0.02}}, 2.0);
  CHECK(all_within(noise, std::vector<LawRow>{{0, 0, 0.02}, {0, 0, 0.02}}, 2.0) > one * one + 1e-3);
}

TEST_CASE("observation law: the noise of a window grows with its sessions and later news", "[unit][law]") {
  const ObservationLaw law;  // 1.2
  CHECK(window_sd(law, 0.02, 0) == 0.02);
  CHECK(window_sd(law, 0.02, 1) == Approx(std::sqrt(3.0) * 0.024));
  CHECK(window_sd(law, 0.02, 2) == Approx(std::sqrt(5.0) * 0.024));
}

TEST_CASE("observation law: draws have the law's mean, sd and tails", "[unit][law]") {
  const ObservationLaw law{0.3, 1.2, 0.7};
  const RandomStream random(5, 0);
  constexpr std::uint32_t draws = 40000;
  double sum = 0.0, squares = 0.0;
  std::uint32_t outside = 0;
  for (std::uint32_t i = 0; i < draws; ++i) {
    const double x = draw_observation(law, -0.03, 0.02, random, 7, i);
    sum += x;
    squares += (x + 0.03) * (x + 0.03);
    outside += std::fabs(x) > 0.04 ? 1 : 0;
  }
  const double sd = std::sqrt(0.0004 + 0.021 * 0.021);  // .029
  CHECK(sum / draws == Approx(-0.03).margin(4.0 * sd / std::sqrt(draws)));
  // The kurtosis of the whole is below that of t with 5 degrees of freedom, 9: sd error below sqrt(2 / n).
  CHECK(std::sqrt(squares / draws) == Approx(sd).epsilon(4.0 * std::sqrt(2.0 / draws)));
  const double within = all_within(law, std::vector<LawRow>{{0, -0.03, 0.02}}, 2.0);
  CHECK(1.0 - outside / static_cast<double>(draws) == Approx(within).margin(4.0 * 0.5 / std::sqrt(draws)));
}

TEST_CASE("observation law: a draw is named by subject and step", "[unit][law]") {
  const ObservationLaw law;
  const RandomStream random(5, 0);
  const double one = draw_observation(law, 0.01, 0.02, random, 1, 2);
  CHECK(one == draw_observation(law, 0.01, 0.02, random, 1, 2));
  CHECK(one != draw_observation(law, 0.01, 0.02, random, 1, 3));
  CHECK(one != draw_observation(law, 0.01, 0.02, random, 2, 2));
  CHECK(one != draw_observation(law, 0.01, 0.02, RandomStream(5, 1), 1, 2));
}
