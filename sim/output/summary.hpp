/// Numbers over replicates: mean, spread, quantiles. Sums run in replicate order.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "sim/base/csv.hpp"

namespace chokepoint {

struct Summary {
  double mean = 0;
  double sd = 0;  ///< with n - 1; 0 when n = 1
  std::vector<double> quantiles;
  std::size_t n = 0;
};

/// `values` is sorted by the call. Quantiles interpolate linearly between order statistics.
Summary summarise(std::span<double> values, const std::vector<double>& levels);

/// Quantile of sorted values; n >= 1.
double sorted_quantile(std::span<const double> sorted, double level);

/// Half-width of the 95 % interval of the mean: 1.96 sd / sqrt(n). Not a number for fewer than two values,
/// which tell nothing of their spread.
double mean_half_width(const Summary& summary);

/// A mean with the half-width of its 95 % interval.
struct Estimate {
  double mean = 0;
  double half_width = 0;  ///< not a number where there is no interval

  bool has_interval() const { return !std::isnan(half_width); }
  /// True when the interval holds zero, or there is none.
  bool is_noise() const { return !(std::fabs(mean) >= half_width); }
};
Estimate estimate_of(std::vector<double> values);

/// `q05` for .05, `q975` for .975.
std::string quantile_name(double level);

/// Appends mean, sd, the quantiles and n to a header, and their values to a row.
void add_summary_columns(std::vector<std::string>& columns, const std::vector<double>& levels);
void write_summary(CsvWriter& csv, const Summary& summary);

}  // namespace chokepoint
