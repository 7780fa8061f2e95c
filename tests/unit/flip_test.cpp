#include "sim/study/flip.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/csv.hpp"
#include "sim/study/flip_text.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> metrics{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

constexpr double median_over_sd = 1.1188993;  ///< of a half-normal: .67449 / .60281

/// One prior sd doubles or halves it.
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

/// The order brings GAMMA customers (vacated) and takes its input away, both for the same exposure: its value
/// changes by .4 (beta_vacated - beta_input), and with it the sign of the effect.
std::unique_ptr<Study> two_sided_study(double vacated = 0.18, double input = 0.08) {
  auto study = model_study(metrics, 4);
  study->facts.exposures.push_back({"gamma", Channel::restricted_input, "us-lab", 0.4});
  study->priors = {doubling("beta_B", {"beliefs.beta.vacated"}),
                   doubling("beta_I", {"beliefs.beta.restricted_input"}), doubling("model_error", {})};
  auto& beta = study->scenario.parameters.beliefs.beta;
  beta[index(Channel::vacated)] = vacated;
  beta[index(Channel::restricted_input)] = input;
  return study;
}

FlipQuestion question() {
  FlipQuestion asked;
  asked.arm = 1;
  asked.replicates = 4;
  asked.jobs = 1;
  return asked;
}

std::vector<FlipParameter> parameters_of(const Study& study, const std::vector<std::size_t>& arms = {0, 1}) {
  Problems problems;
  auto parameters = flip_parameters(study, arms, problems);
  problems.throw_if_any();
  return parameters;
}

Flip flip_of(const Study& study, const FlipQuestion& asked = question()) {
  return flip(study, asked, parameters_of(study));
}

const FlipRow& row_of(const Flip& flip, const std::string& parameter, bool up) {
  for (const FlipRow& row : flip.rows) {
    if (flip.parameters[row.farthest.parameter].name == parameter && (row.farthest.sd > 0.0) == up)
      return row;
  }
  FAIL("no row of " + parameter);
  return flip.rows.front();
}

/// All that is said of an effect, a row or the joint move, to be compared to the bit.
std::vector<double> numbers_of(const Estimate& effect) { return {effect.mean, effect.half_width}; }
std::vector<double> numbers_of(const FlipRow& row) {
  return {static_cast<double>(row.farthest.parameter),
          row.farthest.sd,
          row.at,
          row.there.mean,
          row.there.half_width,
          row.here,
          static_cast<double>(row.n),
          row.reverses ? 1.0 : 0.0,
          row.threshold_sd,
          row.threshold};
}
std::vector<double> numbers_of(const FlipJoint& joint) {
  std::vector<double> all{joint.length, joint.there.mean, joint.there.half_width, joint.reverses ? 1.0 : 0.0};
  for (const Move& move : joint.moves) {
    all.push_back(static_cast<double>(move.parameter));
    all.push_back(move.sd);
  }
  return all;
}

/// True within the precision of a threshold, which is looked for from here outwards.
bool at_threshold(double found, double by_hand) {
  return std::fabs(found) >= std::fabs(by_hand) - 0.005 && std::fabs(found) <= std::fabs(by_hand) + 0.055 &&
         found * by_hand > 0.0;
}

}  // namespace

TEST_CASE("flip: the threshold is where the two sides of the news cancel", "[unit][flip]") {
  const auto study = two_sided_study();
  const Flip found = flip_of(*study);
  CHECK(found.n == 4);
  CHECK(found.headline.mean > 0.0);
  REQUIRE(found.parameters.size() == 2);  // the law of observations is no parameter of the model
  REQUIRE(found.rows.size() == 4);
  // .18 is 2^1.17 times .08: one falls or the other rises by so many sd.
  const double by_hand = std::log2(0.18 / 0.08);
  const FlipRow& vacated = row_of(found, "beliefs.beta.vacated", false);
  CHECK(vacated.reverses);
  CHECK(at_threshold(vacated.threshold_sd, -by_hand));
  CHECK(vacated.threshold == Approx(0.18 * std::exp2(vacated.threshold_sd)));
  CHECK(vacated.farthest.sd == -2.0);
  CHECK(vacated.at == Approx(0.045));
  CHECK(vacated.there.mean < 0.0);
  CHECK(vacated.here == Approx(found.headline.mean));
  const FlipRow& input = row_of(found, "beliefs.beta.restricted_input", true);
  CHECK(input.reverses);
  CHECK(at_threshold(input.threshold_sd, by_hand));
  CHECK_FALSE(row_of(found, "beliefs.beta.vacated", true).reverses);
  CHECK_FALSE(row_of(found, "beliefs.beta.restricted_input", false).reverses);
  CHECK(found.rows[0].reverses);
  CHECK(found.rows[1].reverses);
}

TEST_CASE("flip: together it takes less than with one alone", "[unit][flip]") {
  const auto study = two_sided_study();
  const Flip found = flip_of(*study);
  REQUIRE(found.joint.reverses);
  // At best both by 1.17 / 2, .83 together; the ways that are taken are within a tenth of that.
  CHECK(found.joint.length > 0.82);
  CHECK(found.joint.length < 0.97);
  REQUIRE(found.joint.moves.size() == 2);
  CHECK(found.joint.there.mean < 0.0);
  for (const Move& move : found.joint.moves) {
    const bool vacated = found.parameters[move.parameter].name == "beliefs.beta.vacated";
    CHECK((move.sd < 0.0) == vacated);
  }
}

TEST_CASE("flip: what goes far within two sd is taken to three", "[unit][flip]") {
  const auto study = two_sided_study(0.5, 0.08);
  const Flip found = flip_of(*study);
  const FlipRow& vacated = row_of(found, "beliefs.beta.vacated", false);
  CHECK(vacated.farthest.sd == -3.0);
  CHECK(vacated.reverses);
  CHECK(at_threshold(vacated.threshold_sd, -std::log2(0.5 / 0.08)));
  // Nothing reverses where it would take 3.3 sd, and the row says how far it went.
  const Flip none = flip_of(*two_sided_study(0.8, 0.08));
  CHECK_FALSE(none.rows[0].reverses);
  CHECK(none.rows[0].taken() > 0.8);
  CHECK(smallest_change(none).starts_with("No single parameter reverses it"));
}

TEST_CASE("flip: the answer does not depend on the number of threads", "[unit][flip]") {
  const auto study = two_sided_study(0.2);
  FlipQuestion asked = question();
  const Flip one = flip_of(*study, asked);
  asked.jobs = 3;
  const Flip three = flip_of(*study, asked);
  CHECK(one.n == three.n);
  CHECK(numbers_of(one.headline) == numbers_of(three.headline));
  REQUIRE(one.rows.size() == 4);
  REQUIRE(three.rows.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(numbers_of(one.rows[i]) == numbers_of(three.rows[i]));
  REQUIRE(one.joint.reverses);
  CHECK(numbers_of(one.joint) == numbers_of(three.joint));
}

TEST_CASE("flip: draws do not matter but for their medians", "[unit][flip]") {
  const auto study = two_sided_study(0.2);
  const Flip one = flip_of(*study);
  // Medians of the draws: z = 1 and log2(.8), .2 and .08 again; whatever else is drawn around them.
  const double z = std::log2(0.8);
  study->draws = {{0.0, z + 2.0, 0.0}, {1.0, z, 0.0}, {9.0, z - 5.0, 0.0}};
  study->scenario.parameters.beliefs.beta[index(Channel::vacated)] = 1.7;
  const Flip drawn = flip_of(*study);
  CHECK(drawn.headline.mean == Approx(one.headline.mean));
  CHECK(drawn.rows[0].threshold_sd == one.rows[0].threshold_sd);
  CHECK(drawn.joint.length == Approx(one.joint.length));
}

TEST_CASE("flip: the rank of two arms", "[unit][flip]") {
  const auto study = two_sided_study();
  // The second arm takes the news for the same whatever a line's volatility: more or less of the same sign.
  Arm& plain = study->scenario.arms.emplace_back(study->scenario.arms[1]);
  plain.id = "plain";
  plain.set.push_back({"beliefs.volatility_scaling", 0.0, {}, ""});
  study->arms.push_back(study->arms[1]);
  FlipQuestion asked = question();
  asked.against = 2;
  CHECK(arms_compared(*study, asked) == 3);
  const Flip found = flip(*study, asked, parameters_of(*study, {0, 1, 2}));
  REQUIRE(found.headline.mean != 0.0);
  CHECK(found.headline.mean != Approx(flip_of(*study).headline.mean));
  const FlipRow& vacated = row_of(found, "beliefs.beta.vacated", false);
  CHECK(vacated.reverses);
  CHECK(vacated.threshold == Approx(0.08).epsilon(0.08));
  asked.against = 0;  // the reference arm: the effect itself
  CHECK(arms_compared(*study, asked) == 2);
  CHECK(flip_of(*study, asked).headline.mean == flip_of(*study).headline.mean);
}

TEST_CASE("flip: parameters move on the scale of their prior, within their range", "[unit][flip]") {
  FlipParameter parameter;
  parameter.prior = {"x", StructuralScale::log, 1.0, std::exp(-1.6448536), std::exp(1.6448536), 0.0, 5.0};
  parameter.here = 2.0;
  CHECK(parameter.value(-1.0) == Approx(2.0 / std::exp(1.0)));
  CHECK(parameter.value(2.0) == 5.0);  // the end of the range
  CHECK(parameter.value(0.0) == 2.0);
  const double odds = std::exp(1.6448536);  // one sd multiplies the odds by e
  parameter.prior = {"x", StructuralScale::logit, 0.5, 1.0 / (1.0 + odds), odds / (1.0 + odds), 0.0, 1.0};
  parameter.here = 0.2;
  CHECK(parameter.value(1.0) == Approx(std::exp(1.0) / (4.0 + std::exp(1.0))));
  parameter.prior = {"x", StructuralScale::half_normal, 0.3, 0.0, 0.87174, 0.0, 1.0};
  parameter.here = 0.3;
  CHECK(parameter.value(1.0) == Approx(0.3 + 0.3 / median_over_sd));
  CHECK(parameter.value(-3.0) == 0.0);
}

TEST_CASE("flip: how far a parameter may go, and what stays", "[unit][flip]") {
  const auto study = two_sided_study();
  const TemporaryFolder folder;
  study->scenario.data_dir = folder.at("");
  folder.write("priors/structural.csv",
               "parameter,scale,median,q05,q95,as_of,source,confidence,note\n"
               "beliefs.beta.vacated,log,0.1,0.05,0.2,2026-11-21,assumption: in the fit already,low,\n"
               "attention.notice,logit,0.5,0.2,0.8,2026-11-21,assumption: a test,low,\n"
               "budget.elasticity,half_normal,0.5,0,1.4529,2026-11-21,assumption: a test,low,\n");
  study->scenario.parameters.budgets.elasticity = 0.5;
  study->scenario.parameters.attention.notice = 0.0;
  study->scenario.arms[1].set.push_back({"beliefs.beta.restricted_input", 0.1, {}, ""});
  const auto parameters = parameters_of(*study);
  REQUIRE(parameters.size() == 4);
  CHECK(parameters[0].name == "beliefs.beta.vacated");
  CHECK(parameters[0].here == 0.18);
  CHECK(parameters[0].down == 3.0);
  CHECK(parameters[0].up == 3.0);  // 2 is log2(2 / .18) = 3.5 sd away
  CHECK(parameters[1].not_moved == "arm 'order' sets it");
  CHECK(parameters[1].down == 0.0);
  CHECK(parameters[2].not_moved == "its prior does not hold 0");
  CHECK(parameters[3].name == "budget.elasticity");
  CHECK(parameters[3].down == Approx(median_over_sd));
  CHECK(parameters[3].up == 3.0);
}

TEST_CASE("flip: no effect has no sign, and no parameter makes one", "[unit][flip]") {
  const auto study = two_sided_study(0.0, 0.0);
  const Flip found = flip(*study, question(), parameters_of(*study));
  CHECK(found.headline.mean == 0.0);
  CHECK(found.rows.empty());
}

TEST_CASE("flip: where T0 cannot be made a change is not evaluable, and the search goes on", "[unit][flip]") {
  Problems problems;
  Scenario read = read_scenario(CHOKEPOINT_SOURCE_DIR "/scenarios/hk-enterprise-ban.toml",
                                {{"enterprise.count=600", "talent.agents=2000"}, "", "2"}, problems);
  read.data_dir = CHOKEPOINT_SOURCE_DIR "/data";
  read.metrics.resize(1);
  read.metrics[0].expression = parse_metric_expression(
      "level(vendor_removed[vendor=anthropic, region=HK], at=2026-05-29)", {}, problems);
  read.checks.clear();
  const auto study = prepare_study(std::move(read), problems);
  problems.throw_if_any();
  // With so few searches most researchers stay for five years, whatever it costs to move.
  FlipParameter search;
  search.name = "talent.search_rate";
  search.fields = {search.name};
  search.here = 0.045;
  search.prior = {search.name, StructuralScale::log, 0.045, 0.00045, 0.09, 0.0, 0.2};
  search.down = search.up = 3.0;
  FlipQuestion asked = question();
  asked.replicates = 2;
  asked.arm = 2;
  asked.against = study->reference;
  const auto effects = effects_at(*study, asked, {search}, {{}, {{0, -3.0}}}, 2);
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].failure.empty());
  CHECK(effects[0].values.size() == 2);
  CHECK(effects[1].values.empty());
  CHECK_THAT(effects[1].failure,
             Catch::Contains("talent.search_rate = 0.0003") && !Catch::Contains("drawn in"));
  const Flip found = flip(*study, asked, {search});
  REQUIRE(found.rows.size() == 2);
  CHECK(found.rows[0].failure.empty());
  CHECK_FALSE(found.rows[1].failure.empty());
  CHECK(found.rows[1].farthest.sd == -2.0);
  CHECK(flip_text(*study, asked, found).find("not evaluable  talent.search_rate = ") != std::string::npos);
  const TemporaryFolder folder;
  write_flip(found, folder.at(""));
  CHECK(folder.read("flip.csv").find(",not_evaluable,,,0,") != std::string::npos);
}

TEST_CASE("flip: sentences and tables", "[unit][flip]") {
  const auto study = two_sided_study();
  Flip found = flip_of(*study);
  found.rows[0].threshold = 3.1;
  found.rows[0].threshold_sd = -1.2;
  FlipParameter& first = found.parameters[found.rows[0].farthest.parameter];
  first.name = "vendor.uses_per_person";
  first.here = 10.0;
  CHECK(smallest_change(found) ==
        "Reverses if vendor.uses_per_person falls below 3.1 (here 10; -1.2 prior sd), all else as it is.");
  CHECK(joint_change(found).starts_with("Jointly: reverses 0."));
  const std::string text = flip_text(*study, question(), found);
  CHECK(text.find("single changes that reverse it, nearest first\n") != std::string::npos);
  CHECK(text.find("nothing is drawn\n") != std::string::npos);
  const TemporaryFolder folder;
  write_flip(found, folder.at(""));
  Problems problems;
  const CsvTable table = read_csv(folder.at("flip.csv"), problems);
  const CsvTable joint = read_csv(folder.at("flip_joint.csv"), problems);
  problems.throw_if_any();
  CHECK(table.rows.size() == 4);
  CHECK(joint.rows.size() == 2);
  CHECK(table.rows[0].cells[table.column("reverses")] == "yes");
  CHECK(table.rows[3].cells[table.column("reverses")] == "no");
  CHECK(table.rows[3].cells[table.column("threshold")].empty());
  CHECK(table.rows[0].cells[table.column("n")] == "4");
}
