/// The record: scores of the simulator and of simple forecasts, ablations, and which targets are met.
///
/// `chokepoint backtest` prints it and writes it to scorecard.csv; `chokepoint calibrate` ships it with the
/// posterior, and every later result carries its short form.
#pragma once

#include <string>
#include <vector>

#include "sim/study/backtest/ablations.hpp"
#include "sim/study/backtest/baselines.hpp"

namespace chokepoint {

/// A promise of the record, held or not.
struct Target {
  std::string id;
  std::string what;
  double value = 0;
  double low = 0;  ///< met when low <= value <= high
  double high = 0;

  bool met() const { return low <= value && value <= high; }
};

struct Scorecard {
  std::string text;             ///< tables for people
  std::vector<Target> targets;  ///< in the order of the text
  std::string sentence;         ///< what the record means for a reader
};

Scorecard make_scorecard(const Comparison& comparison, const Forecasts& forecasts,
                         const std::vector<Baseline>& baselines, const std::vector<Ablation>& ablations);

void write_scorecard(const Scorecard& scorecard, const std::string& path);

/// backtest.csv: one row per observation and window.
void write_backtest(const Comparison& comparison, const Forecasts& forecasts, const std::string& path);

/// The record of a calibration folder in two lines, for results that rest on it; says so when there is none.
std::string stamp_of(const std::string& calibration_folder);

}  // namespace chokepoint
