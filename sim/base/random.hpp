/// Random numbers keyed by identity, never drawn in sequence.
///
/// A draw is a pure function of (seed, replicate, decision, subject, step): two arms of a scenario
/// that make the same decision see the same number, and adding a draw anywhere shifts nothing.
/// Generator: Philox4x32-10, Salmon et al. (2011), "Parallel random numbers: as easy as 1, 2, 3",
/// as implemented by the Random123 library.
#pragma once

#include <Random123/philox.h>

#include <cstdint>
#include <string_view>

#include "sim/base/math.hpp"

namespace chokepoint {

/// What a number is drawn for. The values are part of every result: append, never renumber.
enum class Decision : std::uint32_t {
  account_size = 1,
  holds_line = 2,
  holding_tilt = 3,
  value_anchor = 4,
  cash_share = 5,
  notices_event = 6,
  venue_noise = 7,
  line_noise = 8,
  synthetic_test = 9,
  enterprise_owner = 20,
  enterprise_size = 21,
  enterprise_reading = 22,
  enterprise_sector = 23,
  enterprise_approves_rival = 24,
  enterprise_review = 25,
  enterprise_choice = 26,
  enterprise_switch = 27,
  list_review_start = 28,
  list_review_latency = 29,
  talent_first_employer = 30,
  talent_search_week = 31,
  talent_destination = 32,
  talent_employer = 33,
  talent_quit = 34,
  talent_leaves = 35,
  talent_tier = 36,
  observation_shared = 50,
  observation_own = 51,
  observation_tail = 52,
  posterior_draw = 53,
  chain_step = 54,
  chain_accept = 55,
  bootstrap_episode = 56,
  placebo = 57,
  noise_jump = 60,
  release_choice = 70,
  incident_arrival = 71,
  incident_uplift = 72,
  incident_perception = 73,
  regulator_acts = 74,
  rule_scope = 75,
  bridge_consent = 76,
  secondary_measure = 77,
  scheme_renewal = 78,
  structural_draw = 79,
  rule_fires = 80,
  event_happens = 81,
  event_waits = 82,
};

/// The stream of one replicate of one seed.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::uint32_t replicate) : seed_(seed), replicate_(replicate) {}

  /// Uniform in (0, 1), never 0 and never 1.
  double uniform(Decision decision, std::uint32_t subject, std::uint32_t step) const {
    const r123::Philox4x32::ctr_type counter{
        {replicate_, static_cast<std::uint32_t>(decision), subject, step}};
    const r123::Philox4x32::key_type key{
        {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)}};
    const auto block = r123::Philox4x32{}(counter, key);
    const std::uint64_t bits = (static_cast<std::uint64_t>(block[0]) << 32 | block[1]) >> 12;  // 52 bits
    return (static_cast<double>(bits) + 0.5) * 0x1.0p-52;
  }

  /// Standard normal, by inversion of one uniform.
  double normal(Decision decision, std::uint32_t subject, std::uint32_t step) const {
    return normal_quantile(uniform(decision, subject, step));
  }

 private:
  std::uint64_t seed_;
  std::uint32_t replicate_;
};

/// Stable 32-bit identity of a name (FNV-1a), so that draws follow names and not positions in a table.
constexpr std::uint32_t identity_of(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

}  // namespace chokepoint
