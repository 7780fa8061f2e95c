/// Exact integers of the ledger: shares and micro-USD in 64 bits, sums in 128.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>

namespace chokepoint {

using Shares = std::int64_t;          ///< [shares]
using MicroUsd = std::int64_t;        ///< [1e-6 USD]
__extension__ typedef __int128 Wide;  ///< sums over accounts; world cash exceeds 64 bits

/// Decimal text of a 128-bit integer.
inline std::string to_text(Wide value) {
  if (value == 0) return "0";
  const bool negative = value < 0;
  std::string digits;
  for (Wide rest = value; rest != 0; rest /= 10) {
    const int digit = static_cast<int>(rest % 10);
    digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
  }
  return (negative ? "-" : "") + digits;
}

/// Micro-USD as USD billions, for output only.
inline double billions(Wide micro_usd) { return static_cast<double>(micro_usd) * 1e-15; }

/// Nearest integer, ties to even (the default IEEE rounding).
inline std::int64_t nearest(double value) { return static_cast<std::int64_t>(std::nearbyint(value)); }

/// The same and its inverse without a conversion instruction, for loops over many: adding 1.5 * 2^52 leaves
/// the integer in the low bits. Both are exact below `largest_small` in size.
inline constexpr double largest_small = 2251799813685248.0;  // 2^51
inline constexpr double integer_shift = 6755399441055744.0;  // 1.5 * 2^52
inline std::int64_t nearest_small(double value) {
  return std::bit_cast<std::int64_t>(value + integer_shift) - std::bit_cast<std::int64_t>(integer_shift);
}
inline double small_to_double(std::int64_t value) {
  return std::bit_cast<double>(value + std::bit_cast<std::int64_t>(integer_shift)) - integer_shift;
}

}  // namespace chokepoint
