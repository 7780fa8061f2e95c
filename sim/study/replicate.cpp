#include "sim/study/replicate.hpp"

#include <algorithm>
#include <cmath>

#include "sim/model/state_fields.hpp"

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

}  // namespace

RunRecord run_arm(const World& start, const ArmPlan& arm, const RandomStream& random,
                  const std::vector<Series>& series,
                  const std::function<void(World&, std::size_t)>& after_day, std::size_t days) {
  World world = start;
  RunRecord run;
  days = std::min(days, arm.plan.calendar->days().size());
  run.values.reserve((days + 1) * series.size());
  record(world, series, run.values);
  for (std::size_t day = 0; day < days; ++day) {
    tick(world, arm.parameters, random, arm.plan, day);
    if (after_day) after_day(world, day);
    record(world, series, run.values);
    run.fingerprints.push_back(fingerprint(world));
    count_statuses(world, run);
    run.largest_rounding = std::max(run.largest_rounding, largest_rounding(world));
  }
  run.counts = world.clearing.counts();
  run.spells = world.economy.spells.all();
  return run;
}

}  // namespace chokepoint
