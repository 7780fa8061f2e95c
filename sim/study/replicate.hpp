/// One run of one arm in one replicate: the loop over days, and what is kept of it.
#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "sim/input/rule.hpp"
#include "sim/model/initial_world.hpp"
#include "sim/model/tick.hpp"
#include "sim/study/rule_state.hpp"
#include "sim/study/series.hpp"

namespace chokepoint {

/// Changes a plan that was made of these events.
using PlanChange = std::function<void(const std::vector<Event>& events, Plan& plan)>;

/// Everything an arm's runs have in common.
struct ArmPlan {
  std::string id;
  Parameters parameters;
  Plan plan;
  std::vector<Event> events = {};  ///< what the plan was made of
  std::vector<Rule> rules = {};    ///< may add to them while the arm runs
  PlanChange change_plan = {};     ///< of every plan that rules make; `plan` has it already; null: none
  VerbObserver after_verb = {};    ///< sees the world after every verb of every day; tests put leaks in
};

struct RunRecord {
  std::vector<double> values;  ///< [1 + days][series], row 0 is T0
  std::vector<std::uint64_t>
      fingerprints;                    ///< [days] of the whole state; 0 on days on which it was not asked for
  std::vector<std::uint64_t> told;     ///< [days] hash of the day's values
  std::uint64_t state_in_the_end = 0;  ///< hash of the whole state after the last day
  ClearingCounts counts;
  std::array<long long, line_status_names.size()> line_days{};  ///< line-days by status at the close
  std::vector<long long> days_without_price;                    ///< [line] NO_DEMAND or HALT at the close
  std::vector<AccessSpell> spells;                              ///< of denial
  std::vector<Firing> firings;                                  ///< of the arm's rules, in order
  std::vector<NearestApproach> nearest;                         ///< [rule] by id
  double largest_rounding = 0;                  ///< largest clearing account, as a share of the line's float
  std::shared_ptr<const Plan> plan_in_the_end;  ///< that rules made; null: the arm's own
};

/// The rules of an arm, and the plan that they change while it runs.
struct RuleCourse {
  RuleBook book;
  std::vector<Event> events;            ///< that `changed` was made of
  std::shared_ptr<const Plan> changed;  ///< null: the arm's own plan
};

/// A run that has come to the start of a day. A copy goes on as the original would.
struct RunUnderWay {
  World world;
  RunRecord record;
  RuleCourse course;
  std::size_t day = 0;  ///< the next one
};

inline constexpr std::size_t all_days = std::numeric_limits<std::size_t>::max();

/// At T0, in a copy of `start`.
RunUnderWay begin_run(const World& start, const std::vector<Series>& series);

/// How far a run goes on, and who looks at it.
struct RunTo {
  std::size_t end = 0;                                      ///< first day that is left out
  std::size_t hashed = all_days;                            ///< from this day on the state is not hashed
  std::function<void(World&, std::size_t)> after_day = {};  ///< may look at the world after each tick
};

/// Before each day the arm's rules look at the record; when one fires, the plan is made again from the events
/// so far and those that it announces.
void run_until(RunUnderWay& run, const ArmPlan& arm, const RandomStream& random,
               const std::vector<Series>& series, const RunTo& to);

/// What is left of a run that has come to its end.
RunRecord end_run(RunUnderWay run);

/// Runs the first `days` days from a copy of `start`. `after_day` may look at the world after each tick
/// (tests do).
RunRecord run_arm(const World& start, const ArmPlan& arm, const RandomStream& random,
                  const std::vector<Series>& series,
                  const std::function<void(World&, std::size_t)>& after_day = {},
                  std::size_t days = all_days);

}  // namespace chokepoint
