/// Settings that change nothing: every parameter that a scenario or one of its arms sets is tried at the
/// value it would have otherwise, in replicate 0. Tests: tests/unit/inert_settings_test.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace chokepoint {

struct InertSetting {
  Setting setting;
  std::string arm;         ///< id of the arm that sets it; empty: the scenario does
  double otherwise = 0;    ///< the value it would have, in replicate 0
  std::string drawn_from;  ///< "prior" or "posterior" when that value is a draw
};

/// Most runs that `inert_settings` makes; a setting is done with the first run that it changes.
std::size_t inert_setting_runs(const Study& study);

/// `result`: of the study, at least one replicate. Settings that repeat the value they would have anyway
/// are not looked at (W112 tells of them where nothing is drawn), nor is one without which no world can be
/// made. `runs_done` is called with the number of runs that need not be waited for any more.
std::vector<InertSetting> inert_settings(const Study& study, const ExperimentResult& result, int jobs,
                                         const std::function<void(std::size_t)>& runs_done);

/// W137 for each, at the place of the setting.
void warn_of_inert_settings(const Study& study, const std::vector<InertSetting>& inert, Problems& problems);

}  // namespace chokepoint
