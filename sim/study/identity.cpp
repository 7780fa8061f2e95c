#include "sim/study/identity.hpp"

#include <fmt/format.h>

#include "sim/study/replicate_runs.hpp"
#include "sim/study/shared_days.hpp"
#include "sim/study/study.hpp"

namespace chokepoint {
namespace {

/// Ends a run from within an observer.
struct Enough {};

/// Runs an arm from T0 until `observer` has had enough or the days are over.
void watch(const Experiment& experiment, const ArmPlan& arm, const RandomStream& random, std::size_t days,
           const VerbObserver& observer) {
  ArmPlan watched = arm;
  watched.after_verb = [&](World& now, std::string_view verb) {
    if (arm.after_verb) arm.after_verb(now, verb);
    observer(now, verb);
  };
  RunUnderWay run = begin_run(start_of(*experiment.facts, arm, random), *experiment.series);
  try {
    observer(run.world, "T0");
    run_until(run, watched, random, *experiment.series, {days, 0, {}});
  } catch (const Enough&) {
  }
}

/// Hash of the state after every verb, T0 first.
std::vector<std::uint64_t> hashes_by_verb(const Experiment& experiment, const ArmPlan& arm,
                                          const RandomStream& random, std::size_t days) {
  std::vector<std::uint64_t> hashes;
  watch(experiment, arm, random, days,
        [&](World& world, std::string_view) { hashes.push_back(fingerprint(world)); });
  return hashes;
}

/// The state after the verb of that number.
World world_after(const Experiment& experiment, const ArmPlan& arm, const RandomStream& random,
                  std::size_t days, std::size_t number) {
  World kept;
  std::size_t count = 0;
  watch(experiment, arm, random, days, [&](World& world, std::string_view) {
    if (count++ < number) return;
    kept = world;
    throw Enough{};
  });
  return kept;
}

std::string date_text(const Experiment& experiment, std::size_t day) {
  return to_text(experiment.calendar->days()[day].date);
}

std::string told(const StateDifference& what) {
  std::string text = fmt::format("{} against {}", what.here, what.there);
  if (!what.unit.empty()) text += " " + what.unit;
  if (what.elements > 0) text += fmt::format("; {} more of its values", what.elements);
  if (what.variables > 0) {
    text += fmt::format("; {} more variable{}", what.variables, what.variables == 1 ? "" : "s");
  }
  return text;
}

/// "arm 'x' differs from 'baseline' on 2026-07-01 before their first listed difference (2026-08-01)".
std::string complaint(const Experiment& experiment, const Departure& departure, const std::string& when) {
  const std::size_t days = experiment.calendar->days().size();
  return fmt::format(
      "arm '{}' differs from '{}' {}before their first listed difference ({}) in replicate "
      "r{:04}",
      experiment.arms[departure.arm].id, experiment.arms[departure.other].id, when,
      departure.allowed < days ? date_text(experiment, departure.allowed) : "none", departure.replicate);
}

}  // namespace

std::size_t first_allowed_difference(const ArmPlan& arm, const ArmPlan& reference) {
  return PlanDifferences({arm, reference}).first_day(0, 1);
}

std::size_t first_allowed_difference(const Study& study, std::size_t arm) {
  return first_allowed_difference(study.arms[arm], study.arms[study.reference]);
}

std::optional<Leak> find_leak(const Experiment& experiment, const Departure& departure) {
  const std::vector<ArmPlan> arms = arms_in(experiment, departure.replicate);
  const RandomStream random(experiment.seed, static_cast<std::uint32_t>(departure.replicate));
  const ArmPlan& arm = arms[departure.arm];
  const ArmPlan& other = arms[departure.other];
  const std::vector<std::uint64_t> expected = hashes_by_verb(experiment, other, random, departure.allowed);
  std::size_t count = 0;
  Leak leak;
  std::optional<World> departed;
  watch(experiment, arm, random, departure.allowed, [&](World& world, std::string_view verb) {
    if (count < expected.size() && fingerprint(world) == expected[count]) {
      ++count;
      return;
    }
    leak.day = world.day;
    leak.verb = verb;
    departed = world;
    throw Enough{};
  });
  if (!departed) return std::nullopt;
  const auto what = difference(*departed, world_after(experiment, other, random, departure.allowed, count));
  if (what) leak.what = *what;
  return leak;
}

void throw_if_leaked(const Experiment& experiment, const Departure& departure) {
  const std::optional<Leak> leak = find_leak(experiment, departure);
  if (!leak) return;
  const std::string when = fmt::format("on {} ", date_text(experiment, leak->day));
  throw Error(ExitCode::run_failed,
              fmt::format("{}: {} after '{}' ({})", complaint(experiment, departure, when),
                          name_of(leak->what), leak->verb, told(leak->what)));
}

void check_identity(const Experiment& experiment, const std::vector<Departure>& departures) {
  if (departures.empty()) return;
  throw_if_leaked(experiment, departures.front());
  throw Error(ExitCode::run_failed,
              complaint(experiment, departures.front(), "") +
                  ", and did not when both were run again (something outside of the run has a say in it)");
}

}  // namespace chokepoint
