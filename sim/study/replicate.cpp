#include "sim/study/replicate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace chokepoint {
namespace {

void record(const World& world, const std::vector<Series>& series, std::vector<double>& values) {
  for (const Series& one : series) values.push_back(one.read(world));
}

void count_statuses(const World& world, RunRecord& run) {
  run.days_without_price.resize(world.lines);
  for (std::size_t k = 0; k < world.lines; ++k) {
    const LineStatus status = world.status[k];
    ++run.line_days[index(status)];
    if (status == LineStatus::no_demand || status == LineStatus::halted) ++run.days_without_price[k];
  }
}

double largest_rounding(const World& world) {
  double largest = 0.0;
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (world.floating[k] == 0) continue;
    const double share =
        static_cast<double>(world.clearing_shares[k]) / static_cast<double>(world.floating[k]);
    largest = std::max(largest, std::fabs(share));
  }
  return largest;
}

/// The rules of an arm, and the plan that they change: the arm's own until one fires.
class Course {
 public:
  Course(const ArmPlan& arm, const std::vector<Series>& series)
      : arm_(arm), columns_(series.size()), plan_(&arm.plan) {
    Problems problems;
    book_ = open_rule_book(bind_rules(arm.rules, series, problems));
    problems.throw_if_any();
  }

  /// The plan of a day, after the rules have looked at the record up to it.
  const Plan& plan(const World& world, const RandomStream& random, const RunRecord& run, std::size_t day) {
    if (book_.rules.empty()) return *plan_;
    const Look look{run.values, columns_, plan_->calendar, world.facts->as_of, day, {}};
    const std::vector<Event> said = step_rules(look, random, changed_ ? events_ : arm_.events, book_);
    if (said.empty()) return *plan_;
    if (!changed_) events_ = arm_.events;
    events_.insert(events_.end(), said.begin(), said.end());
    changed_ = plan_again(*plan_, *world.facts, arm_.parameters, events_);
    plan_ = &*changed_;
    return *plan_;
  }

  void keep(RunRecord& run) {
    run.firings = std::move(book_.firings);
    for (RuleState& state : book_.states) run.nearest.push_back(std::move(state.nearest));
  }

 private:
  const ArmPlan& arm_;
  std::size_t columns_;
  const Plan* plan_;
  std::vector<Event> events_;  ///< those that `changed_` was made of
  std::optional<Plan> changed_;
  RuleBook book_;
};

}  // namespace

RunRecord run_arm(const World& start, const ArmPlan& arm, const RandomStream& random,
                  const std::vector<Series>& series,
                  const std::function<void(World&, std::size_t)>& after_day, std::size_t days) {
  World world = start;
  RunRecord run;
  days = std::min(days, arm.plan.calendar->days().size());
  run.values.reserve((days + 1) * series.size());
  record(world, series, run.values);
  Course course(arm, series);
  for (std::size_t day = 0; day < days; ++day) {
    tick(world, arm.parameters, random, course.plan(world, random, run, day), day);
    if (after_day) after_day(world, day);
    record(world, series, run.values);
    run.fingerprints.push_back(fingerprint(world));
    count_statuses(world, run);
    run.largest_rounding = std::max(run.largest_rounding, largest_rounding(world));
  }
  run.counts = world.clearing.counts();
  run.spells = world.economy.spells.all();
  course.keep(run);
  return run;
}

}  // namespace chokepoint
