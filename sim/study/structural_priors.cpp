#include "sim/study/structural_priors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

constexpr double quantile_95 = 1.6448536269514722;          // of the standard normal
constexpr double half_normal_median = 0.67448975019608171;  // of the size of a standard normal
constexpr double half_normal_q95 = 2.9058;                  // in medians: 1.95996 / .67449

double to_scale(StructuralScale scale, double x) {
  return scale == StructuralScale::log ? logarithm(x) : logarithm(x / (1.0 - x));
}

double from_scale(StructuralScale scale, double y) {
  return scale == StructuralScale::log ? exponential(y) : 1.0 / (1.0 + exponential(-y));
}

/// What is wrong with the three points, or nothing.
std::string wrong_points(const StructuralPrior& prior) {
  if (prior.scale == StructuralScale::half_normal) {
    if (!(prior.median > 0.0) || prior.q05 != 0.0) return "a half_normal row needs median > 0 and q05 = 0";
    const double expected = half_normal_q95 * prior.median;
    if (std::abs(prior.q95 - expected) <= 0.01 * expected) return "";
    return fmt::format("a half_normal row with median {} has q95 = {} (2.9058 medians), not {}",
                       short_number(prior.median), short_number(expected), short_number(prior.q95));
  }
  const bool ascending = 0.0 < prior.q05 && prior.q05 < prior.median && prior.median < prior.q95;
  if (prior.scale == StructuralScale::log) return ascending ? "" : "a log row needs 0 < q05 < median < q95";
  return ascending && prior.q95 < 1.0 ? "" : "a logit row needs 0 < q05 < median < q95 < 1";
}

/// One row against the registry.
class RowReader {
 public:
  RowReader(const CsvTable& table, const CsvRow& row, Problems& problems)
      : table_(table), row_(row), problems_(problems) {}

  StructuralPrior read(const FieldList& known) {
    StructuralPrior prior;
    prior.parameter = cell("parameter");
    prior.median = number("median");
    prior.q05 = number("q05");
    prior.q95 = number("q95");
    if (cell("source").empty())
      complain("E026", "no source (an address, or a text that begins with 'assumption')");
    const auto scale = parse_enum<StructuralScale>(cell("scale"), structural_scale_names);
    if (!scale) complain("E024", fmt::format("scale '{}' must be log, logit or half_normal", cell("scale")));
    prior.scale = scale.value_or(StructuralScale::log);
    if (scale && numbers_read_) {
      const std::string wrong = wrong_points(prior);
      if (!wrong.empty()) complain("E024", fmt::format("'{}': {}", prior.parameter, wrong));
    }
    find_range(known, prior);
    return prior;
  }

 private:
  const std::string& cell(const char* column) const { return row_.cells[table_.column(column)]; }
  void complain(const char* code, const std::string& text) { problems_.add(code, row_.where, text); }

  double number(const char* column) {
    const auto value = parse_number(cell(column));
    if (value) return *value;
    numbers_read_ = false;
    complain("E024", fmt::format("{} '{}' is not a number", column, cell(column)));
    return 0.0;
  }

  void find_range(const FieldList& known, StructuralPrior& prior) {
    const Field* field = known.find(prior.parameter);
    if (field == nullptr) {
      complain("E025", fmt::format("unknown parameter '{}'{}", prior.parameter,
                                   suggestion(prior.parameter, known.names())));
      return;
    }
    prior.least = field->low;
    prior.most = field->high;
    if (!numbers_read_ || (prior.median >= field->low && prior.median <= field->high)) return;
    complain("E024",
             fmt::format("'{}': median {} is out of the parameter's range (from {} to {})", prior.parameter,
                         short_number(prior.median), short_number(field->low), short_number(field->high)));
  }

  const CsvTable& table_;
  const CsvRow& row_;
  Problems& problems_;
  bool numbers_read_ = true;
};

bool has_columns(const CsvTable& table, const std::string& path, Problems& problems) {
  bool all = !table.columns.empty();
  for (const char* column : {"parameter", "scale", "median", "q05", "q95", "as_of", "source", "confidence"}) {
    if (table.columns.empty() || table.column(column) != CsvTable::npos) continue;
    problems.add("E022", {path, 1, 0}, fmt::format("column '{}' is missing", column));
    all = false;
  }
  return all;
}

}  // namespace

double StructuralPrior::value(double z) const {
  double x = 0.0;
  if (scale == StructuralScale::half_normal) {
    x = std::abs(z) * median / half_normal_median;
  } else {
    const double sd = 0.5 * (to_scale(scale, q95) - to_scale(scale, q05)) / quantile_95;
    x = from_scale(scale, to_scale(scale, median) + sd * z);
  }
  return std::min(most, std::max(least, x));
}

StructuralPriors read_structural_priors(const std::string& path, Problems& problems) {
  StructuralPriors priors;
  const CsvTable table = read_csv(path, problems);
  if (!has_columns(table, path, problems)) return priors;
  Parameters params;
  const FieldList known = fields_of(params);
  for (const CsvRow& row : table.rows) {
    StructuralPrior prior = RowReader(table, row, problems).read(known);
    const bool twice = std::any_of(priors.begin(), priors.end(), [&](const StructuralPrior& other) {
      return other.parameter == prior.parameter;
    });
    if (twice) problems.add("E023", row.where, fmt::format("'{}' occurs twice", prior.parameter));
    priors.push_back(std::move(prior));
  }
  return priors;
}

double structural_draw(const StructuralPrior& prior, const RandomStream& random) {
  return prior.value(random.normal(Decision::structural_draw, identity_of(prior.parameter), 0));
}

void apply_structural(const StructuralPriors& priors, const RandomStream& random, Parameters& params) {
  if (priors.empty()) return;
  const FieldList fields = fields_of(params);
  for (const StructuralPrior& prior : priors) {
    *fields.find(prior.parameter)->value = structural_draw(prior, random);
  }
}

}  // namespace chokepoint
