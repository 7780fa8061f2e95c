/// What each channel contributes: the effects again with one channel switched off, in the arm and in the
/// reference alike.
///
///   value      all betas 0: announcements change no beliefs about value; whether attention brings new money
///              or exits stays as it is with all channels
///   attention  omega 0 and no exits: nobody who notices brings money or leaves
///   flow       no bans, offers, lock-up expiries, index reviews or quota; slow capital stands still
///   float      lines of which less than .25 can trade get a tradable share of .9
///
/// The parts need not add up: channels interact. Run on a subset of the replicates, the same for all.
#pragma once

#include <vector>

#include "sim/study/study.hpp"

namespace chokepoint {

struct ChannelEffect {
  std::string channel;
  std::size_t arm = 0;
  const Metric* metric = nullptr;
  double with = 0;        ///< mean effect with the channel, same replicates
  double without = 0;     ///< mean effect without it
  double difference = 0;  ///< mean of the paired difference
  double half_width = 0;  ///< of its 95 % interval
  std::size_t n = 0;
};

inline constexpr std::array<const char*, 4> switched_channels{"value", "attention", "flow", "float"};

/// How many replicates a run repeats with each channel off; 0 when no metric compares arms.
std::size_t channel_replicates(const Study& study);

/// `full` holds the results with all channels. `run_done` is called after each run.
std::vector<ChannelEffect> channel_effects(const Study& study, const ExperimentResult& full,
                                           std::size_t replicates, int jobs,
                                           const std::function<void()>& run_done);

}  // namespace chokepoint
