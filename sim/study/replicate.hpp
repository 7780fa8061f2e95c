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

/// Everything an arm's runs have in common.
struct ArmPlan {
  std::string id;
  Parameters parameters;
  Plan plan;
  std::vector<Event> events = {};  ///< what the plan was made of
  std::vector<Rule> rules = {};    ///< may add to them while the arm runs
};

struct RunRecord {
  std::vector<double> values;               ///< [1 + days][series], row 0 is T0
  std::vector<std::uint64_t> fingerprints;  ///< [days]
  ClearingCounts counts;
  std::array<long long, line_status_names.size()> line_days{};  ///< line-days by status at the close
  std::vector<long long> days_without_price;                    ///< [line] NO_DEMAND or HALT at the close
  std::vector<AccessSpell> spells;                              ///< of denial
  std::vector<Firing> firings;                                  ///< of the arm's rules, in order
  std::vector<NearestApproach> nearest;                         ///< [rule] by id
  double largest_rounding = 0;  ///< largest clearing account, as a share of the line's float
};

inline constexpr std::size_t all_days = std::numeric_limits<std::size_t>::max();

/// Runs the first `days` days from a copy of `start`. Before each day the arm's rules look at the record;
/// when one fires, the plan is made again from the events so far and those that it announces. `after_day` may
/// look at the world after each tick (tests do).
RunRecord run_arm(const World& start, const ArmPlan& arm, const RandomStream& random,
                  const std::vector<Series>& series,
                  const std::function<void(World&, std::size_t)>& after_day = {},
                  std::size_t days = all_days);

}  // namespace chokepoint
