/// A folder of results read back: what was run, from which inputs, and its metrics by replicate.
/// Tests: tests/unit/comparison_of_results_test.cpp.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sim/input/scenario.hpp"

namespace chokepoint {

struct StoredResults {
  std::string folder;
  std::string version;                      ///< of the program
  std::string program;                      ///< sha256 of its file
  std::map<std::string, std::string> data;  ///< inputs other than scenario files: path to SHA-256
  Scenario scenario;                        ///< as it was resolved
  /// [arm, metric] by replicate, compared with the reference arm where the metric says so; six digits.
  std::map<std::pair<std::string, std::string>, std::vector<double>> metrics;
};

/// Throws Error{command_line}: with code E084 when the folder holds no results, with E094 when it holds files
/// that do not have the hash of its manifest any more.
StoredResults read_results(const std::string& folder);

/// Throws Error{command_line} with code E094 when data that the results rest on are not what they were, or a
/// version of the program other than `version` made them: running it again would give other numbers.
void expect_same_inputs(const StoredResults& results, const std::string& version);

}  // namespace chokepoint
