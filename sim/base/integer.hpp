/// Exact integers of the ledger: shares and micro-USD in 64 bits, sums in 128.
#pragma once

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

}  // namespace chokepoint
