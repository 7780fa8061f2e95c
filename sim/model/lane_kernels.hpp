/// The inner loops of the market, over accounts in multiples of eight.
///
/// Each is compiled for several instruction sets and chosen at load time. The bits do not depend on the
/// choice: elementwise loops have no order, sums have eight partial sums by account number modulo eight and
/// one written order of adding them (combine_lanes), and no fused multiply-add is allowed anywhere.
#pragma once

#include <cstddef>

namespace chokepoint {

/// odds_sum[i] += odds[i] * factor;  wealth[i] += holding[i] * price.
void add_odds_and_wealth(double* odds_sum, double* wealth, const double* odds, const double* holding,
                         double factor, double price, std::size_t n);

/// sum[i] += weight * x[i].
void add_scaled(double* sum, const double* x, double weight, std::size_t n);

/// intensity[i] = max(wealth[i], 0) / odds_sum[i].
void divide_wealth(double* intensity, const double* wealth, const double* odds_sum, std::size_t n);

/// Sum of a[i].
double lane_sum(const double* a, std::size_t n);
/// Sum of a[i] * b[i].
double lane_dot(const double* a, const double* b, std::size_t n);
/// Sums of a[i] * b_c[i] for four rows b_c that lie `stride` apart; the same bits as four calls of lane_dot.
void lane_dot4(const double* a, const double* b, std::size_t stride, std::size_t n, double* result);

}  // namespace chokepoint
