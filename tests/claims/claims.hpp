/// The table tests/claims.txt, and a claim's two runs: its mechanism on and off, nothing else changed.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace chokepoint {

enum class Move { up, down, either };

/// What switches a mechanism off: parameters are set, events left out, vendors' terms struck from the data.
struct Switch {
  std::vector<std::pair<std::string, double>> parameters;
  std::vector<std::string> events;
  std::vector<std::string> vendors;  ///< whose terms exclude nobody
};

/// A row of tests/claims.txt; its head says what the columns are.
struct Claim {
  std::string number;
  std::string words;
  std::string mechanism;
  std::string column;  ///< "file: variable[selectors]" as written
  std::string file;
  SeriesExpression series;
  Move move{};
  std::string scenario;
  std::string arm;
  std::size_t days = 0;
  bool market = false;
  std::string off;  ///< as written
  Switch off_switch;
  std::set<std::string> may_move;
  std::vector<std::string> tests;
};

/// Throws std::runtime_error with the number of the line when a row is no claim.
std::vector<Claim> read_claims(const std::string& path);

/// Fields between bars, without the blanks around them.
std::vector<std::string> cells_of(const std::string& line);

/// Largest difference of a variable between two runs, on minus off, over all its series and days.
struct Difference {
  std::string series;
  double value = 0;
};

/// One claim's pair of runs, day by day, all series.
struct PairOfRuns {
  const std::vector<Series>* series = nullptr;
  std::vector<double> on, off;  ///< [1 + days][series]

  /// By variable, those that differ in any bit.
  std::map<std::string, Difference> differing() const;
  /// Of the sum of some series, over days.
  double largest_difference(const std::vector<std::size_t>& of) const;
};

/// Prepared scenarios and runs with everything on, shared by the claims that ask for the same ones.
class ClaimRuns {
 public:
  const std::vector<Series>& series_of(const Claim& claim);
  PairOfRuns run(const Claim& claim);

 private:
  const Study& study_of(const Claim& claim);

  std::map<std::string, std::unique_ptr<Study>> studies_;
  std::map<std::string, std::vector<double>> on_;
};

}  // namespace chokepoint
