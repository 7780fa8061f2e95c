/// Tables for people: left-aligned words, right-aligned numbers, as wide as their longest cell.
#pragma once

#include <string>
#include <vector>

namespace chokepoint {

class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header) : rows_{std::move(header)} {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  /// The first `words` columns are left-aligned.
  std::string text(std::size_t words = 1) const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// `+12.3`, `-0.4`.
std::string signed_number(double value, int decimals);

/// Decimals that leave about three significant digits of numbers of this size; `most` below .1.
int decimals_for(double size, int most);

}  // namespace chokepoint
