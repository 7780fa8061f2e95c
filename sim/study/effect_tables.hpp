/// The tables of effects: metrics.csv, effects.csv, channels.csv.
#pragma once

#include <string>
#include <vector>

#include "sim/output/summary.hpp"
#include "sim/study/channels.hpp"
#include "sim/study/study.hpp"

namespace chokepoint {

/// A metric of an arm against the reference arm, over paired replicates.
struct Effect {
  std::size_t arm = 0;
  const Metric* metric = nullptr;
  Summary summary;  ///< quantiles .05, .5, .95
  double share_positive = 0;
  double share_zero = 0;      ///< of replicates with an effect of at most 1e-12 in size
  double sign_agreement = 0;  ///< share of replicates with the more frequent sign
  double variance_ratio = 0;  ///< variance of the paired difference over that of an unpaired one
};

/// Effects of all arms but the reference, for metrics that compare with it.
std::vector<Effect> effects_of(const Study& study, const ExperimentResult& result);

void write_metrics(const Study& study, const ExperimentResult& result, const std::string& folder);
void write_effects(const Study& study, const std::vector<Effect>& effects, const std::string& folder);
void write_channels(const Study& study, const std::vector<ChannelEffect>& channels,
                    const std::string& folder);

}  // namespace chokepoint
