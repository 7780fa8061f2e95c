#include "sim/study/identity.hpp"

#include <atomic>
#include <catch2/catch.hpp>

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

/// Names of the verbs of every day.
std::vector<std::vector<std::string>> verbs_by_day(const WholeExperiment& whole) {
  std::vector<std::vector<std::string>> verbs(whole.calendar.days().size());
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

}  // namespace

TEST_CASE("identity: a leak at a random verb, variable, place and day is called by name, fifty times",
          "[unit][identity]") {
  WholeExperiment whole;
  whole.arm("baseline");
  whole.arm("leaky");
  const std::vector<std::vector<std::string>> verbs = verbs_by_day(whole);
  std::set<std::string> hit_verbs, hit_variables;
  for (std::uint32_t trial = 0; trial < 50; ++trial) {
    const RandomStream random(20260701, trial);
    const auto draw = [&](std::uint32_t what) { return random.uniform(Decision::synthetic_test, 0, what); };
    Place place;
    place.day = static_cast<std::size_t>(draw(0) * static_cast<double>(whole_days));
    place.verb = static_cast<std::size_t>(draw(1) * static_cast<double>(verbs[place.day].size()));
    Injected done;
    whole.experiment.arms[1].after_verb =
        at(place, [&](World& world, std::string_view verb) { done = inject(world, verb, draw(2), draw(3)); });
    const std::string said = error_of([&] { throw_if_leaked(whole.experiment, {0, 1, 0, whole_days}); });
    CAPTURE(trial, said);
    CHECK(done.verb == verbs[place.day][place.verb]);
    const std::string date = to_text(whole.calendar.days()[place.day].date);
    const std::string whose = done.place.empty() ? "" : " of " + done.place;
    CHECK_THAT(said, Catch::StartsWith("arm 'leaky' differs from 'baseline' on " + date +
                                       " before their first listed difference (none) in replicate r0000: " +
                                       done.variable + whose + " after '" + done.verb + "' ("));
    CHECK_THAT(said, !Catch::Contains("more"));
    hit_verbs.insert(done.verb);
    hit_variables.insert(done.variable);
  }
  CHECK(hit_verbs.size() > 12);
  CHECK(hit_variables.size() > 30);
}

TEST_CASE("identity: an experiment with a leak fails by its name, in the replicate and on the day",
          "[unit][identity]") {
  WholeExperiment whole(6);
  whole.experiment.replicates = 3;
  whole.arm("baseline");
  whole.arm("ban", {whole_events()[3]});  // Monday 22 June, day 5
  ArmPlan& arm = whole.experiment.arms[1];
  const std::string beginning = "arm 'ban' differs from 'baseline' on 2026-06-";
  const std::string listed = " before their first listed difference (2026-06-22) in replicate r0000: ";
  const auto complaint = [&] { return error_of([&] { run_experiment(whole.experiment); }); };
  SECTION("a price: what follows from it is counted") {
    arm.after_verb = [](World& world, std::string_view verb) {
      if (world.day == 3 && verb == "draw_noise") world.log_price[beta] += 1e-9;
    };
    CHECK_THAT(complaint(),
               Catch::StartsWith(beginning + "18" + listed + "log price of line BETA after 'draw_noise' ("));
  }
  SECTION("cash: told by the leak's name before the audit of the arm complains") {
    arm.after_verb = [](World& world, std::string_view verb) {
      if (world.day == 2 && verb == "clear_market session b") world.cash[17] += 10000;
    };
    const std::string said = complaint();
    CHECK_THAT(said, Catch::StartsWith(beginning + "17" + listed + "cash of account 17 ("));
    CHECK_THAT(said, Catch::Contains(") after 'clear_market session b' ("));
    CHECK_THAT(said, Catch::EndsWith(" micro-USD)"));
  }
  SECTION("several at once") {
    arm.after_verb = [](World& world, std::string_view verb) {
      if (world.day != 2 || verb != "work") return;
      world.taste[3] += 1.0;
      world.taste[7] += 1.0;
      world.momentum[alpha] += 1.0;
      world.economy.bridge.trust += 0.25;
    };
    const std::string said = complaint();
    CHECK_THAT(said, Catch::Contains(listed + "drift of taste of class 3 of line ALPHA after 'work' ("));
    CHECK_THAT(said, Catch::EndsWith("; 1 more of its values; 2 more variables)"));
  }
  SECTION("on the first day on which they may differ there is no leak") {
    arm.after_verb = [](World& world, std::string_view verb) {
      if (world.day == 5 && verb == "begin_day") world.log_price[beta] += 1e-9;
    };
    CHECK(complaint().empty());
  }
  SECTION("what comes and goes is a leak that cannot be found again") {
    auto count = std::make_shared<std::atomic<int>>(0);
    arm.after_verb = [=](World& world, std::string_view verb) {
      if (world.day == 3 && verb == "draw_noise" && (*count)++ < 3) world.log_price[beta] += 1e-9;
    };
    CHECK_THAT(complaint(), Catch::Contains("did not when both were run again"));
  }
  SECTION("a failure of the arm's own after that day stays what it is") {
    arm.after_verb = [](World& world, std::string_view verb) {
      if (world.day == 5 && verb == "close_day") world.cash[17] += 10000;
    };
    CHECK_THAT(complaint(), Catch::StartsWith("2026-06-22: cash of account "));
  }
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
