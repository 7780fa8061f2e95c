#include "sim/output/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chokepoint {

Summary summarise(std::span<double> values, const std::vector<double>& levels) {
  Summary summary;
  summary.n = values.size();
  if (values.empty()) return summary;
  const double count = static_cast<double>(values.size());
  for (const double x : values) summary.mean += x;
  summary.mean /= count;
  double squares = 0.0;
  for (const double x : values) squares += (x - summary.mean) * (x - summary.mean);
  if (values.size() > 1) summary.sd = std::sqrt(squares / (count - 1.0));
  std::sort(values.begin(), values.end());
  if (values.front() == values.back()) {  // without the last bits that sums leave
    summary.mean = values.front();
    summary.sd = 0.0;
  }
  for (const double level : levels) summary.quantiles.push_back(sorted_quantile(values, level));
  return summary;
}

double sorted_quantile(std::span<const double> sorted, double level) {
  const double at = level * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double mean_half_width(const Summary& summary) {
  if (summary.n < 2) return std::numeric_limits<double>::quiet_NaN();
  return 1.96 * summary.sd / std::sqrt(static_cast<double>(summary.n));
}

Estimate estimate_of(std::vector<double> values) {
  const Summary summary = summarise(values, {});
  return {summary.mean, mean_half_width(summary)};
}

std::string quantile_name(double level) {
  std::string digits = fmt::format("{:.6f}", level).substr(2);
  while (digits.size() > 2 && digits.back() == '0') digits.pop_back();
  return "q" + digits;
}

void add_summary_columns(std::vector<std::string>& columns, const std::vector<double>& levels) {
  columns.insert(columns.end(), {"mean", "sd"});
  for (const double level : levels) columns.push_back(quantile_name(level));
  columns.push_back("n");
}

void write_summary(CsvWriter& csv, const Summary& summary) {
  csv.number(summary.mean).number(summary.sd);
  for (const double value : summary.quantiles) csv.number(value);
  csv.integer(static_cast<long long>(summary.n));
}

}  // namespace chokepoint
