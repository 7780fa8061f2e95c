#include "sim/study/backtest/comparison.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

/// Region of the venue on which a row's return was measured.
Region region_of(const Comparison& comparison, std::size_t row) {
  for (const auto& one : comparison.set.cases) {
    for (const ComparedReturn& asked : one->returns) {
      if (asked.observed == row) return one->facts.venues[asked.venue].region;
    }
  }
  return Region::row;
}

void add_row(const Comparison& comparison, std::size_t row, EventRows& event) {
  const Region region = region_of(comparison, row);
  for (auto& group : event.groups) {
    if (region_of(comparison, group.front()) == region) {
      group.push_back(row);
      return;
    }
  }
  event.groups.push_back({row});
}

std::vector<EventRows> group_rows(const Comparison& comparison) {
  std::vector<char> compared(comparison.observed.size(), 0);
  for (const auto& one : comparison.set.cases) {
    for (const ComparedReturn& asked : one->returns) {
      if (asked.observed != Facts::npos) compared[asked.observed] = 1;
    }
  }
  std::vector<EventRows> events;
  for (std::size_t row = 0; row < comparison.observed.size(); ++row) {
    if (compared[row] == 0) continue;
    const ObservedRow& observed = comparison.observed[row];
    auto at =
        std::find_if(events.begin(), events.end(), [&](const auto& e) { return e.id == observed.event; });
    if (at == events.end()) {
      events.push_back({observed.event, observed.episode, observed.selection, {}});
      at = events.end() - 1;
    }
    add_row(comparison, row, *at);
  }
  return events;
}

}  // namespace

std::vector<std::size_t> EventRows::rows() const {
  std::vector<std::size_t> all;
  for (const auto& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

double Comparison::mean(const Predictions& predictions, std::size_t row, std::size_t window) const {
  double sum = 0.0;
  for (std::size_t c = 0; c < codings.size(); ++c) sum += predictions[row * codings.size() + c][window];
  return sum / static_cast<double>(codings.size());
}

std::unique_ptr<Comparison> prepare_comparison(const std::string& data_dir, const std::string& events,
                                               const std::string& observed, const Parameters& params,
                                               Problems& problems) {
  auto comparison = std::make_unique<Comparison>();
  comparison->vintages = load_vintages(data_dir, problems);
  comparison->codings = read_codings(events, problems);
  if (!observed.empty()) comparison->observed = read_observed_events(observed, problems);
  if (problems.any()) return nullptr;
  comparison->set = make_cases(comparison->vintages, comparison->codings, comparison->observed, params);
  comparison->events = group_rows(*comparison);
  return comparison;
}

Predictions by_observation(const Comparison& comparison,
                           const std::vector<std::vector<SimulatedReturn>>& results) {
  Predictions predictions(comparison.observed.size() * comparison.coding_count());
  for (std::size_t i = 0; i < results.size(); ++i) {
    const EventCase& one = *comparison.set.cases[i];
    for (std::size_t k = 0; k < results[i].size(); ++k) {
      const std::size_t row = one.returns[k].observed;
      if (row == Facts::npos) continue;
      predictions[row * comparison.coding_count() + one.coding] = results[i][k].abnormal;
    }
  }
  return predictions;
}

Predictions predict(const Comparison& comparison, const Parameters& params) {
  return by_observation(comparison, simulate_all(comparison.set.cases, params));
}

}  // namespace chokepoint
