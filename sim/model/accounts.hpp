/// Investors as arrays: who owns which row, sorted by class, and their integer ledgers.
///
/// An account is one investor. Accounts of one class (type x domicile) are contiguous and padded to a
/// multiple of eight with empty rows, so that a sum over a class has the same written order (eight
/// partial sums over the account number modulo eight) on every machine.
/// Matrices are stored [line][account].
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/integer.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

inline constexpr std::size_t lanes = 8;

struct ClassBlock {
  std::size_t begin = 0;
  std::size_t end = 0;    ///< padded
  std::size_t count = 0;  ///< investors without padding
};

/// A lot that may not trade yet: counted in the holder's wealth if it is an agent, never in the float.
struct LockedLot {
  std::size_t account = 0;
  std::size_t line = 0;
  Shares shares = 0;
  std::size_t lockup = 0;  ///< row of Facts::lockups
  bool in_wealth = false;  ///< cornerstones are investors from the start; founders are not agents
};

/// The immutable part: who the investors are.
struct Accounts {
  std::array<ClassBlock, class_count> blocks{};
  std::vector<std::uint32_t> identity;  ///< [account] key of the account's random draws
  std::size_t size = 0;                 ///< rows, padding included
  std::size_t investors = 0;            ///< rows that are investors

  std::size_t class_of_account(std::size_t account) const {
    for (std::size_t g = 0; g < class_count; ++g) {
      if (account >= blocks[g].begin && account < blocks[g].end) return g;
    }
    return class_count;
  }
  std::string name(std::size_t account) const {
    const std::size_t g = class_of_account(account);
    return std::string(name_of(type_of_class(g), investor_type_names)) + "/" +
           std::string(name_of(domicile_of_class(g), region_names)) + "#" +
           std::to_string(account - blocks[g].begin);
  }
};

/// Sum of eight lanes in the fixed order ((0+4)+(2+6)) + ((1+5)+(3+7)).
inline double combine_lanes(const double (&part)[lanes]) {
  return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

}  // namespace chokepoint
