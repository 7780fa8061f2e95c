#include "sim/study/record_difference.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <tuple>

namespace chokepoint {
namespace {

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// First row in which a number differs, or `same`.
std::size_t first_row(const std::vector<double>& a, const std::vector<double>& b, std::size_t columns) {
  const auto at = std::mismatch(a.begin(), a.end(), b.begin(), b.end(), same_bits).first;
  return at == a.end() ? RecordDifference::same : static_cast<std::size_t>(at - a.begin()) / columns;
}

bool same_beginning(const AccessSpell& a, const AccessSpell& b) {
  return a.model == b.model && index(a.user) == index(b.user) && a.reason == b.reason &&
         a.first_day == b.first_day;
}

std::size_t row_of_day(std::int32_t day) { return static_cast<std::size_t>(day + 1); }

/// Row of the first day on which users are denied a model in one run only, or for another reason. Spells are
/// in the order of their beginning; one that ends earlier differs on the day after its last.
std::size_t first_row(const std::vector<AccessSpell>& a, const std::vector<AccessSpell>& b) {
  std::size_t row = RecordDifference::same;
  std::size_t i = 0;
  while (i < a.size() && i < b.size() && same_beginning(a[i], b[i])) {
    if (a[i].last_day != b[i].last_day) {
      row = std::min(row, row_of_day(std::min(a[i].last_day, b[i].last_day)) + 1);
    }
    ++i;
  }
  if (i < a.size()) row = std::min(row, row_of_day(a[i].first_day));
  if (i < b.size()) row = std::min(row, row_of_day(b[i].first_day));
  return row;
}

/// [series] largest size of the variable over its entities, rows and both runs.
std::vector<double> largest_sizes(const RunRecord& with, const RunRecord& without,
                                  const std::vector<Series>& series) {
  std::map<std::tuple<std::string, std::string, std::string>, double> sizes;
  std::vector<double*> size_of;
  for (const Series& one : series) size_of.push_back(&sizes[{one.variable, one.entity_type, one.unit}]);
  for (const RunRecord* run : {&with, &without}) {
    for (std::size_t at = 0; at < run->values.size(); ++at) {
      double& size = *size_of[at % series.size()];
      if (std::isfinite(run->values[at])) size = std::max(size, std::fabs(run->values[at]));
    }
  }
  std::vector<double> largest;
  for (const double* size : size_of) largest.push_back(*size);
  return largest;
}

bool has_size(const Series& series) {
  return series.file != SeriesFile::sessions && series.file != SeriesFile::indicators;
}

}  // namespace

RecordDifference difference_of(const RunRecord& with, const RunRecord& without,
                               const std::vector<Series>& series) {
  RecordDifference difference;
  const std::size_t columns = series.size();
  difference.first_row =
      std::min(first_row(with.values, without.values, columns), first_row(with.spells, without.spells));
  if (difference.first_row == RecordDifference::same) return difference;
  difference.size.assign(columns, 0.0);
  difference.change.assign(columns, 0.0);
  const std::vector<double> largest = largest_sizes(with, without, series);
  for (std::size_t at = 0; at < with.values.size(); ++at) {
    const std::size_t s = at % columns;
    const double change = with.values[at] - without.values[at];
    if (!std::isfinite(change) || change == 0.0 || !has_size(series[s])) continue;
    const double size =
        std::fabs(change) / (std::fabs(with.values[at]) + std::fabs(without.values[at]) + largest[s]);
    if (size <= difference.size[s]) continue;
    difference.size[s] = size;
    difference.change[s] = change;
  }
  return difference;
}

}  // namespace chokepoint
