#include "sim/model/lane_kernels.hpp"

#include "sim/model/accounts.hpp"

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define CHOKEPOINT_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CHOKEPOINT_CLONES
#endif

namespace chokepoint {

CHOKEPOINT_CLONES
void add_odds_and_wealth(double* __restrict odds_sum, double* __restrict wealth,
                         const double* __restrict odds, const double* __restrict holding, double factor,
                         double price, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    odds_sum[i] += odds[i] * factor;
    wealth[i] += holding[i] * price;
  }
}

CHOKEPOINT_CLONES
void add_scaled(double* __restrict sum, const double* __restrict x, double weight, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) sum[i] += x[i] * weight;
}

CHOKEPOINT_CLONES
void divide_wealth(double* __restrict intensity, const double* __restrict wealth,
                   const double* __restrict odds_sum, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) intensity[i] = (wealth[i] > 0.0 ? wealth[i] : 0.0) / odds_sum[i];
}

CHOKEPOINT_CLONES
double lane_sum(const double* __restrict a, std::size_t n) {
  double part[lanes] = {};
  for (std::size_t i = 0; i < n; i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) part[lane] += a[i + lane];
  }
  return combine_lanes(part);
}

CHOKEPOINT_CLONES
double lane_dot(const double* __restrict a, const double* __restrict b, std::size_t n) {
  double part[lanes] = {};
  for (std::size_t i = 0; i < n; i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) part[lane] += a[i + lane] * b[i + lane];
  }
  return combine_lanes(part);
}

CHOKEPOINT_CLONES
void lane_dot4(const double* __restrict a, const double* __restrict b, std::size_t stride, std::size_t n,
               double* __restrict result) {
  double part[4][lanes] = {};
  for (std::size_t i = 0; i < n; i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const double x = a[i + lane];
      part[0][lane] += x * b[i + lane];
      part[1][lane] += x * b[stride + i + lane];
      part[2][lane] += x * b[2 * stride + i + lane];
      part[3][lane] += x * b[3 * stride + i + lane];
    }
  }
  for (std::size_t c = 0; c < 4; ++c) result[c] = combine_lanes(part[c]);
}

}  // namespace chokepoint
