// What stands and what is drawn at the points of a search for a reversal.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/csv.hpp"
#include "sim/study/flip.hpp"
#include "sim/study/flip_text.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> metrics{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

FlipQuestion question_over(std::size_t replicates) {
  FlipQuestion asked;
  asked.arm = 1;
  asked.replicates = replicates;
  asked.jobs = 1;
  return asked;
}

/// One prior of the fit for two channels.
FittedParameter shared_prior() {
  FittedParameter one;
  one.id = "beta";
  one.fields = {"beliefs.beta.vacated", "beliefs.beta.restricted_input"};
  one.scale = PriorScale::log;
  one.median = 0.1;
  one.low = 0.05;
  one.high = 0.2;
  return one;
}

FlipParameter vacated() {
  FlipParameter one;
  one.name = "beliefs.beta.vacated";
  one.fields = {one.name};
  one.here = 0.18;
  one.prior = {one.name, StructuralScale::log, 0.18, 0.09, 0.36, 0.0, 2.0};
  one.down = one.up = 3.0;
  return one;
}

}  // namespace

TEST_CASE("flip: events that are left to chance are drawn in each replicate", "[unit][flip]") {
  const auto study = model_study(metrics, 12);
  study->scenario.events[0].said.chance.probability = 0.5;
  const auto effects = effects_at(*study, question_over(12), {vacated()}, {{}, {{0, 1.0}}}, 12);
  const ExperimentResult full = run_experiment(experiment_of(*study));
  std::size_t happened = 0;
  for (std::size_t r = 0; r < 12; ++r) {
    CAPTURE(r);
    const bool happens = !experiment_of(*study).draw(r)[1].events.empty();
    happened += happens ? 1 : 0;
    CHECK((full.arms[1].values[0][r] != 0.0) == happens);
    CHECK((effects[0].values[r] != 0.0) == happens);
    CHECK((effects[1].values[r] != 0.0) == happens);
  }
  CHECK(happened > 0);
  CHECK(happened < 12);
  const Flip found = flip(*study, question_over(12), {vacated()});
  CHECK(found.headline.half_width > 0.0);
  CHECK_THAT(flip_text(*study, question_over(12), found),
             Catch::Contains("only events that are left to chance are drawn\n"));
}

TEST_CASE("flip: fields that the scenario sets apart stand where it sets them", "[unit][flip]") {
  const auto study = model_study(metrics);
  study->facts.exposures.push_back({"gamma", Channel::restricted_input, "us-lab", 0.4});
  study->priors = {shared_prior()};
  auto& reaction = study->scenario.parameters.beliefs.beta;
  reaction[index(Channel::vacated)] = reaction[index(Channel::restricted_input)] = 0.1;
  const auto headline = [&] {
    Problems problems;
    const auto parameters = flip_parameters(*study, {0, 1}, problems);
    REQUIRE(parameters.size() == 1);
    CHECK(parameters[0].not_moved.empty() == (reaction[index(Channel::restricted_input)] == 0.1));
    return effects_at(*study, question_over(2), parameters, {{}}, 2)[0].values;
  };
  const auto together = headline();
  reaction[index(Channel::restricted_input)] = 0.02;  // the order takes less away from GAMMA
  const auto apart = headline();
  CHECK(apart == run_experiment(experiment_of(*study)).arms[1].values[0]);
  CHECK(apart[0] > together[0]);
}

TEST_CASE("flip: one replicate has no interval, and its sign is noise", "[unit][flip]") {
  const auto study = model_study(metrics, 1);
  const Flip found = flip(*study, question_over(1), {vacated()});
  CHECK_FALSE(found.headline.has_interval());
  const std::string text = flip_text(*study, question_over(1), found);
  CHECK_THAT(text, Catch::Contains("its sign is not told from noise") && !Catch::Contains("["));
  const TemporaryFolder folder;
  write_flip(found, folder.at(""));
  Problems problems;
  const CsvTable table = read_csv(folder.at("flip.csv"), problems);
  problems.throw_if_any();
  CHECK_FALSE(table.rows[0].cells[table.column("effect_there")].empty());
  CHECK(table.rows[0].cells[table.column("ci95_low")].empty());
}

TEST_CASE("flip: where T0 cannot be made far away, the farthest point that can be is told", "[unit][flip]") {
  Problems problems;
  Scenario read = read_scenario(CHOKEPOINT_SOURCE_DIR "/scenarios/talent-lockout.toml",
                                {{"enterprise.count=600", "talent.agents=4000"}, "", "2"}, problems);
  read.data_dir = CHOKEPOINT_SOURCE_DIR "/data";
  read.structural_path.clear();
  read.metrics.resize(1);
  read.metrics[0].expression =
      parse_metric_expression("effect(talent_stock[region=US, origin=CN], at=2026-12-31)", {}, problems);
  read.checks.clear();
  const auto study = prepare_study(std::move(read), problems);
  problems.throw_if_any();
  const std::string name = "talent.search_rate";
  FlipParameter search;
  search.name = name;
  search.fields = {name};
  search.here = 0.045;
  search.prior = {name, StructuralScale::log, 0.045, 0.00045, 0.09, 0.0, 0.2};
  search.down = search.up = 3.0;
  const FlipQuestion asked = question_over(2);
  Flip found = flip(*study, asked, {search});
  REQUIRE(found.headline.mean < 0.0);
  // With fewer searches most researchers stay for five years: a fifth can be made, a twenty-fifth cannot.
  CHECK(found.joint.failure.empty());
  CHECK_FALSE(found.joint.reverses);
  CHECK(found.joint.length == 1.0);
  CHECK(found.joint.moves[0].sd == -1.0);
  CHECK(found.joint.there.mean != 0.0);
  const TemporaryFolder folder;
  const auto joint_table = [&] {
    write_flip(found, folder.at(""));
    return folder.read("flip_joint.csv");
  };
  found.joint.moves = {{0, -3.0}};
  found.joint.length = 3.0;
  found.joint.reverses = false;
  found.joint.failure = "no";
  CHECK_THAT(joint_table(), Catch::Contains(",-3,3,not_evaluable,,") && Catch::Contains(",no\n"));
  found.joint.failure.clear();
  found.joint.there = {0.5, 0.1};
  CHECK_THAT(joint_table(), Catch::Contains(",-3,3,no,0.5,") && Catch::Contains(",evaluated\n"));
}
