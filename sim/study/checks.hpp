/// Checks after a run: what each found in its arm, whether that is as expected, and checks.csv.
#pragma once

#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace chokepoint {

struct CheckOutcome {
  const Check* check = nullptr;
  double value = 0;  ///< the metric over the replicates of the arm
  bool passed = false;
};

/// `result` is of an experiment over all of Study::measured.
std::vector<CheckOutcome> evaluate_checks(const Study& study, const ExperimentResult& result);

/// True when a check of level error failed.
bool any_failed(const std::vector<CheckOutcome>& outcomes);

void write_checks(const Study& study, const std::vector<CheckOutcome>& outcomes, const std::string& folder);

}  // namespace chokepoint
