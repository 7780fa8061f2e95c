#include "sim/study/identity.hpp"

#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>

#include "sim/study/replicate_runs.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/whole_experiment.hpp"

using namespace chokepoint;

namespace {

/// A verb of a day by its number, and how to draw what is changed after it.
struct Place {
  std::size_t day = 0;
  std::size_t verb = 0;
};

/// What was changed, as the error has to call it.
struct Injected {
  std::string verb;
  std::string variable;
  std::string place;
};

/// Calls `act` after one verb of one day, in every run of the arm.
VerbObserver at(const Place& place, const std::function<void(World&, std::string_view)>& act) {
  auto count = std::make_shared<std::size_t>(0);
  return [=](World& world, std::string_view verb) {
    if (verb == "begin_day") *count = 0;
    if ((*count)++ == place.verb && world.day == place.day) act(world, verb);
  };
}

using VerbsByDay = std::vector<std::vector<std::string>>;

/// Names of the verbs of every day.
VerbsByDay verbs_by_day(const WholeExperiment& whole) {
  VerbsByDay verbs(whole.calendar.days().size());
  const RandomStream random(whole.experiment.seed, 0);
  World world = whole_start(whole.facts, whole.params, whole.first, random);
  for (std::size_t day = 0; day < verbs.size(); ++day) {
    tick(world, whole.params, random, whole.first, day,
         [&](World&, std::string_view verb) { verbs[day].emplace_back(verb); });
  }
  return verbs;
}

/// Turns over the last bit of one element of one variable.
Injected inject(World& world, std::string_view verb, double which_field, double which_element) {
  std::vector<StateField> fields;
  visit_state(world, [&](const StateField& field) {
    if (field.borrowed && field.count > 0) fields.push_back(field);
  });
  const StateField& field =
      fields[static_cast<std::size_t>(which_field * static_cast<double>(fields.size()))];
  const auto element = static_cast<std::size_t>(which_element * static_cast<double>(field.count));
  char& byte = static_cast<char*>(const_cast<void*>(field.data))[element * field.bytes_each];
  byte = static_cast<char>(byte ^ 1);
  return {std::string(verb), std::string(field.name.substr(0, field.name.find(" ["))),
          place_of(world, field, element)};
}

std::string error_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::run_failed);
    return error.what();
  }
  return "";
}

/// What is said of an experiment.
std::string complaint_of(WholeExperiment& whole) {
  return error_of([&] { run_experiment(whole.experiment); });
}

/// All bytes of an arm's state after the last day; none when the run fails.
std::optional<std::string> last_evening(const WholeExperiment& whole, const ArmPlan& arm) {
  const RandomStream random(whole.experiment.seed, 0);
  RunUnderWay run = begin_run(start_of(whole.facts, arm, random), whole.series);
  try {
    run_until(run, arm, random, whole.series, {whole.calendar.days().size(), 0, {}});
  } catch (const Error&) {
    return std::nullopt;
  }
  std::string bytes;
  visit_state(run.world, [&](const StateField& field) {
    if (field.count > 0) bytes.append(static_cast<const char*>(field.data), field.bytes());
  });
  return bytes;
}

/// A leak that was drawn, and what an experiment that ends on the evening of its day says of it.
struct Trial {
  Place place;
  Injected done;
  bool lasted = false;  ///< the day's last bytes are others than without it
  std::string date, said;
};

Trial try_leak(std::uint32_t number, const VerbsByDay& verbs) {
  const RandomStream random(20260701, number);
  const auto draw = [&](std::uint32_t what) { return random.uniform(Decision::synthetic_test, 0, what); };
  Trial trial;
  trial.place.day = static_cast<std::size_t>(draw(0) * static_cast<double>(verbs.size()));
  const std::size_t count = verbs[trial.place.day].size();
  trial.place.verb = static_cast<std::size_t>(draw(1) * static_cast<double>(count));
  WholeExperiment whole(trial.place.day + 1);
  whole.experiment.jobs = 1;
  whole.arm("baseline");
  whole.arm("leaky").after_verb = at(trial.place, [&](World& world, std::string_view verb) {
    trial.done = inject(world, verb, draw(2), draw(3));
  });
  const auto with = last_evening(whole, whole.experiment.arms[1]);
  trial.lasted = with != last_evening(whole, whole.experiment.arms[0]);
  trial.date = to_text(whole.calendar.days().back().date);
  trial.said = complaint_of(whole);
  return trial;
}

/// Six days of two arms that may differ from Monday 22 June, day 5, on; leaks go into the second.
struct BanFrom22June : WholeExperiment {
  BanFrom22June() : WholeExperiment(6) {
    experiment.replicates = 3;
    arm("baseline");
    arm("ban", {whole_events()[3]});
  }
  void leak(const VerbObserver& put_in) { experiment.arms[1].after_verb = put_in; }
  std::string complaint() { return complaint_of(*this); }

  const std::string beginning = "arm 'ban' differs from 'baseline' on 2026-06-";
  const std::string listed = " before their first listed difference (2026-06-22) in replicate r0000: ";
};

}  // namespace

TEST_CASE("identity: a leak at a random verb, variable, place and day is called by name, fifty times",
          "[unit][identity]") {
  const VerbsByDay verbs = verbs_by_day(WholeExperiment());
  std::set<std::string> hit_verbs, hit_variables;
  std::size_t lasting = 0;
  std::uint32_t number = 0;
  for (; lasting < 50 && number < 100; ++number) {
    const Trial trial = try_leak(number, verbs);
    const auto& [verb, variable, place] = trial.done;
    CAPTURE(number, trial.said, verb, variable, place);
    CHECK(verb == verbs[trial.place.day][trial.place.verb]);
    if (!trial.lasted) {  // what is overwritten before the evening, with nothing done by it, is no leak of a
                          // run
      CHECK(trial.said == "");
      continue;
    }
    ++lasting;
    const std::string whose = place.empty() ? "" : fmt::format(" of {}", place);
    CHECK_THAT(trial.said, Catch::StartsWith(fmt::format(
                               "arm 'leaky' differs from 'baseline' on {} before their first listed "
                               "difference (none) in replicate r0000: {}{} after '{}' (",
                               trial.date, variable, whose, verb)));
    CHECK_THAT(trial.said, !Catch::Contains("more"));
    hit_verbs.insert(verb);
    hit_variables.insert(variable);
  }
  CHECK(lasting == 50);
  CHECK(hit_verbs.size() > 12);
  CHECK(hit_variables.size() > 30);
}

TEST_CASE_METHOD(BanFrom22June, "identity: a price that leaks: what follows from it is counted",
                 "[unit][identity]") {
  leak([](World& world, std::string_view verb) {
    if (world.day == 3 && verb == "draw_noise") world.log_price[beta] += 1e-9;
  });
  CHECK_THAT(complaint(), Catch::StartsWith(fmt::format("{}18{}log price of line BETA after 'draw_noise' (",
                                                        beginning, listed)));
}

TEST_CASE_METHOD(BanFrom22June,
                 "identity: cash that leaks is told by the leak's name before the audit of the arm complains",
                 "[unit][identity]") {
  leak([](World& world, std::string_view verb) {
    if (world.day == 2 && verb == "clear_market session b") world.cash[17] += 10000;
  });
  const std::string said = complaint();
  CHECK_THAT(said, Catch::StartsWith(fmt::format("{}17{}cash of account 17 (", beginning, listed)));
  CHECK_THAT(said, Catch::Contains(") after 'clear_market session b' ("));
  CHECK_THAT(said, Catch::EndsWith(" micro-USD)"));
}

TEST_CASE_METHOD(BanFrom22June, "identity: several leaks at once", "[unit][identity]") {
  leak([](World& world, std::string_view verb) {
    if (world.day != 2 || verb != "work") return;
    world.taste[3] += 1.0;
    world.taste[7] += 1.0;
    world.momentum[alpha] += 1.0;
    world.economy.bridge.trust += 0.25;
  });
  const std::string said = complaint();
  CHECK_THAT(
      said, Catch::Contains(fmt::format("{}drift of taste of class 3 of line ALPHA after 'work' (", listed)));
  CHECK_THAT(said, Catch::EndsWith("; 1 more of its values; 2 more variables)"));
}

TEST_CASE_METHOD(BanFrom22June, "identity: on the first day on which arms may differ there is no leak",
                 "[unit][identity]") {
  leak([](World& world, std::string_view verb) {
    if (world.day == 5 && verb == "begin_day") world.log_price[beta] += 1e-9;
  });
  CHECK(complaint() == "");
}

TEST_CASE_METHOD(BanFrom22June, "identity: what comes and goes is a leak that cannot be found again",
                 "[unit][identity]") {
  const auto count = std::make_shared<std::atomic<int>>(0);
  leak([=](World& world, std::string_view verb) {
    if (world.day == 3 && verb == "draw_noise" && (*count)++ < 3) world.log_price[beta] += 1e-9;
  });
  CHECK_THAT(complaint(), Catch::Contains("did not when both were run again"));
}

TEST_CASE_METHOD(BanFrom22June, "identity: a failure of the arm's own after that day stays what it is",
                 "[unit][identity]") {
  leak([](World& world, std::string_view verb) {
    if (world.day == 5 && verb == "close_day") world.cash[17] += 10000;
  });
  CHECK_THAT(complaint(), Catch::StartsWith("2026-06-22: cash of account "));
}

TEST_CASE("identity: an arm may differ from the day on which plans differ, or at once", "[unit][identity]") {
  const auto study = model_study({});
  CHECK(first_allowed_difference(*study, 1) == 3);
  CHECK(first_allowed_difference(*study, 0) == no_day);
  ArmPlan arm = study->arms[0];
  CHECK(first_allowed_difference(arm, study->arms[0]) == no_day);
  arm.rules.resize(1);  // what it adds is in the plan of the run
  CHECK(first_allowed_difference(arm, study->arms[0]) == no_day);
  arm.parameters.noise.scale = 0.5;
  CHECK(first_allowed_difference(arm, study->arms[0]) == 0);
  CHECK(first_allowed_difference(study->arms[0], arm) == 0);
}
