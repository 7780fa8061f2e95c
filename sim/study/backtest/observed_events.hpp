/// What markets did after past events: abnormal returns of event studies, one row per event, ticker and day.
///
/// Market model on the venue's index, estimated on sessions -130 to -11 before the event (beta, residual sd).
/// Columns and sources: data/observed/README.md.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/error.hpp"

namespace chokepoint {

/// Windows of cumulative abnormal returns, in sessions after session 0. No other window is used anywhere.
inline constexpr std::size_t window_count = 3;
inline constexpr std::array<int, window_count> window_end{0, 2, 4};
inline constexpr std::array<std::string_view, window_count> window_names{"AR[0]", "CAR[0,2]", "CAR[0,4]"};

enum class Selection : unsigned { reaction, content };
inline constexpr std::array<std::string_view, 2> selection_names{"reaction", "content"};
enum class Attribution : unsigned { clean, mixed, confounded };
inline constexpr std::array<std::string_view, 3> attribution_names{"clean", "mixed", "confounded"};

struct ObservedRow {
  std::string event;
  std::string episode;  ///< related events together: what is left out as one
  Date date;            ///< of session 0
  std::string ticker;   ///< or an ETF
  std::string group;    ///< kind of firm, for baselines
  std::string type;     ///< kind of event, for baselines
  std::array<std::optional<double>, window_count> abnormal;  ///< [share]
  std::optional<double> raw;                                 ///< return of session 0 [share]
  double beta = 1;
  double residual_sd = 0;  ///< [share per day], before the event
  Attribution attribution{};
  Selection selection{};

  bool has_abnormal() const { return abnormal[0].has_value() && residual_sd > 0; }
  double t_value() const { return *abnormal[0] / residual_sd; }
};

std::vector<ObservedRow> read_observed_events(const std::string& path, Problems& problems);

}  // namespace chokepoint
