/// Which drawn parameters an effect goes with: rank correlations over the replicates of a run.
///
///   rho = Pearson correlation of ranks; numbers that are equal get the mean of their ranks
///   noise_bound = 2 / sqrt(n - 1): two standard errors of rho where nothing goes together
///
/// Each replicate has one draw of each parameter, the same in all arms, and one paired effect of each metric.
/// Of forty parameters some two pass the bound by chance.
/// Assumption: the part of a parameter that matters is monotone; what helps first and hurts later is not
/// seen. References: ranks and ties as
/// https://support.sas.com/documentation/cdl/en/procstat/67528/HTML/default/procstat_corr_details03.htm
/// Neglects: interactions, and what parameters that are not drawn would do.
/// Tests: tests/unit/drivers_test.cpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace chokepoint {

inline constexpr std::size_t fewest_replicates_of_drivers = 20;
inline constexpr std::size_t drivers_of_a_metric = 10;

/// A parameter and a metric of an arm.
struct Driver {
  std::size_t arm = 0;
  const Metric* metric = nullptr;
  std::string parameter;  ///< names joined by ';' where one draw sets several
  double rank_correlation = 0;
  double noise_bound = 0;
  std::size_t n = 0;  ///< replicates in which the metric is a number
};

/// Ranks from 1 on, equal numbers with their mean rank.
std::vector<double> mean_ranks(std::span<const double> values);

/// Spearman's rho; empty when either side does not vary or there are fewer than two pairs.
std::optional<double> rank_correlation(std::span<const double> x, std::span<const double> y);

/// The strongest ten of each arm and metric that compares with the reference, strongest first; nothing
/// without structural draws or with fewer than twenty replicates.
std::vector<Driver> drivers_of(const Study& study, const ExperimentResult& result);

/// drivers.csv.
void write_drivers(const Study& study, const std::vector<Driver>& drivers, const std::string& folder);

}  // namespace chokepoint
