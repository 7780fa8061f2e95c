#include "sim/study/replicate_runs.hpp"

#include <algorithm>

#include "sim/base/digest.hpp"
#include "sim/study/identity.hpp"
#include "sim/study/shared_days.hpp"

namespace chokepoint {
namespace {

/// Hashes of an arm's days.
struct DayHashes {
  std::vector<std::uint64_t> states, told;
};

/// The runs of one replicate, from branch to branch.
class Replicate {
 public:
  Replicate(const Experiment& experiment, std::size_t number)
      : experiment_(experiment),
        number_(number),
        random_(experiment.seed, static_cast<std::uint32_t>(number)),
        arms_(arms_in(experiment, number)),
        days_(std::min(experiment.days, experiment.calendar->days().size())),
        branches_(branches_of(arms_, experiment.reference, days_)),
        hashed_(arms_.size(), 0),
        hashes_(arms_.size()) {
    result_.arms.resize(arms_.size());
    plan_comparisons();
  }

  ReplicateRuns run() {
    const ArmPlan& reference = arms_[experiment_.reference];
    const World start = start_of(*experiment_.facts, reference, random_);
    result_.investors = start.population.accounts.investors;
    run_from(experiment_.reference, begin_run(start, *experiment_.series));
    for (std::size_t a = 0; a < arms_.size(); ++a) {
      if (a == experiment_.reference || shares(a)) continue;
      const bool same = same_parameters(arms_[a].parameters, reference.parameters);
      run_from(
          a, begin_run(same ? start : start_of(*experiment_.facts, arms_[a], random_), *experiment_.series));
    }
    compare();
    return std::move(result_);
  }

 private:
  /// Which arms must be the same before which day; the state is hashed on these days only.
  void plan_comparisons() {
    const auto ask = [&](const Departure& pair) {
      hashed_[pair.arm] = std::max(hashed_[pair.arm], pair.allowed);
      hashed_[pair.other] = std::max(hashed_[pair.other], pair.allowed);
    };
    for (std::size_t a = 0; a < arms_.size(); ++a) {
      const ArmPlan& reference = arms_[experiment_.reference];
      const std::size_t allowed = std::min(days_, first_allowed_difference(arms_[a], reference));
      if (a != experiment_.reference) equal_.push_back({number_, a, experiment_.reference, allowed});
      const Branch& branch = branches_[a];
      if (proves(number_) && branch.parent != no_day && branch.parent != experiment_.reference) {
        equal_.push_back({number_, a, branch.parent, branch.day});
      }
    }
    for (const Departure& pair : equal_) ask(pair);
  }

  /// True when the arm goes on from another arm's days in this replicate.
  bool shares(std::size_t arm) const {
    return experiment_.share_days && !proves(number_) && branches_[arm].parent != no_day;
  }

  /// Children of an arm, those that leave it first at the front.
  std::vector<std::size_t> children_of(std::size_t parent) const {
    std::vector<std::size_t> children;
    for (std::size_t a = 0; a < arms_.size(); ++a) {
      if (shares(a) && branches_[a].parent == parent) children.push_back(a);
    }
    std::stable_sort(children.begin(), children.end(),
                     [&](std::size_t a, std::size_t b) { return branches_[a].day < branches_[b].day; });
    return children;
  }

  void run_from(std::size_t arm, RunUnderWay run) {
    for (const std::size_t child : children_of(arm)) {
      go_on(arm, run, branches_[child].day);
      result_.shared_days += run.day;
      run_from(child, run);
    }
    go_on(arm, run, days_);
    keep(arm, end_run(std::move(run)));
  }

  void go_on(std::size_t arm, RunUnderWay& run, std::size_t end) {
    try {
      run_until(run, arms_[arm], random_, *experiment_.series, {end, hashed_[arm]});
    } catch (const Error&) {
      for (const Departure& pair : equal_) {
        if (pair.arm == arm) throw_if_leaked(experiment_, pair);
      }
      throw;
    }
  }

  void keep(std::size_t arm, RunRecord record) {
    RunResult& kept = result_.arms[arm];
    for (const BoundMetric& metric : *experiment_.metrics) {
      kept.levels.push_back(level_of(metric, record.values, experiment_.series->size()));
    }
    kept.digests = digests_of(record);
    kept.counts = record.counts;
    kept.line_days = record.line_days;
    kept.days_without_price = record.days_without_price;
    kept.largest_rounding = record.largest_rounding;
    kept.spells = std::move(record.spells);
    kept.firings = std::move(record.firings);
    kept.nearest = std::move(record.nearest);
    if (record.plan_in_the_end) arms_[arm].plan = *record.plan_in_the_end;
    hashes_[arm] = {std::move(record.fingerprints), std::move(record.told)};
    if (experiment_.spool != nullptr) experiment_.spool->write(arm, number_, record.values);
    if (experiment_.run_done) experiment_.run_done();
  }

  void compare() {
    for (std::size_t a = 0; a < arms_.size(); ++a) {
      result_.arms[a].first_difference =
          chokepoint::first_difference(hashes_[a].told, hashes_[experiment_.reference].told);
    }
    for (Departure pair : equal_) {
      // A rule that fired in one of them lets them differ from that day on.
      const ArmPlan& arm = arms_[pair.arm];
      const ArmPlan& other = arms_[pair.other];
      if (!arm.rules.empty() || !other.rules.empty()) {
        pair.allowed = std::min(pair.allowed, first_allowed_difference(arm, other));
      }
      const std::size_t first =
          chokepoint::first_difference(hashes_[pair.arm].states, hashes_[pair.other].states);
      if (first < pair.allowed) result_.departures.push_back(pair);
    }
  }

  const Experiment& experiment_;
  std::size_t number_;
  RandomStream random_;
  std::vector<ArmPlan> arms_;
  std::size_t days_;
  std::vector<Branch> branches_;
  std::vector<Departure> equal_;     // pairs of arms that must be the same before a day
  std::vector<std::size_t> hashed_;  // [arm] first day whose state nobody compares
  std::vector<DayHashes> hashes_;    // [arm]
  ReplicateRuns result_;
};

}  // namespace

std::vector<ArmPlan> arms_in(const Experiment& experiment, std::size_t replicate) {
  return experiment.draw ? experiment.draw(replicate) : experiment.arms;
}

RunDigests digests_of(const RunRecord& record) {
  Digest recorded;
  for (const double value : record.values) recorded.add(value);
  for (const AccessSpell& spell : record.spells) {
    recorded.add(static_cast<std::uint64_t>(spell.model));
    recorded.add(static_cast<std::uint64_t>(index(spell.user)));
    recorded.add(static_cast<std::uint64_t>(spell.reason));
    recorded.add(static_cast<std::uint64_t>(spell.first_day));
    recorded.add(static_cast<std::uint64_t>(spell.last_day));
  }
  return {recorded.value(), record.state_in_the_end};
}

World start_of(const Facts& facts, const ArmPlan& arm, const RandomStream& random) {
  World world = make_world(facts, arm.parameters, random);
  if (arm.plan.setup) world.economy = make_economy(facts, arm.parameters, *arm.plan.setup, random);
  return world;
}

ReplicateRuns run_replicate(const Experiment& experiment, std::size_t replicate) {
  return Replicate(experiment, replicate).run();
}

bool same_parameters(Parameters a, Parameters b) {
  const FieldList left = fields_of(a);
  const FieldList right = fields_of(b);
  for (std::size_t i = 0; i < left.all().size(); ++i) {
    if (*left.all()[i].value != *right.all()[i].value) return false;
  }
  return true;
}

}  // namespace chokepoint
