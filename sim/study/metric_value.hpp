/// Metrics bound to what is recorded: which series, which days, against what.
#pragma once

#include <span>
#include <vector>

#include "sim/input/scenario.hpp"
#include "sim/model/sessions.hpp"
#include "sim/study/series.hpp"

namespace chokepoint {

/// A metric after its names and dates were found. Row 0 of a record is T0, row d + 1 the close of day d.
struct BoundMetric {
  const Metric* metric = nullptr;
  std::vector<std::size_t> series;
  std::size_t first_row = 0;
  std::size_t last_row = 0;
};

/// "metric 'x'", or the expression itself when it stands in a check without an id.
std::string described(const Metric& metric);

/// Complains when the metric selects nothing or looks at days that are not simulated.
BoundMetric bind_metric(const Metric& metric, const std::vector<Series>& series, const Calendar& calendar,
                        Date as_of, Problems& problems);
std::vector<BoundMetric> bind_metrics(const std::vector<Metric>& metrics, const std::vector<Series>& series,
                                      const Calendar& calendar, Date as_of, Problems& problems);

/// The last row that a metric looks at: so many trading days are enough for all of them.
std::size_t last_row_of(std::span<const BoundMetric> metrics);

/// Value of the metric's series in one run, before it is compared with the reference.
/// `values` is [row][series].
double level_of(const BoundMetric& metric, std::span<const double> values, std::size_t columns);

/// The metric itself, from its level in the arm and in the reference arm.
double compare(const BoundMetric& metric, double arm, double reference);

}  // namespace chokepoint
