#include "sim/study/flip_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "sim/base/text.hpp"
#include "sim/output/summary.hpp"

namespace chokepoint {
namespace {

constexpr double quantile_95 = 1.6448536269514722;          // of the standard normal
constexpr double half_normal_median = 0.67448975019608171;  // of the size of a standard normal
constexpr double half_normal_sd = 0.60281027498908700;      // of the same: sqrt(1 - 2 / pi)

double to_scale(StructuralScale scale, double x) {
  if (scale == StructuralScale::half_normal) return x;
  return scale == StructuralScale::log ? logarithm(x) : logarithm(x / (1.0 - x));
}

double from_scale(StructuralScale scale, double y) {
  if (scale == StructuralScale::half_normal) return y;
  return scale == StructuralScale::log ? exponential(y) : 1.0 / (1.0 + exponential(-y));
}

bool on_scale(StructuralScale scale, double x) {
  if (scale == StructuralScale::half_normal) return x >= 0.0;
  return x > 0.0 && (scale == StructuralScale::log || x < 1.0);
}

double sd_of(const StructuralPrior& prior) {
  if (prior.scale == StructuralScale::half_normal) return half_normal_sd * prior.median / half_normal_median;
  return 0.5 * (to_scale(prior.scale, prior.q95) - to_scale(prior.scale, prior.q05)) / quantile_95;
}

/// Distance to an end of the range [prior sd]; an end that the scale never reaches is as far as can be.
double reach(const FlipParameter& parameter, double end) {
  const StructuralPrior& prior = parameter.prior;
  if (!on_scale(prior.scale, end)) return prior.scale == StructuralScale::half_normal ? 0.0 : farthest_move;
  const double distance = (to_scale(prior.scale, end) - to_scale(prior.scale, parameter.here)) / sd_of(prior);
  return std::min(farthest_move, std::abs(distance));
}

bool is_set(const std::vector<Setting>& settings, const std::string& name) {
  return std::any_of(settings.begin(), settings.end(),
                     [&](const Setting& setting) { return setting.name == name; });
}

/// Parameters of the scenario with medians in the place of draws.
Parameters parameters_here(const Study& study) {
  Parameters here = study.scenario.parameters;
  if (!study.draws.empty()) {
    std::vector<double> medians;
    for (std::size_t i = 0; i < study.priors.size(); ++i) {
      std::vector<double> sample;
      for (const auto& draw : study.draws) sample.push_back(draw[i]);
      medians.push_back(summarise(sample, {0.5}).quantiles[0]);
    }
    apply(study.priors, medians, here);
  }
  const FieldList fields = fields_of(here);
  for (const StructuralPrior& prior : study.structural) {
    *fields.find(prior.parameter)->value = std::clamp(prior.median, prior.least, prior.most);
  }
  for (const Setting& setting : study.scenario.settings) *fields.find(setting.name)->value = setting.value;
  return here;
}

/// The prior of the fit as one of the structural kind, with the narrowest range of its fields.
StructuralPrior prior_of(const FittedParameter& fitted, const FieldList& known) {
  StructuralPrior prior;
  prior.parameter = join(fitted.fields, ";");
  prior.scale = fitted.scale == PriorScale::log ? StructuralScale::log : StructuralScale::logit;
  prior.median = fitted.median;
  prior.q05 = fitted.low;
  prior.q95 = fitted.high;
  prior.least = known.find(fitted.fields.front())->low;
  prior.most = known.find(fitted.fields.front())->high;
  for (const std::string& name : fitted.fields) {
    prior.least = std::max(prior.least, known.find(name)->low);
    prior.most = std::min(prior.most, known.find(name)->high);
  }
  return prior;
}

/// Values of fields that do not all have the same; else empty.
std::vector<double> values_apart(const std::vector<std::string>& fields, const FieldList& here) {
  std::vector<double> values;
  for (const std::string& field : fields) values.push_back(*here.find(field)->value);
  if (std::all_of(values.begin(), values.end(), [&](double x) { return x == values.front(); }))
    values.clear();
  return values;
}

std::string why_not_moved(const Study& study, const FlipParameter& parameter,
                          const std::vector<std::size_t>& arms) {
  for (const std::string& field : parameter.fields) {
    for (const std::size_t a : arms) {
      if (is_set(study.scenario.arms[a].set, field)) {
        return fmt::format("arm '{}' sets it", study.scenario.arms[a].id);
      }
    }
  }
  if (!parameter.apart.empty()) return "the scenario sets some of these apart";
  if (!on_scale(parameter.prior.scale, parameter.here)) {
    return fmt::format("its prior does not hold {}", short_number(parameter.here));
  }
  return "";
}

FlipParameter parameter_of(const Study& study, const StructuralPrior& prior,
                           const std::vector<std::size_t>& arms, const FieldList& here,
                           const FieldList& defaults) {
  FlipParameter parameter;
  parameter.name = prior.parameter;
  parameter.fields = split(prior.parameter, ';');
  parameter.prior = prior;
  const Field& first = *here.find(parameter.fields.front());
  parameter.unit = first.unit;
  parameter.here = *first.value;
  parameter.standard = *defaults.find(first.name)->value;
  parameter.apart = values_apart(parameter.fields, here);
  parameter.not_moved = why_not_moved(study, parameter, arms);
  if (!parameter.not_moved.empty()) return parameter;
  parameter.down = reach(parameter, prior.least);
  parameter.up = reach(parameter, prior.most);
  return parameter;
}

}  // namespace

double FlipParameter::value(double move) const {
  if (move == 0.0) return here;
  const double x = from_scale(prior.scale, to_scale(prior.scale, here) + sd_of(prior) * move);
  return std::clamp(x, prior.least, prior.most);
}

std::vector<FlipParameter> flip_parameters(const Study& study, const std::vector<std::size_t>& arms,
                                           Problems& problems) {
  Parameters values = parameters_here(study);
  Parameters initial;
  const FieldList here = fields_of(values);
  const FieldList defaults = fields_of(initial);
  StructuralPriors priors;
  for (const FittedParameter& fitted : study.priors) {
    if (!fitted.fields.empty()) priors.push_back(prior_of(fitted, here));
  }
  const std::size_t fitted = priors.size();
  const std::string beside = study.scenario.data_dir + "/priors/structural.csv";
  StructuralPriors structural = study.structural;
  if (structural.empty() && std::filesystem::exists(beside)) {
    structural = read_structural_priors(beside, problems);
  }
  for (StructuralPrior& prior : structural) {
    const bool twice =
        std::any_of(priors.begin(), priors.begin() + static_cast<std::ptrdiff_t>(fitted),
                    [&](const StructuralPrior& other) {
                      const auto names = split(other.parameter, ';');
                      return std::find(names.begin(), names.end(), prior.parameter) != names.end();
                    });
    if (!twice) priors.push_back(std::move(prior));
  }
  std::vector<FlipParameter> parameters;
  if (problems.any()) return parameters;
  for (const StructuralPrior& prior : priors) {
    parameters.push_back(parameter_of(study, prior, arms, here, defaults));
  }
  return parameters;
}

}  // namespace chokepoint
