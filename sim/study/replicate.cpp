#include "sim/study/replicate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/base/byte_hash.hpp"
#include "sim/model/state_fields.hpp"

namespace chokepoint {
namespace {

void record(const World& world, const std::vector<Series>& series, std::vector<double>& values) {
  for (const Series& one : series) values.push_back(one.read(world));
}

std::uint64_t hash_of_last(const std::vector<double>& values, std::size_t count) {
  ByteHash hash;
  hash.add(values.data() + (values.size() - count), count * sizeof(double));
  return hash.value();
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

void open_course(const ArmPlan& arm, const std::vector<Series>& series, RuleCourse& course) {
  Problems problems;
  course.book = open_rule_book(bind_rules(arm.rules, series, problems));
  course.events = arm.events;
  problems.throw_if_any();
}

/// The plan of the day that comes, after the rules have looked at the record up to it.
const Plan& plan_of_day(RunUnderWay& run, const ArmPlan& arm, const RandomStream& random,
                        const std::vector<Series>& series) {
  RuleCourse& course = run.course;
  const Plan& plan = course.changed ? *course.changed : arm.plan;
  if (arm.rules.empty()) return plan;
  if (course.book.rules.empty()) open_course(arm, series, course);
  const Look look{run.record.values, series.size(), plan.calendar, run.world.facts->as_of, run.day, {}};
  const std::vector<Event> said = step_rules(look, random, course.events, course.book);
  if (said.empty()) return plan;
  course.events.insert(course.events.end(), said.begin(), said.end());
  Plan again = plan_again(plan, *run.world.facts, arm.parameters, course.events);
  if (arm.change_plan) arm.change_plan(course.events, again);
  course.changed = std::make_shared<const Plan>(std::move(again));
  return *course.changed;
}

}  // namespace

RunUnderWay begin_run(const World& start, const std::vector<Series>& series) {
  RunUnderWay run;
  run.world = start;
  record(run.world, series, run.record.values);
  return run;
}

void run_until(RunUnderWay& run, const ArmPlan& arm, const RandomStream& random,
               const std::vector<Series>& series, const RunTo& to) {
  RunRecord& kept = run.record;
  kept.values.reserve((to.end + 1) * series.size());
  for (; run.day < to.end; ++run.day) {
    tick(run.world, arm.parameters, random, plan_of_day(run, arm, random, series), run.day, arm.after_verb);
    if (to.after_day) to.after_day(run.world, run.day);
    record(run.world, series, kept.values);
    kept.fingerprints.push_back(run.day < to.hashed ? fingerprint(run.world) : 0);
    kept.told.push_back(hash_of_last(kept.values, series.size()));
    count_statuses(run.world, kept);
    kept.largest_rounding = std::max(kept.largest_rounding, largest_rounding(run.world));
  }
}

RunRecord end_run(RunUnderWay run) {
  run.record.state_in_the_end = fingerprint(run.world);
  run.record.counts = run.world.clearing.counts();
  run.record.spells = run.world.economy.spells.all();
  run.record.firings = std::move(run.course.book.firings);
  for (RuleState& state : run.course.book.states) run.record.nearest.push_back(std::move(state.nearest));
  run.record.plan_in_the_end = std::move(run.course.changed);
  return std::move(run.record);
}

RunRecord run_arm(const World& start, const ArmPlan& arm, const RandomStream& random,
                  const std::vector<Series>& series,
                  const std::function<void(World&, std::size_t)>& after_day, std::size_t days) {
  RunUnderWay run = begin_run(start, series);
  run_until(run, arm, random, series,
            {std::min(days, arm.plan.calendar->days().size()), all_days, after_day});
  return end_run(std::move(run));
}

}  // namespace chokepoint
