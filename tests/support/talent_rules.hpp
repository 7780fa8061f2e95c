/// Names and rules that the tests of entry, exit and stay share.
#pragma once

#include "sim/model/talent/entry_rules.hpp"

namespace chokepoint {

inline constexpr std::size_t us = index(Region::us), cn = index(Region::cn), hk = index(Region::hk),
                             row = index(Region::row);
inline constexpr std::size_t chinese = index(Nationality::cn), indian = index(Nationality::in);

inline std::array<bool, nationality_count> only(Nationality nationality) {
  std::array<bool, nationality_count> flags{};
  flags[index(nationality)] = true;
  return flags;
}

inline EntryRule rule_for_chinese_in_us(double admitted, double fee_usd = 0) {
  return {"rule", Region::us, only(Nationality::cn), admitted, fee_usd};
}

}  // namespace chokepoint
