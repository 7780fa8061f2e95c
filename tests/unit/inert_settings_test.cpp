#include "sim/study/inert_settings.hpp"

#include <catch2/catch.hpp>

#include "sim/study/arm_variants.hpp"
#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

Setting in_file(const std::string& name, double value) { return setting(name, value, {"model.toml", 9, 2}); }

/// The model study with [set] in force.
std::unique_ptr<Study> study_with(const std::vector<Setting>& settings) {
  auto study = model_study({"effect(market_cap[line=GAMMA], at=2026-06-19)"});
  study->scenario.settings = settings;
  const FieldList fields = fields_of(study->scenario.parameters);
  for (const Setting& one : settings) *fields.find(one.name)->value = one.value;
  for (ArmPlan& arm : study->arms) arm.parameters = study->scenario.parameters;
  return study;
}

std::vector<InertSetting> found_in(const Study& study) {
  const ExperimentResult result = run_experiment(experiment_of(study));
  std::size_t runs = 0;
  const auto inert = inert_settings(study, result, 1, [&](std::size_t done) { runs += done; });
  CHECK(runs == inert_setting_runs(study));
  return inert;
}

// The model market has no enterprises; noise moves every price.
const std::string idle = "enterprise.access_scale";
const std::string active = "noise.scale";

}  // namespace

TEST_CASE("inert settings: a parameter that nothing reads is found, one that acts is not", "[unit][inert]") {
  const auto study = study_with({in_file(idle, 12), in_file(active, 0.5)});
  CHECK(inert_setting_runs(*study) == 8);  // two settings in two arms, two replicates
  const auto inert = found_in(*study);
  REQUIRE(inert.size() == 1);
  CHECK(inert[0].setting.name == idle);
  CHECK(inert[0].arm.empty());
  CHECK(inert[0].otherwise == 10);
  Problems problems;
  warn_of_inert_settings(*study, inert, problems);
  CHECK(
      problems.warnings() ==
      std::vector<std::string>{
          "warning[W137]: 'enterprise.access_scale' = 12 changes nothing in this scenario (the 2 replicates "
          "looked at are the same to the bit with its default 10) drop it, or set what it works "
          "through\n  --> model.toml:9:2"});
}

TEST_CASE("inert settings: one replicate may be all there is", "[unit][inert]") {
  const auto study = study_with({in_file(idle, 12)});
  study->scenario.probes = 1;
  CHECK(inert_setting_runs(*study) == 2);
  Problems problems;
  warn_of_inert_settings(*study, found_in(*study), problems);
  REQUIRE(problems.warnings().size() == 1);
  CHECK_THAT(problems.warnings()[0], Catch::Contains("(the one replicate looked at is the same"));
}

TEST_CASE("inert settings: one arm in which it acts is enough", "[unit][inert]") {
  // How strongly value that customers bring is believed: there is such news in arm `order` alone.
  const auto study = study_with({in_file("beliefs.beta.vacated", 0.3)});
  CHECK(found_in(*study).empty());
  auto without = study_with({in_file("beliefs.beta.vacated", 0.3)});
  without->scenario.events.clear();
  CHECK(found_in(*without).size() == 1);
}

TEST_CASE("inert settings: what an arm sets is compared with the scenario's value", "[unit][inert]") {
  auto study = study_with({in_file(idle, 12), in_file(active, 0.5)});
  study->scenario.arms[1].set = {in_file(idle, 20), in_file(active, 0.25)};
  study->scenario.arms[0].set = {in_file("beliefs.beta.vacated", 0.3)};
  const auto inert = found_in(*study);
  REQUIRE(inert.size() == 3);
  CHECK(inert[0].setting.value == 12);
  CHECK(inert[1].setting.name == "beliefs.beta.vacated");
  CHECK(inert[1].arm == "none");
  CHECK(inert[2].setting.value == 20);
  CHECK(inert[2].arm == "order");
  CHECK(inert[2].otherwise == 12);
  Problems problems;
  warn_of_inert_settings(*study, inert, problems);
  CHECK_THAT(problems.warnings()[2],
             Catch::Contains("'enterprise.access_scale' = 20 changes nothing in arm 'order' (the 2") &&
                 Catch::Contains("with the scenario's 12)"));
}

TEST_CASE("inert settings: what every arm sets itself leaves the scenario's value nothing to do",
          "[unit][inert]") {
  auto study = study_with({in_file(active, 0.5)});
  study->scenario.arms[0].set = study->scenario.arms[1].set = {in_file(active, 0.25)};
  const auto inert = found_in(*study);
  REQUIRE(inert.size() == 1);
  CHECK(inert[0].arm.empty());
  study->scenario.arms[1].set.clear();
  CHECK(found_in(*study).empty());
}

TEST_CASE("inert settings: the last setting of a name is in force, one that repeats the default is not tried",
          "[unit][inert]") {
  const auto study =
      study_with({in_file(idle, 12), in_file(idle, 10), in_file(active, 2), in_file(active, 0.5)});
  CHECK(inert_setting_runs(*study) == 4);
  CHECK(found_in(*study).empty());
}

TEST_CASE("inert settings: a setting that switches a draw off is compared with the draw", "[unit][inert]") {
  auto study = study_with({in_file(idle, 12), in_file("beliefs.beta.vacated", 0.18)});
  study->structural = {{idle, StructuralScale::log, 10, 4, 25, 1, 100},
                       {"beliefs.beta.vacated", StructuralScale::log, 0.18, 0.05, 0.4, 0, 1}};
  const auto inert = found_in(*study);
  REQUIRE(inert.size() == 1);  // the median of `vacated` differs from its draw, and acts
  CHECK(inert[0].drawn_from == "prior");
  CHECK(inert[0].otherwise == structural_draw(study->structural[0], RandomStream(3, 0)));
  Problems problems;
  warn_of_inert_settings(*study, inert, problems);
  CHECK_THAT(problems.warnings()[0], Catch::Contains("with what the prior gives)"));
}
