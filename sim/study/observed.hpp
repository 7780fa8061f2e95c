/// What was observed after T0, for printing beside the simulated band; nothing in a run reads it.
#pragma once

#include <string>
#include <vector>

#include "sim/study/series.hpp"

namespace chokepoint {

struct ObservedValue {
  Date date;
  std::string ticker;
  std::string session;
  std::string measure;  ///< close or high
  double ratio = 0;     ///< to the close of T0
  std::string source;
};

/// Reads the table; rows of tickers that are not in the data and rows before T0 are complaints.
std::vector<ObservedValue> read_observed(const std::string& path, const std::vector<Series>& series,
                                         Date as_of, Problems& problems);

}  // namespace chokepoint
