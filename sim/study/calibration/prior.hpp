/// What is fitted: the parameters of beliefs and attention that past events can tell, with their priors.
///
/// data/calibration/priors.csv holds, per parameter, the names of the model parameters it sets, the scale on
/// which its prior is normal (log or logit), the median and the 5 and 95 % points. A point of the fit is a
/// vector z in prior standard deviations from the median: z = 0 is the prior median. The last parameter,
/// model_error, is no parameter of the model but of the law of observations. Tests:
/// tests/unit/prior_test.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/model/parameters.hpp"

namespace chokepoint {

enum class PriorScale : unsigned { log, logit };
inline constexpr std::array<std::string_view, 2> prior_scale_names{"log", "logit"};

struct FittedParameter {
  std::string id;
  std::vector<std::string> fields;  ///< names in the registry; empty: the law of observations
  PriorScale scale{};
  double median = 0;
  double low = 0;     ///< 5 %
  double high = 0;    ///< 95 %
  bool thin = false;  ///< told by thin floats only
  std::string source;

  /// Half of the distance between the 5 and 95 % points, on the scale.
  double sd() const;
  /// Value at z prior standard deviations from the median.
  double value(double z) const;
  /// z of a value.
  double standard(double value) const;
};

using Priors = std::vector<FittedParameter>;

Priors read_priors(const std::string& path, Problems& problems);

/// Sets the model's parameters at a point.
void apply(const Priors& priors, std::span<const double> z, Parameters& params);

/// Index of a parameter by id; priors.size() when there is none.
std::size_t prior_index(const Priors& priors, std::string_view id);

/// Log density of the prior at a point, up to a constant.
double log_prior(std::span<const double> z);

}  // namespace chokepoint
