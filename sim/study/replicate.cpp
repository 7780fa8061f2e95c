#include "sim/study/replicate.hpp"

#include <algorithm>
#include <cmath>

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
    tick(run.world, arm.parameters, random, arm.plan, run.day, arm.after_verb);
    if (to.after_day) to.after_day(run.world, run.day);
    record(run.world, series, kept.values);
    kept.fingerprints.push_back(run.day < to.hashed ? fingerprint(run.world) : 0);
    kept.told.push_back(hash_of_last(kept.values, series.size()));
    count_statuses(run.world, kept);
    kept.largest_rounding = std::max(kept.largest_rounding, largest_rounding(run.world));
  }
}

RunRecord end_run(RunUnderWay run) {
  run.record.counts = run.world.clearing.counts();
  run.record.spells = run.world.economy.spells.all();
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
