/// A study: one scenario with its data, all arms and replicates, and the tables that follow from them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/input/scenario.hpp"
#include "sim/study/calibration/prior.hpp"
#include "sim/study/experiment.hpp"
#include "sim/study/observed.hpp"
#include "sim/study/structural_priors.hpp"

namespace chokepoint {

/// A scenario with its data, bound and ready to run.
struct Study {
  Scenario scenario;
  Facts facts;
  std::unique_ptr<Calendar> calendar;
  std::vector<Series> series;
  std::vector<BoundMetric> metrics;
  std::vector<BoundMetric> measured;       ///< metrics, then the expressions written out in checks
  std::vector<ObservedValue> observed;     ///< empty without [backtest]
  std::vector<ArmPlan> arms;               ///< at the scenario's own parameters
  Priors priors;                           ///< of the beliefs that are drawn
  std::vector<std::vector<double>> draws;  ///< of the posterior; empty: parameters stand
  StructuralPriors structural;             ///< drawn in each replicate; empty: parameters stand
  std::size_t reference = 0;
};

/// Loads data, checks events, makes calendar and plans, binds metrics. All complaints go to `problems`;
/// the result is usable only when there are none.
std::unique_ptr<Study> prepare_study(Scenario scenario, Problems& problems);

/// What an arm is called in sentences: its label, else its id.
std::string label_of(const Study& study, const std::string& arm);

/// The experiment of a study with all its arms; the caller sets replicates, jobs, spool and progress.
Experiment experiment_of(const Study& study);

/// Rows of the record that tables need: all days with a market, those of the economy's tables without.
std::vector<std::size_t> spooled_rows(const Study& study);

/// Disk space of the series of so many replicates while a study is under way [bytes].
std::size_t disk_space(const Study& study, std::size_t replicates);

}  // namespace chokepoint
