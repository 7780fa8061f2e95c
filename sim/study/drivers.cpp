#include "sim/study/drivers.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

/// What was drawn once per replicate.
struct DrawnNumber {
  std::string parameter;
  std::vector<double> values;  ///< [replicate]
};

bool sets(const std::vector<Setting>& settings, const std::string& name) {
  return std::any_of(settings.begin(), settings.end(), [&](const Setting& one) { return one.name == name; });
}

/// True when the draw reaches the arm or the reference: an effect hangs on both.
bool reaches(const Study& study, std::size_t arm, const std::string& name) {
  const Scenario& scenario = study.scenario;
  if (sets(scenario.settings, name)) return false;
  return !sets(scenario.arms[arm].set, name) || !sets(scenario.arms[study.reference].set, name);
}

std::vector<DrawnNumber> structural_numbers(const Study& study, std::size_t arm, std::size_t replicates) {
  std::vector<DrawnNumber> numbers;
  for (const StructuralPrior& prior : study.structural) {
    if (!reaches(study, arm, prior.parameter)) continue;
    DrawnNumber number{prior.parameter, {}};
    for (std::size_t r = 0; r < replicates; ++r) {
      const RandomStream random(study.scenario.seed, static_cast<std::uint32_t>(r));
      number.values.push_back(structural_draw(prior, random));
    }
    numbers.push_back(std::move(number));
  }
  return numbers;
}

/// Draws of the fit, as z: ranks are the same as those of the values.
void add_fitted_numbers(const Study& study, std::size_t arm, std::size_t replicates,
                        std::vector<DrawnNumber>& numbers) {
  if (study.draws.empty()) return;
  for (std::size_t i = 0; i < study.priors.size(); ++i) {
    std::vector<std::string> names;
    for (const std::string& name : study.priors[i].fields) {
      if (reaches(study, arm, name)) names.push_back(name);
    }
    if (names.empty()) continue;
    DrawnNumber number{join(names, ";"), {}};
    for (std::size_t r = 0; r < replicates; ++r) {
      number.values.push_back(study.draws[r % study.draws.size()][i]);
    }
    numbers.push_back(std::move(number));
  }
}

std::vector<double> chosen(std::span<const double> values, const std::vector<std::size_t>& rows) {
  std::vector<double> some;
  for (const std::size_t row : rows) some.push_back(values[row]);
  return some;
}

/// Drivers of one metric in one arm, strongest first.
std::vector<Driver> strongest(const Driver& blank, std::span<const double> effects,
                              const std::vector<DrawnNumber>& numbers) {
  std::vector<Driver> drivers;
  std::vector<std::size_t> rows;
  for (std::size_t r = 0; r < effects.size(); ++r) {
    if (std::isfinite(effects[r])) rows.push_back(r);
  }
  if (rows.size() < fewest_replicates_of_drivers) return drivers;
  const std::vector<double> y = chosen(effects, rows);
  for (const DrawnNumber& number : numbers) {
    const auto rho = rank_correlation(chosen(number.values, rows), y);
    if (!rho) continue;
    Driver driver = blank;
    driver.parameter = number.parameter;
    driver.rank_correlation = *rho;
    driver.n = rows.size();
    driver.noise_bound = 2.0 / std::sqrt(static_cast<double>(driver.n - 1));
    drivers.push_back(std::move(driver));
  }
  std::stable_sort(drivers.begin(), drivers.end(), [](const Driver& a, const Driver& b) {
    return std::abs(a.rank_correlation) > std::abs(b.rank_correlation);
  });
  if (drivers.size() > drivers_of_a_metric) drivers.resize(drivers_of_a_metric);
  return drivers;
}

}  // namespace

std::vector<double> mean_ranks(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && values[order[last + 1]] == values[order[first]]) ++last;
    const double rank = 1.0 + 0.5 * static_cast<double>(first + last);
    for (; first <= last; ++first) ranks[order[first]] = rank;
  }
  return ranks;
}

std::optional<double> rank_correlation(std::span<const double> x, std::span<const double> y) {
  if (x.size() < 2 || x.size() != y.size()) return std::nullopt;
  const std::vector<double> a = mean_ranks(x);
  const std::vector<double> b = mean_ranks(y);
  const double mean = 0.5 * static_cast<double>(x.size() + 1);
  double ab = 0.0, aa = 0.0, bb = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean) * (b[i] - mean);
    aa += (a[i] - mean) * (a[i] - mean);
    bb += (b[i] - mean) * (b[i] - mean);
  }
  if (!(aa > 0.0) || !(bb > 0.0)) return std::nullopt;
  return ab / std::sqrt(aa * bb);
}

std::vector<Driver> drivers_of(const Study& study, const ExperimentResult& result) {
  std::vector<Driver> drivers;
  const auto replicates = static_cast<std::size_t>(study.scenario.replicates);
  if (study.structural.empty() || replicates < fewest_replicates_of_drivers) return drivers;
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    if (a == study.reference) continue;
    std::vector<DrawnNumber> numbers = structural_numbers(study, a, replicates);
    add_fitted_numbers(study, a, replicates, numbers);
    for (std::size_t m = 0; m < study.metrics.size(); ++m) {
      if (study.metrics[m].metric->expression.form == MetricExpression::Form::level) continue;
      Driver blank;
      blank.arm = a;
      blank.metric = study.metrics[m].metric;
      for (Driver& driver : strongest(blank, result.arms[a].values[m], numbers)) {
        drivers.push_back(std::move(driver));
      }
    }
  }
  return drivers;
}

void write_drivers(const Study& study, const std::vector<Driver>& drivers, const std::string& folder) {
  CsvWriter csv(folder + "/drivers.csv",
                {"scenario", "arm", "metric", "parameter", "rank_correlation", "noise_bound", "n"});
  for (const Driver& driver : drivers) {
    csv.text(study.scenario.id).text(study.arms[driver.arm].id).text(driver.metric->id);
    csv.text(driver.parameter).number(driver.rank_correlation).number(driver.noise_bound);
    csv.integer(static_cast<long long>(driver.n));
    csv.end_row();
  }
  csv.close();
}

}  // namespace chokepoint
