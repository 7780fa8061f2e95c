/// Elementary functions whose bits depend on nothing but their argument.
///
/// The standard library's exp, log and tanh differ between versions and instruction sets, so state
/// never uses them. These are plain IEEE-754 double arithmetic in a written order: no fused
/// multiply-add, no tables, no branches that stop vectorisation of `exponential`.
///
/// Accuracy, measured in tests/unit/math_test.cpp: relative error below 4e-16 for exponential and
/// logarithm, absolute error below 4e-16 for hyperbolic_tangent.
#pragma once

#include <bit>
#include <cstdint>

namespace chokepoint {

/// e^x. Arguments are clipped to [-700, 700]: outside, a log price has left the model's world.
/// Method: x = n ln 2 + r, |r| <= ln(2)/2, Taylor series of e^r to r^13, scaled by 2^n.
inline double exponential(double x) {
  constexpr double log2_e = 1.4426950408889634074;
  constexpr double ln2_high = 6.93147180369123816490e-01;  // 33 leading bits: n * ln2_high is exact
  constexpr double ln2_low = 1.90821492927058770002e-10;
  constexpr double shift = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds to the nearest integer
  x = x < -700.0 ? -700.0 : x;
  x = x > 700.0 ? 700.0 : x;
  const double shifted = x * log2_e + shift;
  const double n = shifted - shift;
  const double r = (x - n * ln2_high) - n * ln2_low;
  double sum = 1.0 / 6227020800.0;
  sum = sum * r + 1.0 / 479001600.0;
  sum = sum * r + 1.0 / 39916800.0;
  sum = sum * r + 1.0 / 3628800.0;
  sum = sum * r + 1.0 / 362880.0;
  sum = sum * r + 1.0 / 40320.0;
  sum = sum * r + 1.0 / 5040.0;
  sum = sum * r + 1.0 / 720.0;
  sum = sum * r + 1.0 / 120.0;
  sum = sum * r + 1.0 / 24.0;
  sum = sum * r + 1.0 / 6.0;
  sum = sum * r + 0.5;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  // The low bits of `shifted` hold n as an integer; moved into the exponent field they are 2^n.
  const std::uint64_t bits = (std::bit_cast<std::uint64_t>(shifted) << 52) + (std::uint64_t{1023} << 52);
  return sum * std::bit_cast<double>(bits);
}

/// ln x for finite x > 0 (normal numbers). The caller guarantees the domain.
/// Method: x = 2^n m, m in [sqrt(1/2), sqrt(2)), ln m = 2 atanh((m - 1) / (m + 1)) by its series.
inline double logarithm(double x) {
  constexpr double ln2_high = 6.93147180369123816490e-01;
  constexpr double ln2_low = 1.90821492927058770002e-10;
  constexpr double square_root_half = 0.70710678118654752440;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  auto n = static_cast<std::int64_t>(bits >> 52) - 1022;
  double m = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3fe0000000000000ULL);  // [0.5, 1)
  if (m < square_root_half) {
    m += m;
    --n;
  }
  const double f = (m - 1.0) / (m + 1.0);
  const double f2 = f * f;
  double sum = 1.0 / 23.0;
  sum = sum * f2 + 1.0 / 21.0;
  sum = sum * f2 + 1.0 / 19.0;
  sum = sum * f2 + 1.0 / 17.0;
  sum = sum * f2 + 1.0 / 15.0;
  sum = sum * f2 + 1.0 / 13.0;
  sum = sum * f2 + 1.0 / 11.0;
  sum = sum * f2 + 1.0 / 9.0;
  sum = sum * f2 + 1.0 / 7.0;
  sum = sum * f2 + 1.0 / 5.0;
  sum = sum * f2 + 1.0 / 3.0;
  const double ln_m = 2.0 * f + 2.0 * f * f2 * sum;
  const double scale = static_cast<double>(n);
  return scale * ln2_high + (ln_m + scale * ln2_low);
}

/// tanh x, from e^(-2|x|); used for the bounded momentum signal.
inline double hyperbolic_tangent(double x) {
  const double magnitude = x < 0 ? -x : x;
  const double e = exponential(-2.0 * magnitude);
  const double value = (1.0 - e) / (1.0 + e);
  return x < 0 ? -value : value;
}

/// base^power for base > 0.
inline double power(double base, double exponent) { return exponential(exponent * logarithm(base)); }

/// Standard normal quantile of u in (0, 1): algorithm AS 241 (PPND16), Wichura (1988),
/// Applied Statistics 37(3), 477-484; relative accuracy about 1e-16.
double normal_quantile(double u);

}  // namespace chokepoint
