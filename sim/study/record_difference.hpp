/// How two runs of one replicate differ in what is recorded.
///
/// The size of a difference on a day is |with - without| / (|with| + |without| + largest), at most .5, where
/// `largest` is the largest size of the variable over all its entities and days in both runs: against its own
/// size alone, whatever goes from nothing to a crumb would be largest. Prices of sessions and indicators of
/// the whole economy have no size: they are other series told in another way. Tests:
/// tests/unit/record_difference_test.cpp.
#pragma once

#include <limits>
#include <vector>

#include "sim/study/replicate.hpp"

namespace chokepoint {

struct RecordDifference {
  std::size_t first_row = same;  ///< first row (0: T0) in which anything differs, or `same`
  std::vector<double> size;      ///< [series] largest relative size over rows; empty when all is the same
  std::vector<double> change;    ///< [series] with - without on the row of the largest size, in its unit

  static constexpr std::size_t same = std::numeric_limits<std::size_t>::max();
};

/// Compares all series row by row, to the bit, and the spells of denial.
RecordDifference difference_of(const RunRecord& with, const RunRecord& without,
                               const std::vector<Series>& series);

}  // namespace chokepoint
