/// Arms are the same world until they may differ: asserted on the whole state of every day, and where it
/// fails, the leak is called by its name.
///
/// In every replicate the hash of an arm's state is compared with that of the reference on all days before
/// their first allowed difference. When they are not equal, both runs are made again with an observer that
/// looks after every verb of the day; the error says after which verb, in which variable and at whom the two
/// came apart. Tests: tests/unit/identity_test.cpp.
#pragma once

#include <optional>
#include <string>

#include "sim/model/plan_days.hpp"
#include "sim/model/state_names.hpp"
#include "sim/study/experiment.hpp"

namespace chokepoint {

struct Study;

/// First day on which an arm may differ from the reference in a replicate: the first on which their plans
/// bring different things; 0 with other parameters, no_day when nothing tells them apart. What rules add is
/// in the plans that they made (RunRecord::plan_in_the_end).
std::size_t first_allowed_difference(const ArmPlan& arm, const ArmPlan& reference);
/// The same of an arm of a study at the scenario's own parameters.
std::size_t first_allowed_difference(const Study& study, std::size_t arm);

/// Where two runs came apart.
struct Leak {
  std::size_t day = 0;
  std::string verb;
  StateDifference what;
};

/// Runs both arms again up to day `departure.allowed`; empty when they are the same after every verb.
std::optional<Leak> find_leak(const Experiment& experiment, const Departure& departure);

/// Throws Error{run_failed} with the name of the leak when there is one.
void throw_if_leaked(const Experiment& experiment, const Departure& departure);

/// Throws Error{run_failed} when an arm differed before it may, with the first leak found.
void check_identity(const Experiment& experiment, const std::vector<Departure>& departures);

}  // namespace chokepoint
