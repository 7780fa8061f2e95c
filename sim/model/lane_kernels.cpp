#include "sim/model/lane_kernels.hpp"

#include <bit>
#include <limits>

#include "sim/base/math.hpp"
#include "sim/model/accounts.hpp"

#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
#define CHOKEPOINT_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CHOKEPOINT_CLONES
#endif

namespace chokepoint {
namespace {

/// Eight partial sums side by side: one register, two or four, as the instruction set has it.
using Lanes [[gnu::vector_size(lanes * sizeof(double)), gnu::aligned(sizeof(double)), gnu::may_alias]] =
    double;

/// The eight numbers that begin at x[i].
inline const Lanes& lanes_at(const double* x, std::size_t i) {
  return *reinterpret_cast<const Lanes*>(x + i);
}

inline double combine(const Lanes& part) {
  return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

}  // namespace

CHOKEPOINT_CLONES
void exponentials(std::span<double> x) {
  double* const __restrict value = x.data();
  const std::size_t n = x.size();
  for (std::size_t i = 0; i < n; ++i) value[i] = exponential(value[i]);
}

CHOKEPOINT_CLONES
void add_odds_and_wealth(double* __restrict odds_sum, double* __restrict wealth, Rows odds, Rows holding,
                         const double* __restrict factor, const double* __restrict price, Stretch at) {
  std::size_t c = 0;
  for (; c + 4 <= odds.size(); c += 4) {
    const double *o0 = odds[c], *o1 = odds[c + 1], *o2 = odds[c + 2], *o3 = odds[c + 3];
    const double *h0 = holding[c], *h1 = holding[c + 1], *h2 = holding[c + 2], *h3 = holding[c + 3];
    const double f0 = factor[c], f1 = factor[c + 1], f2 = factor[c + 2], f3 = factor[c + 3];
    const double p0 = price[c], p1 = price[c + 1], p2 = price[c + 2], p3 = price[c + 3];
    for (std::size_t i = at.begin; i < at.end; ++i) {
      odds_sum[i] = (((odds_sum[i] + o0[i] * f0) + o1[i] * f1) + o2[i] * f2) + o3[i] * f3;
      wealth[i] = (((wealth[i] + h0[i] * p0) + h1[i] * p1) + h2[i] * p2) + h3[i] * p3;
    }
  }
  for (; c < odds.size(); ++c) {
    for (std::size_t i = at.begin; i < at.end; ++i) {
      odds_sum[i] += odds[c][i] * factor[c];
      wealth[i] += holding[c][i] * price[c];
    }
  }
}

CHOKEPOINT_CLONES
void add_scaled(double* __restrict sum, const double* __restrict x, double weight, Stretch at) {
  for (std::size_t i = at.begin; i < at.end; ++i) sum[i] += x[i] * weight;
}

CHOKEPOINT_CLONES
void divide_wealth(double* __restrict intensity, const double* __restrict wealth,
                   const double* __restrict odds_sum, Stretch at) {
  for (std::size_t i = at.begin; i < at.end; ++i) {
    intensity[i] = (wealth[i] > 0.0 ? wealth[i] : 0.0) / odds_sum[i];
  }
}

CHOKEPOINT_CLONES
double lane_sum(const double* x, Stretch at) {
  Lanes part{};
  for (std::size_t i = at.begin; i < at.end; i += lanes) part += lanes_at(x, i);
  return combine(part);
}

CHOKEPOINT_CLONES
double lane_dot(const double* x, const double* y, Stretch at) {
  Lanes part{};
  for (std::size_t i = at.begin; i < at.end; i += lanes) part += lanes_at(x, i) * lanes_at(y, i);
  return combine(part);
}

CHOKEPOINT_CLONES
void lane_dots(const double* x, Rows rows, Stretch at, double* result) {
  std::size_t c = 0;
  for (; c + 4 <= rows.size(); c += 4) {
    const double *y0 = rows[c], *y1 = rows[c + 1], *y2 = rows[c + 2], *y3 = rows[c + 3];
    Lanes part0{}, part1{}, part2{}, part3{};
    for (std::size_t i = at.begin; i < at.end; i += lanes) {
      const Lanes xi = lanes_at(x, i);
      part0 += xi * lanes_at(y0, i);
      part1 += xi * lanes_at(y1, i);
      part2 += xi * lanes_at(y2, i);
      part3 += xi * lanes_at(y3, i);
    }
    result[c] = combine(part0);
    result[c + 1] = combine(part1);
    result[c + 2] = combine(part2);
    result[c + 3] = combine(part3);
  }
  for (; c < rows.size(); ++c) {
    Lanes part{};
    for (std::size_t i = at.begin; i < at.end; i += lanes) part += lanes_at(x, i) * lanes_at(rows[c], i);
    result[c] = combine(part);
  }
}

CHOKEPOINT_CLONES
double fill_jacobian(const JacobianTerms& of, Stretch at, double* __restrict left, double* __restrict right) {
  const auto [odds, attention, holding, intensity, odds_sum, share, factor, slope, money, price] = of;
  double part[lanes] = {};
  for (std::size_t i = at.begin; i < at.end; i += lanes) {
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      const std::size_t a = i + lane;
      const double moved = odds[a] * factor * slope * intensity[a];
      part[lane] += share * moved;
      left[a] = share * (odds[a] * factor) / odds_sum[a];
      right[a] = holding[a] * price - moved;
    }
  }
  if (attention != nullptr) {
    for (std::size_t a = at.begin; a < at.end; ++a) left[a] += share * (attention[a] * money) / odds_sum[a];
  }
  return combine_lanes(part);
}

CHOKEPOINT_CLONES
void fill_wishes(const WishTerms& of, Stretch at, double* __restrict wish) {
  const auto [odds, attention, holding, intensity, share, factor, money, shares_per_usd] = of;
  for (std::size_t i = at.begin; i < at.end; ++i) wish[i] = odds[i] * factor;
  if (attention != nullptr) {
    for (std::size_t i = at.begin; i < at.end; ++i) wish[i] += attention[i] * money;
  }
  for (std::size_t i = at.begin; i < at.end; ++i) {
    wish[i] = share * (wish[i] * intensity[i] * shares_per_usd - holding[i]);
  }
}

CHOKEPOINT_CLONES
TradeRange round_trades(Shares* __restrict traded, const double* __restrict total,
                        const Shares* __restrict holding, std::size_t n) {
  TradeRange range;
  if (n == 0) return range;
  constexpr std::int64_t sign_bit = std::numeric_limits<std::int64_t>::min();
  std::int64_t largest = 0;  // sizes of doubles are ordered as their bits are
  traded[0] = nearest_small(total[0]);
  for (std::size_t i = 1; i < n; ++i) traded[i] = nearest_small(total[i]) - nearest_small(total[i - 1]);
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t size = std::bit_cast<std::int64_t>(total[i]) & ~sign_bit;
    largest = size > largest ? size : largest;
    const Shares shares = traded[i] < 0 ? -traded[i] : traded[i];
    const Shares held = holding[i] + traded[i];
    range.largest_trade = shares > range.largest_trade ? shares : range.largest_trade;
    range.smallest_holding = held < range.smallest_holding ? held : range.smallest_holding;
    range.largest_holding = held > range.largest_holding ? held : range.largest_holding;
  }
  range.largest_total = std::bit_cast<double>(largest);
  return range;
}

CHOKEPOINT_CLONES
bool settle_trades(Shares* __restrict holding, double* __restrict holding_view, MicroUsd* __restrict cash,
                   const Shares* __restrict traded, MicroUsd price, std::size_t n) {
  std::int64_t overflow = 0;  // negative once a balance has left its range
  for (std::size_t i = 0; i < n; ++i) {
    const MicroUsd leg = traded[i] * price;
    const auto balance =
        static_cast<MicroUsd>(static_cast<std::uint64_t>(cash[i]) - static_cast<std::uint64_t>(leg));
    overflow |= (cash[i] ^ leg) & (cash[i] ^ balance);
    cash[i] = balance;
    holding[i] += traded[i];
    holding_view[i] = small_to_double(holding[i]);
  }
  return overflow >= 0;
}

CHOKEPOINT_CLONES
Shares book_trades(Shares* __restrict booked_shares, MicroUsd* __restrict booked_cash,
                   const Shares* __restrict traded, MicroUsd price, Stretch at) {
  Shares sum = 0;
  for (std::size_t i = at.begin; i < at.end; ++i) {
    sum += traded[i];
    booked_shares[i] += traded[i];
    booked_cash[i] -= traded[i] * price;
  }
  return sum;
}

CHOKEPOINT_CLONES
HoldingCount count_holding(Shares* __restrict total, const Shares* __restrict holding, std::size_t n) {
  HoldingCount count;
  for (std::size_t i = 0; i < n; ++i) {
    total[i] += holding[i];
    count.sum += holding[i];
    count.smallest = holding[i] < count.smallest ? holding[i] : count.smallest;
  }
  return count;
}

}  // namespace chokepoint
