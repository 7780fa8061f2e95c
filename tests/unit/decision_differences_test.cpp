// Who decided differently in two arms of the same replicate.
#include "sim/study/decision_differences.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> metrics{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

DecisionReport ask(const Study& study, std::size_t arm, std::size_t against) {
  DecisionQuestion question;
  question.arm = arm;
  question.against = against;
  question.lines = lines_of(study, study.metrics.front());
  question.replicates = 3;
  return compare_decisions(study, question);
}

}  // namespace

TEST_CASE("decision differences: positions differ by a share of the larger one, decisions by anything",
          "[unit][decision_differences]") {
  const Facts facts = model_facts();
  const auto kinds = decision_kinds(facts, {0});
  const DecisionKind& product = kinds.front();
  const DecisionKind& position = kinds.back();
  CHECK(position.decision == "position in " + facts.lines[0].id);
  CHECK(decisions_differ(product, 100, 101));
  CHECK_FALSE(decisions_differ(product, 100, 100));
  CHECK_FALSE(decisions_differ(position, 100, 95));  // exactly .05 of 100
  CHECK(decisions_differ(position, 100, 94));
  CHECK(decisions_differ(position, 94, 100));
  CHECK(decisions_differ(position, 0, 1));
  CHECK_FALSE(decisions_differ(position, 0, 0));
}

TEST_CASE("decision differences: kinds, decisions and who takes them go together",
          "[unit][decision_differences]") {
  const auto study = model_study(metrics);
  const RandomStream random(3, 0);
  const World world = make_world(study->facts, study->scenario.parameters, random);
  const std::vector<std::size_t> lines{0, 1};
  const auto kinds = decision_kinds(study->facts, lines);
  const auto decisions = decisions_of(world, lines);
  const auto makers = decision_makers(world, lines);
  REQUIRE(decisions.size() == kinds.size());
  REQUIRE(makers.size() == kinds.size());
  CHECK(decisions.back().size() == makers.back().size());
  const auto named = std::count_if(makers.back().begin(), makers.back().end(),
                                   [](const std::string& type) { return !type.empty(); });
  CHECK(static_cast<std::size_t>(named) == world.population.accounts.investors);
}

TEST_CASE("decision differences: an arm against itself has none", "[unit][decision_differences]") {
  const auto study = model_study(metrics);
  const DecisionReport report = ask(*study, 1, 1);
  CHECK(report.differences.empty());
  CHECK(report.not_compared.empty());
  CHECK(report.metric[0] == std::vector<double>(3, 0.0));
}

TEST_CASE("decision differences: nobody differs before the order, holders of the line do after it",
          "[unit][decision_differences]") {
  const auto study = model_study(metrics);
  const DecisionReport report = ask(*study, 1, 0);
  REQUIRE_FALSE(report.differences.empty());
  double investors = 0;
  for (const DecisionDifference& one : report.differences) {
    CAPTURE(one.type);
    CHECK(one.kind.decision == "position in GAMMA");
    CHECK(one.kind.agents == "investors");
    CHECK(one.first_day >= 3);  // Thursday, when Asia has heard of it
    CHECK(one.ever.size() == 3);
    CHECK(one.ever_mean <= one.agents_mean);
    CHECK(one.at_end_mean <= one.ever_mean);
    CHECK(one.replicates >= 1);
    CHECK(one.more_at_end_mean <= one.at_end_mean);
    CHECK(one.mostly.empty());  // amounts have no names
    investors += one.agents_mean;
  }
  CHECK(report.differences.front().first_day == 3);
  CHECK(investors <= 400);
  for (const double effect : report.metric[0]) CHECK(effect > 0.0);
}

TEST_CASE("decision differences: results do not depend on the number of threads",
          "[unit][decision_differences]") {
  const auto study = model_study(metrics);
  DecisionQuestion question{1, 0, lines_of(*study, study->metrics.front()), 3, 1, {}};
  const DecisionReport one = compare_decisions(*study, question);
  question.jobs = 3;
  const DecisionReport three = compare_decisions(*study, question);
  REQUIRE(one.differences.size() == three.differences.size());
  for (std::size_t i = 0; i < one.differences.size(); ++i) {
    CHECK(one.differences[i].type == three.differences[i].type);
    CHECK(one.differences[i].ever == three.differences[i].ever);
  }
}

TEST_CASE("decision differences: arms with other agents are not compared", "[unit][decision_differences]") {
  auto study = model_study(metrics);
  Setting fewer;
  fewer.name = "population.investors";
  fewer.value = 200;
  study->scenario.arms[1].set = {fewer};
  study->arms[1].parameters.population.investors = 200;
  const DecisionReport report = ask(*study, 1, 0);
  CHECK(report.differences.empty());
  REQUIRE(report.not_compared.size() == 1);
}
