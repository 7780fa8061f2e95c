#include "sim/study/structural_priors.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/study/posterior_draws.hpp"
#include "tests/support/economy_run.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::string header = "parameter,scale,median,q05,q95,as_of,source,confidence,note\n";
const std::vector<std::string> metrics{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

struct TableReading {
  StructuralPriors priors;
  std::vector<std::string> errors;
};

/// Reads rows (parameter to q95) under the header.
TableReading read_rows(const std::vector<std::string>& rows) {
  const TemporaryFolder folder;
  std::string text = header;
  for (const std::string& row : rows) text += row + ",2026-11-21,assumption: a test,low,\n";
  folder.write("structural.csv", text);
  Problems problems;
  TableReading reading{read_structural_priors(folder.at("structural.csv"), problems), problems.errors()};
  for (std::string& error : reading.errors) {
    const std::size_t at = error.find(folder.at("structural.csv"));
    if (at != std::string::npos) error.replace(at, folder.at("structural.csv").size(), "FILE");
  }
  return reading;
}

void check_one_complaint(const std::string& row, const std::string& code, const std::string& text) {
  const TableReading reading = read_rows({"enterprise.access_scale,log,10,4,25", row});
  CAPTURE(row);
  REQUIRE(reading.errors.size() == 1);
  CHECK_THAT(reading.errors[0], Catch::Contains(code));
  CHECK_THAT(reading.errors[0], Catch::Contains(text));
  CHECK_THAT(reading.errors[0], Catch::Contains("FILE:3"));
}

StructuralPrior wide(const std::string& parameter, StructuralScale scale, double median, double q05,
                     double q95) {
  return {parameter, scale, median, q05, q95, -1e9, 1e9};
}

/// A study of the model market with two drawn parameters: one of the economy, one of the market.
std::unique_ptr<Study> drawn_study(int replicates = 2) {
  auto study = model_study(metrics, replicates);
  study->structural = {wide("enterprise.productivity", StructuralScale::log, 0.1, 0.02, 0.25),
                       wide("beliefs.beta.vacated", StructuralScale::log, 0.18, 0.05, 0.4)};
  return study;
}

double productivity(const Parameters& params) { return params.enterprises.use.productivity; }
double vacated(const Parameters& params) { return params.beliefs.beta[index(Channel::vacated)]; }

/// The same study with the vendors of the shipped data.
std::unique_ptr<Study> with_vendors(std::unique_ptr<Study> study) {
  study->facts = shipped_facts();
  study->scenario.parameters = small_economy();
  study->calendar =
      std::make_unique<Calendar>(make_calendar(study->facts, study->scenario.parameters.session, 6, {}, {}));
  study->scenario.events.clear();
  for (std::size_t a = 0; a < study->arms.size(); ++a) {
    study->arms[a].parameters = study->scenario.parameters_of(study->scenario.arms[a]);
    study->arms[a].plan = make_plan(study->facts, study->arms[a].parameters, *study->calendar, {});
  }
  return study;
}

/// How far use of any product by any region's staff goes from that of T0 in a quarter without news, on
/// average.
double drift(const Study& study, const ArmPlan& arm) {
  const EconomySetup& setup = *arm.plan.setup;
  const RandomStream random(3, 0);
  Parameters params = arm.parameters;
  params.capability.progress = 0;
  params.capability.diffusion = 0;
  Economy economy = make_economy(study.facts, params, setup, random);
  const std::vector<double> start = economy.usage.staff;
  const Calendar calendar(study.facts, 60, {});
  for (std::size_t day = 0; day < 60; ++day) {
    const TradingDay& today = calendar.days()[day];
    step_economy({study.facts, params, setup, random, day, today.date, today.new_week}, {}, economy);
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < start.size(); ++i) sum += std::abs(economy.usage.staff[i] - start[i]);
  return sum / static_cast<double>(start.size());
}

}  // namespace

TEST_CASE("structural priors: a table is read", "[unit][structural]") {
  const TableReading reading = read_rows(
      {"enterprise.access_scale,log,10,4,25", "talent.agents,log,20000,1000,40000",
       "enterprise.approves_rival,logit,0.1,0.02,0.5", "token_price.adjustment,half_normal,0.1,0,0.29"});
  CHECK(reading.errors.empty());
  REQUIRE(reading.priors.size() == 4);
  CHECK(reading.priors[0].parameter == "enterprise.access_scale");
  CHECK(reading.priors[0].median == 10);
  CHECK(reading.priors[0].q05 == 4);
  CHECK(reading.priors[0].q95 == 25);
  CHECK(reading.priors[0].least == 1);  // the registry's range
  CHECK(reading.priors[0].most == 100);
  CHECK(reading.priors[2].scale == StructuralScale::logit);
  CHECK(reading.priors[3].scale == StructuralScale::half_normal);
}

TEST_CASE("structural priors: what is wrong is named by file and line", "[unit][structural]") {
  check_one_complaint("enterprise.access_scal,log,10,4,25", "E025", "did you mean 'enterprise.access_scale'");
  check_one_complaint("enterprise.productivity,normal,0.1,0.02,0.25", "E024", "scale 'normal'");
  check_one_complaint("enterprise.productivity,log,much,0.02,0.25", "E024", "median 'much'");
  check_one_complaint("enterprise.productivity,log,0.1,0.2,0.25", "E024", "0 < q05 < median < q95");
  check_one_complaint("enterprise.productivity,log,0.1,0,0.25", "E024", "0 < q05");
  check_one_complaint("enterprise.productivity,logit,0.1,0.02,1", "E024", "q95 < 1");
  check_one_complaint("enterprise.productivity,log,0.6,0.02,0.9", "E024", "range (from 0 to 0.5)");
  check_one_complaint("enterprise.access_scale,log,10,4,25", "E023", "occurs twice");
  check_one_complaint("enterprise.productivity,half_normal,0.1,0.01,0.29058", "E024", "q05 = 0");
}

TEST_CASE("structural priors: a half-normal row has q95 at 2.9058 medians within one per cent",
          "[unit][structural]") {
  CHECK(read_rows({"enterprise.productivity,half_normal,0.1,0,0.2934"}).errors.empty());
  CHECK(read_rows({"enterprise.productivity,half_normal,0.1,0,0.2878"}).errors.empty());
  check_one_complaint("enterprise.productivity,half_normal,0.1,0,0.294", "E024", "2.9058 medians");
  check_one_complaint("enterprise.productivity,half_normal,0.1,0,0.287", "E024", "2.9058 medians");
}

TEST_CASE("structural priors: no file, no column, no source", "[unit][structural]") {
  Problems missing;
  read_structural_priors("/no/such/table.csv", missing);
  CHECK(missing.any());
  const TemporaryFolder folder;
  folder.write("a.csv", "parameter,scale,median,q05,as_of,source,confidence\n");
  Problems columns;
  read_structural_priors(folder.at("a.csv"), columns);
  REQUIRE(columns.errors().size() == 1);
  CHECK_THAT(columns.errors()[0], Catch::Contains("E022") && Catch::Contains("'q95'"));
  folder.write("b.csv", header + "enterprise.access_scale,log,10,4,25,2026-11-21,,low,\n");
  Problems source;
  read_structural_priors(folder.at("b.csv"), source);
  REQUIRE(source.errors().size() == 1);
  CHECK_THAT(source.errors()[0], Catch::Contains("E026") && Catch::Contains("b.csv:2"));
}

TEST_CASE("structural priors: values at the points of the normal", "[unit][structural]") {
  const double z = 1.6448536269514722;
  const StructuralPrior log = wide("a", StructuralScale::log, 2.0, 0.5, 8.0);
  CHECK(log.value(0) == Approx(2.0));
  CHECK(log.value(-z) == Approx(0.5));
  CHECK(log.value(z) == Approx(8.0));
  const StructuralPrior logit = wide("a", StructuralScale::logit, 0.5, 0.1, 0.9);
  CHECK(logit.value(0) == Approx(0.5));
  CHECK(logit.value(-z) == Approx(0.1));
  CHECK(logit.value(z) == Approx(0.9));
  // Skewed points: the spread is half of what lies between them, ln 16 / 2, on both sides.
  CHECK(wide("a", StructuralScale::log, 1.0, 0.5, 8.0).value(z) == Approx(4.0));
  const StructuralPrior size = wide("a", StructuralScale::half_normal, 0.675, 0, 1.96);
  CHECK(size.value(0) == 0.0);
  CHECK(size.value(0.6744897501960817) == Approx(0.675));  // half of all draws are nearer to zero
  CHECK(size.value(-1.959963984540054) == Approx(0.675 * 2.90585).epsilon(1e-5));
  CHECK(size.value(-1.0) == size.value(1.0));
}

TEST_CASE("structural priors: draws are clipped to the registry's range", "[unit][structural]") {
  const StructuralPrior prior{"a", StructuralScale::log, 2.0, 0.5, 8.0, 1.0, 3.0};
  CHECK(prior.value(-5) == 1.0);
  CHECK(prior.value(5) == 3.0);
  CHECK(prior.value(0) == Approx(2.0));
}

TEST_CASE("structural priors: draws have the points of the table", "[unit][structural]") {
  for (const StructuralPrior& prior :
       {wide("a", StructuralScale::log, 10, 4, 25), wide("b", StructuralScale::logit, 0.5, 0.1, 0.9),
        wide("c", StructuralScale::half_normal, 0.675, 0, 1.96)}) {
    std::vector<double> values;
    for (std::uint32_t r = 0; r < 4000; ++r) values.push_back(structural_draw(prior, RandomStream(5, r)));
    std::sort(values.begin(), values.end());
    CHECK(values[2000] == Approx(prior.median).epsilon(0.06));
    CHECK(values[3800] == Approx(prior.q95).epsilon(0.1));
    if (prior.q05 > 0) CHECK(values[200] == Approx(prior.q05).epsilon(0.1));
  }
}

TEST_CASE("structural draws: follow the name, whatever else the table holds", "[unit][structural]") {
  const RandomStream random(7, 3);
  const StructuralPrior one = wide("lobby.scope_creep", StructuralScale::logit, 0.3, 0.05, 0.8);
  StructuralPrior other = one;
  other.parameter = "lobby.perceived_scope_creep";
  CHECK(structural_draw(one, random) != structural_draw(other, random));  // same prior, drawn apart
  CHECK(structural_draw(one, random) == structural_draw(one, RandomStream(7, 3)));
  CHECK(structural_draw(one, random) != structural_draw(one, RandomStream(7, 4)));
  CHECK(structural_draw(one, random) ==
        one.value(random.normal(Decision::structural_draw, identity_of("lobby.scope_creep"), 0)));
  const auto study = drawn_study();
  const double before = productivity(drawn_parameters(*study, 0, 0));
  std::reverse(study->structural.begin(), study->structural.end());
  CHECK(productivity(drawn_parameters(*study, 0, 0)) == before);
  study->structural.erase(study->structural.begin());
  CHECK(productivity(drawn_parameters(*study, 0, 0)) == before);
}

TEST_CASE("structural draws: the same in all arms, another in each replicate", "[unit][structural]") {
  const auto study = drawn_study();
  for (std::size_t r = 0; r < 3; ++r) {
    const double drawn = productivity(drawn_parameters(*study, 0, r));
    CHECK(drawn == productivity(drawn_parameters(*study, 1, r)));
    CHECK(drawn != productivity(drawn_parameters(*study, 0, r + 1)));
    CHECK(drawn_parameters(*study, 0, r).talent.agents == study->scenario.parameters.talent.agents);
  }
}

TEST_CASE("structural draws: what the scenario or an arm sets is not drawn", "[unit][structural]") {
  const auto study = drawn_study();
  study->scenario.arms[1].set.push_back(setting("enterprise.productivity", 0.44));
  CHECK(productivity(drawn_parameters(*study, 1, 0)) == 0.44);
  CHECK(productivity(drawn_parameters(*study, 0, 0)) != 0.44);
  study->scenario.settings.push_back(setting("enterprise.productivity", 0.33));
  study->scenario.parameters.enterprises.use.productivity = 0.33;
  CHECK(productivity(drawn_parameters(*study, 0, 0)) == 0.33);
  CHECK(productivity(drawn_parameters(*study, 1, 0)) == 0.44);
  CHECK(drawn_from(*study, "enterprise.productivity").empty());
  CHECK(drawn_from(*study, "beliefs.beta.vacated") == "prior");
  CHECK(drawn_from(*study, "talent.agents").empty());
}

TEST_CASE("structural draws: beside draws of the fit both are made", "[unit][structural]") {
  const auto study = drawn_study();
  study->structural.pop_back();
  FittedParameter fitted{"beta_B", {"beliefs.beta.vacated"}, PriorScale::log, 0.1, 0.05, 0.2, false, ""};
  study->priors = {fitted};
  study->draws = {{0.0}, {1.6448536269514722}};
  CHECK(vacated(drawn_parameters(*study, 0, 1)) == Approx(0.2));
  CHECK(productivity(drawn_parameters(*study, 0, 1)) ==
        structural_draw(study->structural[0], RandomStream(study->scenario.seed, 1)));
  CHECK(drawn_from(*study, "beliefs.beta.vacated") == "posterior");
  CHECK(
      bands_text(*study) ==
      "population, noticing, daily noise, beliefs drawn from their posterior and structural parameters drawn "
      "from their priors; other parameters at prior medians");
  study->draws.clear();
  CHECK(bands_text(*study) ==
        "population, noticing, daily noise and structural parameters drawn from their priors; other "
        "parameters at prior medians");
  CHECK(backing_of(*study, study->metrics[0]) == "prior");
}

TEST_CASE("structural draws: without a table nothing is drawn", "[unit][structural]") {
  const auto study = drawn_study();
  study->structural.clear();
  CHECK_FALSE(draws_parameters(*study));
  CHECK_FALSE(experiment_of(*study).draw);
  CHECK(same_parameters(drawn_parameters(*study, 0, 1), study->scenario.parameters));
}

TEST_CASE("structural draws: reach the runs", "[unit][structural]") {
  const auto study = drawn_study(3);
  study->structural.erase(study->structural.begin());
  const ExperimentResult drawn = run_experiment(experiment_of(*study));
  study->structural.clear();
  const ExperimentResult fixed = run_experiment(experiment_of(*study));
  for (std::size_t r = 0; r < 3; ++r) {
    CHECK(drawn.arms[0].levels[0][r] == fixed.arms[0].levels[0][r]);  // no news, no beliefs
    CHECK(drawn.arms[1].values[0][r] != fixed.arms[1].values[0][r]);
  }
}

TEST_CASE("structural draws: T0 is backed out again where the economy's parameters differ, and only there",
          "[unit][structural]") {
  auto study = drawn_study();
  study->scenario.arms[1].set = {setting("beliefs.beta.vacated", 0.3)};  // of the market
  study = with_vendors(std::move(study));
  study->structural = {wide("enterprise.capability_weight", StructuralScale::log, 0.73, 0.3, 1.2)};
  const std::vector<ArmPlan> arms = drawn_arms(*study, 0);
  REQUIRE(arms.size() == 2);
  CHECK(arms[0].plan.setup != study->arms[0].plan.setup);
  CHECK(arms[0].plan.setup == arms[1].plan.setup);  // one for both
  CHECK(drawn_arms(*study, 1)[0].plan.setup != arms[0].plan.setup);
  // With tastes backed out at the drawn weight users stay where they are; with those of another they would
  // not.
  ArmPlan stale = arms[0];
  stale.plan.setup = study->arms[0].plan.setup;
  CHECK(drift(*study, stale) > 1.5 * drift(*study, arms[0]));
  // An arm with an economy of its own has a setup of its own.
  study->scenario.arms[1].set = {setting("enterprise.access_scale", 5)};
  const std::vector<ArmPlan> apart = drawn_arms(*study, 0);
  CHECK(apart[0].plan.setup != apart[1].plan.setup);
  // Draws of the market alone share what was backed out once.
  study->scenario.arms[1].set.clear();
  study->structural = {wide("beliefs.beta.vacated", StructuralScale::log, 0.18, 0.05, 0.4)};
  CHECK(drawn_arms(*study, 0)[1].plan.setup == study->arms[0].plan.setup);
}

TEST_CASE("structural draws: a parameter of the fit is not drawn a second time", "[unit][structural]") {
  const TemporaryFolder folder;
  folder.write("structural.csv",
               header + "beliefs.beta.target,log,0.1,0.05,0.2,2026-11-21,assumption: a test,low,\n");
  const auto study = model_study(metrics);
  study->scenario.structural_path = folder.at("structural.csv");
  study->scenario.calibration_dir = CHOKEPOINT_SOURCE_DIR "/data/calibration";
  Problems problems;
  load_draws(*study, problems);
  REQUIRE(problems.errors().size() == 1);
  CHECK_THAT(problems.errors()[0], Catch::Contains("E028") && Catch::Contains("beliefs.beta.target"));
  study->scenario.market = false;  // nothing of the fit is drawn
  study->draws.clear();
  Problems none;
  load_draws(*study, none);
  CHECK_FALSE(none.any());
  CHECK(study->structural.size() == 1);
}
