#include "sim/study/calibration/prior.hpp"

#include <fmt/format.h>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

constexpr double quantile_95 = 1.6448536269514722;  // of the standard normal

double to_scale(PriorScale scale, double value) {
  return scale == PriorScale::log ? logarithm(value) : logarithm(value / (1.0 - value));
}

double from_scale(PriorScale scale, double x) {
  const double e = exponential(x);
  return scale == PriorScale::log ? e : e / (1.0 + e);
}

FittedParameter read_row(const CsvTable& table, const CsvRow& row, Problems& problems) {
  const auto cell = [&](const char* column) { return row.cells[table.column(column)]; };
  FittedParameter one;
  one.id = cell("parameter");
  if (!cell("fields").empty()) one.fields = split(cell("fields"), ';');
  const auto scale = parse_enum<PriorScale>(cell("scale"), prior_scale_names);
  if (!scale) problems.add("E024", row.where, "scale must be log or logit");
  one.scale = scale.value_or(PriorScale::log);
  one.median = parse_number(cell("median")).value_or(0.0);
  one.low = parse_number(cell("q05")).value_or(0.0);
  one.high = parse_number(cell("q95")).value_or(0.0);
  one.thin = cell("told_by") == "thin_floats";
  one.source = cell("source");
  const double top = one.scale == PriorScale::logit ? 1.0 : 1e300;
  if (!(0.0 < one.low && one.low < one.median && one.median < one.high && one.high < top)) {
    problems.add("E024", row.where,
                 fmt::format("'{}' needs 0 < q05 < median < q95{}", one.id,
                             one.scale == PriorScale::logit ? " < 1" : ""));
  }
  Parameters params;
  const FieldList known = fields_of(params);
  for (const auto& name : one.fields) {
    if (known.find(name) != nullptr) continue;
    problems.add("E025", row.where,
                 fmt::format("unknown parameter '{}'{}", name, suggestion(name, known.names())));
  }
  return one;
}

}  // namespace

double FittedParameter::sd() const {
  return 0.5 * (to_scale(scale, high) - to_scale(scale, low)) / quantile_95;
}
double FittedParameter::value(double z) const {
  return from_scale(scale, to_scale(scale, median) + sd() * z);
}
double FittedParameter::standard(double value) const {
  return (to_scale(scale, value) - to_scale(scale, median)) / sd();
}

Priors read_priors(const std::string& path, Problems& problems) {
  Priors priors;
  const CsvTable table = read_csv(path, problems);
  for (const char* column : {"parameter", "fields", "scale", "median", "q05", "q95", "told_by", "source"}) {
    if (!table.columns.empty() && table.column(column) == CsvTable::npos) {
      problems.add("E022", {path, 1, 0}, fmt::format("column '{}' is missing", column));
    }
  }
  if (problems.any()) return priors;
  for (const CsvRow& row : table.rows) priors.push_back(read_row(table, row, problems));
  if (!problems.any() && prior_index(priors, "model_error") == priors.size()) {
    problems.add("E025", {path, 0, 0}, "no row 'model_error' (the law of observations needs it)");
  }
  return priors;
}

void apply(const Priors& priors, std::span<const double> z, Parameters& params) {
  const FieldList fields = fields_of(params);
  for (std::size_t i = 0; i < priors.size(); ++i) {
    for (const auto& name : priors[i].fields) *fields.find(name)->value = priors[i].value(z[i]);
  }
}

std::size_t prior_index(const Priors& priors, std::string_view id) {
  std::size_t i = 0;
  while (i < priors.size() && priors[i].id != id) ++i;
  return i;
}

double log_prior(std::span<const double> z) {
  double sum = 0.0;
  for (const double one : z) sum -= 0.5 * one * one;
  return sum;
}

}  // namespace chokepoint
