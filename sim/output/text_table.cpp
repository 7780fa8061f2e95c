#include "sim/output/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

std::string TextTable::text(std::size_t words) const {
  std::vector<std::size_t> width(rows_.front().size(), 0);
  for (const auto& row : rows_) {
    for (std::size_t c = 0; c < row.size(); ++c) width[c] = std::max(width[c], row[c].size());
  }
  std::string result;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      line += "  ";
      line += c < words ? fmt::format("{:<{}}", row[c], width[c]) : fmt::format("{:>{}}", row[c], width[c]);
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    result += line + "\n";
  }
  return result;
}

std::string signed_number(double value, int decimals) { return fmt::format("{:+.{}f}", value, decimals); }

int decimals_for(double size, int most) {
  return size >= 100.0 ? 0 : size >= 1.0 ? 1 : size >= 0.1 ? std::min(3, most) : most;
}

}  // namespace chokepoint
