#include "sim/study/metric_value.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {
namespace {

std::size_t row_of(const Calendar& calendar, Date date) {
  return calendar.first_day_from(date + 1);  // days before the next one, plus row 0 for T0
}

double row_sum(const BoundMetric& metric, std::span<const double> values, std::size_t columns,
               std::size_t row) {
  double sum = 0.0;
  for (const std::size_t s : metric.series) sum += values[row * columns + s];
  const auto& minuend = metric.metric->expression.series.minuend;
  return minuend ? *minuend - sum : sum;
}

double at_row(const BoundMetric& metric, std::span<const double> values, std::size_t columns,
              std::size_t row) {
  if (!metric.metric->expression.series.cumulative) return row_sum(metric, values, columns, row);
  double total = 0.0;
  for (std::size_t r = 0; r <= row; ++r) total += row_sum(metric, values, columns, r);
  return total;
}

}  // namespace

std::string described(const Metric& metric) {
  return metric.id.empty() ? fmt::format("'{}'", metric.text) : fmt::format("metric '{}'", metric.id);
}

BoundMetric bind_metric(const Metric& metric, const std::vector<Series>& series, const Calendar& calendar,
                        Date as_of, Problems& problems) {
  const Date last = calendar.days().empty() ? as_of : calendar.days().back().date;
  const MetricExpression& wanted = metric.expression;
  BoundMetric bound{&metric, select_series(series, wanted.series, metric.where, problems),
                    row_of(calendar, wanted.from), row_of(calendar, wanted.to)};
  if (wanted.from < as_of || wanted.to > last) {
    problems.add(
        "E054", metric.where,
        fmt::format("{} looks at {} to {}, but the run covers {} to {} (change the dates or time.end)",
                    described(metric), to_text(wanted.from), to_text(wanted.to), to_text(as_of),
                    to_text(last)));
    bound.first_row = bound.last_row = 0;
  }
  return bound;
}

std::vector<BoundMetric> bind_metrics(const std::vector<Metric>& metrics, const std::vector<Series>& series,
                                      const Calendar& calendar, Date as_of, Problems& problems) {
  std::vector<BoundMetric> bound;
  for (const Metric& metric : metrics) {
    bound.push_back(bind_metric(metric, series, calendar, as_of, problems));
  }
  return bound;
}

std::size_t last_row_of(std::span<const BoundMetric> metrics) {
  std::size_t last = 0;
  for (const BoundMetric& metric : metrics) last = std::max(last, metric.last_row);
  return last;
}

double level_of(const BoundMetric& metric, std::span<const double> values, std::size_t columns) {
  using Reduce = MetricExpression::Reduce;
  const Reduce reduce = metric.metric->expression.reduce;
  double result = at_row(metric, values, columns, metric.last_row);
  if (reduce == Reduce::at) return result;
  for (std::size_t row = metric.first_row; row < metric.last_row; ++row) {
    const double value = at_row(metric, values, columns, row);
    result = reduce == Reduce::maximum ? std::max(result, value) : std::min(result, value);
  }
  return result;
}

double compare(const BoundMetric& metric, double arm, double reference) {
  switch (metric.metric->expression.form) {
    case MetricExpression::Form::level:
      return arm;
    case MetricExpression::Form::effect:
      return arm - reference;
    case MetricExpression::Form::pct_effect:
      return reference == 0.0 ? 0.0 : 100.0 * (arm / reference - 1.0);
  }
  return arm;
}

}  // namespace chokepoint
