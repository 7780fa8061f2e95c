#include "sim/study/posterior_draws.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> metrics{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

/// At z the value is 0.1 x 2^z: with 5 and 95 % points 1.645 sd from the median.
FittedParameter doubling(const std::string& id, const std::vector<std::string>& fields) {
  const double wide = std::exp2(1.6448536269514722);
  FittedParameter one;
  one.id = id;
  one.fields = fields;
  one.scale = PriorScale::log;
  one.median = 0.1;
  one.low = 0.1 / wide;
  one.high = 0.1 * wide;
  return one;
}

/// Three draws of the belief that GAMMA's news goes through, of two other beliefs at once, and of the law.
std::unique_ptr<Study> drawn_study(int replicates = 2) {
  auto study = model_study(metrics, replicates);
  study->priors = {doubling("beta_B", {"beliefs.beta.vacated"}),
                   doubling("beta_W", {"beliefs.beta.deploy", "beliefs.beta.compete"}),
                   doubling("model_error", {})};
  study->draws = {{0.0, 1.0, 5.0}, {1.0, 2.0, 6.0}, {2.0, 0.0, 7.0}};
  return study;
}

double vacated(const Parameters& params) { return params.beliefs.beta[index(Channel::vacated)]; }
double deploy(const Parameters& params) { return params.beliefs.beta[index(Channel::deploy)]; }
double compete(const Parameters& params) { return params.beliefs.beta[index(Channel::compete)]; }

/// As the reader of scenarios does with [set].
void set_in_scenario(Study& study, double value) {
  study.scenario.settings.push_back(setting("beliefs.beta.vacated", value));
  study.scenario.parameters.beliefs.beta[index(Channel::vacated)] = value;
}

}  // namespace

TEST_CASE("posterior draws: replicate r takes draw r mod n, the same in all arms", "[unit][draws]") {
  const auto study = drawn_study();
  const double values[]{0.1, 0.2, 0.4}, others[]{0.2, 0.4, 0.1};
  for (std::size_t r = 0; r < 7; ++r) {
    CAPTURE(r);
    for (std::size_t arm = 0; arm < 2; ++arm) {
      const Parameters params = drawn_parameters(*study, arm, r);
      CHECK(vacated(params) == Approx(values[r % 3]));
      CHECK(deploy(params) == Approx(others[r % 3]));
      CHECK(compete(params) == Approx(others[r % 3]));
      CHECK(params.attention.notice == study->scenario.parameters.attention.notice);
    }
  }
}

TEST_CASE("posterior draws: what the scenario sets is not drawn", "[unit][draws]") {
  const auto study = drawn_study();
  set_in_scenario(*study, 0.33);
  for (std::size_t r = 0; r < 3; ++r) {
    CHECK(vacated(drawn_parameters(*study, 0, r)) == 0.33);
    CHECK(vacated(drawn_parameters(*study, 1, r)) == 0.33);
  }
  CHECK(deploy(drawn_parameters(*study, 0, 1)) == Approx(0.4));
}

TEST_CASE("posterior draws: what an arm sets is not drawn in it, and goes before the scenario",
          "[unit][draws]") {
  const auto study = drawn_study();
  study->scenario.arms[1].set.push_back(setting("beliefs.beta.vacated", 0.44));
  CHECK(vacated(drawn_parameters(*study, 0, 1)) == Approx(0.2));
  CHECK(vacated(drawn_parameters(*study, 1, 1)) == 0.44);
  set_in_scenario(*study, 0.33);
  CHECK(vacated(drawn_parameters(*study, 0, 1)) == 0.33);
  CHECK(vacated(drawn_parameters(*study, 1, 1)) == 0.44);
}

TEST_CASE("posterior draws: without draws parameters stand", "[unit][draws]") {
  const auto study = drawn_study();
  study->draws.clear();
  CHECK_FALSE(experiment_of(*study).draw);
  study->scenario.parameters.beliefs.beta[index(Channel::vacated)] = 0.27;
  study->scenario.arms[1].set.push_back(setting("beliefs.beta.deploy", 0.44));
  for (std::size_t r = 0; r < 2; ++r) {
    CHECK(vacated(drawn_parameters(*study, 1, r)) == 0.27);
    CHECK(deploy(drawn_parameters(*study, 0, r)) == deploy(Parameters{}));
    CHECK(deploy(drawn_parameters(*study, 1, r)) == 0.44);
  }
}

TEST_CASE("posterior draws: the arm's news is that of the replicate's beliefs", "[unit][draws]") {
  const auto study = drawn_study();
  for (std::size_t r = 0; r < 3; ++r) {
    const ArmPlan arm = drawn_arms(*study, r)[1];
    CHECK(arm.id == "order");
    CHECK(vacated(arm.parameters) == vacated(drawn_parameters(*study, 1, r)));
    REQUIRE(arm.plan.values.size() == 1);
    const double twice = std::exp2(static_cast<double>(r));
    CHECK(arm.plan.values[0].change == Approx(twice * drawn_arms(*study, 0)[1].plan.values[0].change));
    CHECK(drawn_arms(*study, r)[0].plan.values.empty());
  }
  // The experiment runs them: twice the belief, more effect.
  const ExperimentResult result = run_experiment(experiment_of(*study));
  CHECK(result.arms[1].values[0][1] > 1.5 * result.arms[1].values[0][0]);
}

TEST_CASE("posterior draws: drawn is what a prior has and the scenario does not set", "[unit][draws]") {
  const auto study = drawn_study();
  CHECK(is_drawn(*study, "beliefs.beta.vacated"));
  CHECK(is_drawn(*study, "beliefs.beta.compete"));
  CHECK_FALSE(is_drawn(*study, "attention.notice"));
  CHECK_FALSE(is_drawn(*study, "model_error"));
  set_in_scenario(*study, 0.33);
  CHECK_FALSE(is_drawn(*study, "beliefs.beta.vacated"));
  CHECK(is_drawn(*study, "beliefs.beta.compete"));
  study->draws.clear();
  CHECK_FALSE(is_drawn(*study, "beliefs.beta.compete"));
}

TEST_CASE("posterior draws: backed by the fit are metrics of prices in a run that draws", "[unit][draws]") {
  const auto study = drawn_study();
  CHECK(backing_of(*study, study->metrics[0]) == "calibrated");
  BoundMetric metric = study->metrics[0];
  metric.series = {study->series.size()};
  for (const SeriesFile file : {SeriesFile::efficiency, SeriesFile::adoption, SeriesFile::talent}) {
    Series other;
    other.file = file;
    study->series.push_back(other);
    CHECK(backing_of(*study, metric) == "prior");
    study->series.pop_back();
  }
  study->draws.clear();
  CHECK(backing_of(*study, study->metrics[0]) == "prior");
}

TEST_CASE("posterior draws: bands say what they are over", "[unit][draws]") {
  const auto study = drawn_study();
  CHECK(bands_text(*study) ==
        "population, noticing, daily noise and beliefs drawn from their posterior; other parameters at prior "
        "medians");
  study->draws.clear();
  CHECK(bands_text(*study) == "population, noticing and daily noise; parameters at prior medians");
}

TEST_CASE("posterior draws: those of a folder are read when it is named and there is a market",
          "[unit][draws]") {
  const auto loaded = [](const std::string& folder, bool market) {
    auto study = model_study(metrics);
    study->scenario.calibration_dir = folder;
    study->scenario.market = market;
    Problems problems;
    load_draws(*study, problems);
    CHECK_FALSE(problems.any());
    return study;
  };
  const std::string shipped = CHOKEPOINT_SOURCE_DIR "/data/calibration";
  CHECK(loaded("", true)->draws.empty());
  CHECK(loaded(shipped, false)->draws.empty());
  const auto study = loaded(shipped, true);
  CHECK(study->draws.size() >= 100);
  for (const auto& z : study->draws) REQUIRE(z.size() == study->priors.size());
  CHECK(is_drawn(*study, "beliefs.beta.target"));
  Problems problems;
  study->scenario.calibration_dir = "/no/such/folder";
  load_draws(*study, problems);
  CHECK(problems.any());
}
