/// Observed rows beside simulated ones: which case and return of each coding belongs to which observation.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/study/backtest/abnormal_returns.hpp"

namespace chokepoint {

/// Simulated abnormal returns by observation and coding: [row * codings + coding][window].
/// An observation without a return in a coding has 0: the coding says that nothing happened to it.
using Predictions = std::vector<std::array<double, window_count>>;

/// The rows of one event, and which of them share a shock.
struct EventRows {
  std::string id;
  std::string episode;
  Selection selection{};
  std::vector<std::vector<std::size_t>> groups;  ///< compared rows by venue region

  std::vector<std::size_t> rows() const;
};

struct Comparison {
  Vintages vintages;
  std::vector<Coding> codings;
  std::vector<ObservedRow> observed;
  CaseSet set;
  std::vector<EventRows> events;  ///< events with compared rows, in the order of the observations

  std::size_t coding_count() const { return codings.size(); }
  /// Mean of the codings for a row and window.
  double mean(const Predictions& predictions, std::size_t row, std::size_t window) const;
};

/// Reads descriptors, observations (none when the path is empty) and vintages, and makes the cases.
/// Null after complaints.
std::unique_ptr<Comparison> prepare_comparison(const std::string& data_dir, const std::string& events,
                                               const std::string& observed, const Parameters& params,
                                               Problems& problems);

/// Results of `simulate_all` by observation.
Predictions by_observation(const Comparison& comparison,
                           const std::vector<std::vector<SimulatedReturn>>& results);

/// Simulates all cases at one parameter point.
Predictions predict(const Comparison& comparison, const Parameters& params);

}  // namespace chokepoint
