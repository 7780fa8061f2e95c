#include "sim/study/arm_variants.hpp"

#include <catch2/catch.hpp>

#include "sim/study/posterior_draws.hpp"
#include "sim/study/replicate_runs.hpp"
#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> gamma_cap{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

RunDigests digests_of_run(const Study& study, const ArmPlan& arm, std::uint32_t replicate = 0) {
  const RandomStream random(study.scenario.seed, replicate);
  return digests_of(run_arm(start_of(study.facts, arm, random), arm, random, study.series));
}

/// The model study with a drawn parameter.
std::unique_ptr<Study> drawn_study() {
  auto study = model_study(gamma_cap);
  study->structural = {{"beliefs.beta.vacated", StructuralScale::log, 0.18, 0.05, 0.4, 0.0, 1.0}};
  return study;
}

double vacated(const ArmPlan& arm) { return arm.parameters.beliefs.beta[index(Channel::vacated)]; }

}  // namespace

TEST_CASE("arm variants: the scenario's contents give the study's own arms", "[unit][arm_variants]") {
  const auto study = model_study(gamma_cap);
  const std::vector<ArmContent> contents = contents_of(*study);
  REQUIRE(contents.size() == 2);
  CHECK(contents[0].events.empty());
  REQUIRE(contents[1].events.size() == 1);
  const std::vector<ArmPlan> arms = arms_of(*study, contents, 0);
  for (std::size_t a = 0; a < 2; ++a) {
    CHECK(arms[a].id == study->arms[a].id);
    CHECK(same_parameters(arms[a].parameters, study->arms[a].parameters));
    CHECK(arms[a].plan.values.size() == study->arms[a].plan.values.size());
    CHECK(digests_of_run(*study, arms[a]) == digests_of_run(*study, study->arms[a]));
  }
  CHECK(digests_of_run(*study, arms[0]) != digests_of_run(*study, arms[1]));
}

TEST_CASE("arm variants: an arm without its event equals one that excludes it", "[unit][arm_variants]") {
  const auto study = model_study(gamma_cap);
  ArmContent content = content_of(*study, 1);
  content.events.clear();
  const ArmPlan arm = arms_of(*study, {content}, 0).front();
  CHECK(digests_of_run(*study, arm) == digests_of_run(*study, study->arms[0]));
  CHECK(digests_of_run(*study, arm, 1) != digests_of_run(*study, arm));  // replicates differ
}

TEST_CASE("arm variants: what an arm sets stands above what is drawn", "[unit][arm_variants]") {
  const auto study = drawn_study();
  ArmContent content = content_of(*study, 1);
  const double drawn = vacated(arms_of(*study, {content}, 0).front());
  CHECK(drawn != 0.18);
  CHECK(drawn != vacated(arms_of(*study, {content}, 1).front()));
  content.set = {setting("beliefs.beta.vacated", 0.25), setting("noise.scale", 0.5)};
  const ArmPlan set = arms_of(*study, {content}, 1).front();
  CHECK(vacated(set) == 0.25);
  CHECK(set.parameters.noise.scale == 0.5);
  content.set.push_back(setting("beliefs.beta.vacated", 0.3));
  CHECK(vacated(arms_of(*study, {content}, 0).front()) == 0.3);  // the last one stands
}

TEST_CASE("arm variants: the scenario's settings stand above draws and below the arm's",
          "[unit][arm_variants]") {
  const auto study = drawn_study();
  study->scenario.settings = {setting("beliefs.beta.vacated", 0.2)};
  study->scenario.parameters.beliefs.beta[index(Channel::vacated)] = 0.2;
  ArmContent content = content_of(*study, 1);
  CHECK(vacated(arms_of(*study, {content}, 0).front()) == 0.2);
  content.set = {setting("beliefs.beta.vacated", 0.25)};
  CHECK(vacated(arms_of(*study, {content}, 0).front()) == 0.25);
}

TEST_CASE("arm variants: an experiment of contents draws anew in each replicate", "[unit][arm_variants]") {
  const auto study = drawn_study();
  const Experiment experiment = experiment_of(*study, contents_of(*study), 0);
  REQUIRE(experiment.draw);
  CHECK(vacated(experiment.draw(1)[1]) == vacated(arms_of(*study, contents_of(*study), 1)[1]));
  CHECK_FALSE(experiment_of(*model_study(gamma_cap)).draw);
}
