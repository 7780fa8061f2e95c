/// Priors of what no past event tells, and their draws: one per parameter and replicate.
///
/// data/priors/README.md has the columns. With z standard normal, drawn for (replicate, name of the
/// parameter):
///
///   log, logit    x = f^-1(f(median) + s z),  f = ln x or ln(x / (1 - x)),  s = (f(q95) - f(q05)) / (2
///   x 1.645) half_normal   x = |z| median / .6745: zero is likeliest, q05 is written 0, q95 is 2.9058
///   medians
///
/// x is then set to the nearest end of the registry's range of the parameter. A draw follows the name, so
/// that it is the same in all arms and does not depend on the order or the other rows of the table.
/// Assumption: parameters are independent of each other.
/// Neglects: what the runs themselves say about a parameter; the table is no fit.
/// Tests: tests/unit/structural_priors_test.cpp.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/random.hpp"
#include "sim/model/parameters.hpp"

namespace chokepoint {

enum class StructuralScale : unsigned { log, logit, half_normal };
inline constexpr std::array<std::string_view, 3> structural_scale_names{"log", "logit", "half_normal"};

struct StructuralPrior {
  std::string parameter;  ///< name in the registry
  StructuralScale scale{};
  double median = 0;
  double q05 = 0;
  double q95 = 0;
  double least = 0;  ///< range of the registry
  double most = 0;

  /// Value at z, within the range.
  double value(double z) const;
};

using StructuralPriors = std::vector<StructuralPrior>;

/// Unknown or repeated parameters, bad scales, points that are out of order, half-normal rows whose q95 is
/// not 2.9058 medians, medians outside the registry's range and rows without a source are complaints.
StructuralPriors read_structural_priors(const std::string& path, Problems& problems);

/// The parameter's value in a replicate.
double structural_draw(const StructuralPrior& prior, const RandomStream& random);

/// Sets all parameters of the table to their values in a replicate.
void apply_structural(const StructuralPriors& priors, const RandomStream& random, Parameters& params);

}  // namespace chokepoint
