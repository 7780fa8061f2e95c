// Who decided differently in two arms of the same replicate.
#include "sim/study/decision_differences.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <map>

#include "sim/study/replicate_runs.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/whole_experiment.hpp"

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

/// The small whole world at T0 and what its agents have decided.
struct DecidedWorld : WholeExperiment {
  DecidedWorld() : WholeExperiment(1) {}

  const std::vector<std::size_t> lines{alpha, gamma_line};
  const World world = whole_start(facts, params, first, RandomStream(5, 0));
  const std::vector<DecisionKind> kinds = decision_kinds(facts, lines);
  const std::vector<Decisions> decisions = decisions_of(world, lines);
  const std::vector<std::vector<std::string>> makers = decision_makers(world, lines);
};

/// One agent's decision turned into another.
struct Change {
  std::string decision, agents;
  std::size_t agent = 0;
  std::string type;
  std::function<void(World&)> act;
  std::string mostly = {};  ///< "x -> y", where decisions of the kind have names
};

/// What the change is seen as: decisions that differ, by kind and agent.
std::vector<std::string> seen(const DecidedWorld& at_start, const std::vector<Decisions>& after) {
  std::vector<std::string> all;
  for (std::size_t k = 0; k < after.size(); ++k) {
    const DecisionKind& kind = at_start.kinds[k];
    REQUIRE(after[k].size() == at_start.decisions[k].size());
    for (std::size_t i = 0; i < after[k].size(); ++i) {
      const std::uint64_t was = at_start.decisions[k][i];
      if (!decisions_differ(kind, was, after[k][i])) continue;
      const std::string names =
          kind.names.empty() ? "" : fmt::format(": {} -> {}", kind.names.at(was), kind.names.at(after[k][i]));
      all.push_back(
          fmt::format("{} of {} {}, {}{}", kind.decision, kind.agents, i, at_start.makers[k][i], names));
    }
  }
  return all;
}

void expect(const DecidedWorld& at_start, const Change& change) {
  World world = at_start.world;
  change.act(world);
  const std::string names = change.mostly.empty() ? "" : fmt::format(": {}", change.mostly);
  CHECK(seen(at_start, decisions_of(world, at_start.lines, at_start.decisions)) ==
        std::vector<std::string>{fmt::format("{} of {} {}, {}{}", change.decision, change.agents,
                                             change.agent, change.type, names)});
}

/// A flag of a vendor, in a list that may not have been made yet.
std::function<void(World&)> set_flag(std::vector<char>& (*list)(Economy&), std::size_t vendor) {
  return [=](World& world) {
    std::vector<char>& flags = list(world.economy);
    flags.resize(world.facts->vendors.size());
    flags[vendor] = flags[vendor] != 0 ? 0 : 1;
  };
}

/// "zhipu open" of a product.
std::string product_name(const Facts& facts, std::size_t number) {
  const Product product = make_products(facts).at(number);
  const std::string_view kind = name_of(product.kind, product_kind_names);
  if (product.vendor == Facts::npos) return std::string(kind);
  return fmt::format("{} {}", facts.vendors[product.vendor].id, kind);
}

/// A study of the whole world: arms `none` and `order`, in which only US nationals may use Fable 5.
std::unique_ptr<Study> whole_study() {
  auto study = model_study({}, 12, 40);
  Scenario& scenario = study->scenario;
  scenario.seed = 5;
  scenario.parameters = small_parameters();
  scenario.events = {whole_events().front()};
  study->facts = whole_facts();
  study->calendar = std::make_unique<Calendar>(
      make_calendar(study->facts, scenario.parameters.session, 40, {}, scenario.events));
  study->series = make_series(study->facts);
  const Plan first = make_plan(study->facts, scenario.parameters, *study->calendar, {});
  for (std::size_t a = 0; a < 2; ++a) {
    ArmPlan& arm = study->arms[a];
    arm.parameters = scenario.parameters;
    arm.events = scenario.events_of(scenario.arms[a]);
    arm.plan = plan_again(first, study->facts, arm.parameters, arm.events);
  }
  return study;
}

DecisionReport ask_whole(const Study& study) {
  DecisionQuestion question;
  question.arm = 1;
  question.replicates = 12;
  return compare_decisions(study, question);
}

/// The world of an arm after its last day.
World last_day(const Study& study, std::size_t arm, std::uint32_t replicate) {
  const RandomStream random(study.scenario.seed, replicate);
  World last;
  run_arm(start_of(study.facts, study.arms[arm], random), study.arms[arm], random, study.series,
          [&](World& world, std::size_t) { last = world; });
  return last;
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

TEST_CASE_METHOD(DecidedWorld, "decision differences: every agent of a kind decides and has a type",
                 "[unit][decision_differences]") {
  const std::size_t users = world.economy.enterprises.size(), vendors = facts.vendors.size();
  const std::size_t researchers = world.economy.talent.size(), accounts = world.accounts();
  REQUIRE(users > 150);
  REQUIRE(vendors > 5);
  REQUIRE(researchers > 400);
  const std::vector<std::size_t> expected{users,
                                          users,
                                          vendors,
                                          vendors,
                                          vendors,
                                          vendors,
                                          control_kind_count,
                                          facts.bank_desks.size(),
                                          researchers,
                                          researchers,
                                          accounts,
                                          accounts};
  REQUIRE(kinds.size() == expected.size());
  REQUIRE(decisions.size() == expected.size());
  REQUIRE(makers.size() == expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    CAPTURE(kinds[k].decision);
    CHECK(decisions[k].size() == expected[k]);
    CHECK(makers[k].size() == expected[k]);
  }
  const auto named = std::count_if(makers.back().begin(), makers.back().end(),
                                   [](const std::string& type) { return !type.empty(); });
  CHECK(static_cast<std::size_t>(named) == world.population.accounts.investors);
}

TEST_CASE_METHOD(DecidedWorld, "decision differences: a decision of a user or vendor is told as what it is",
                 "[unit][decision_differences]") {
  const std::size_t bank = world.economy.enterprises.first_desk;
  const std::string desk =
      fmt::format("named banks' desks in {}", name_of(facts.bank_desks[0].region, region_names));
  const std::size_t was = world.economy.enterprises.product[bank], is = was == 2 ? 3 : 2;
  expect(*this, {"product in use", "enterprises", bank, desk,
                 [=](World& now) { now.economy.enterprises.product[bank] = is; },
                 fmt::format("{} -> {}", product_name(facts, was), product_name(facts, is))});
  expect(*this, {"approved list", "enterprises", bank, desk,
                 [=](World& now) { now.economy.enterprises.removed[bank] ^= 1; }});
  const std::size_t zhipu = facts.vendor("zhipu");
  const auto model = std::find_if(facts.models.begin(), facts.models.end(),
                                  [](const auto& one) { return one.developer == "zhipu"; });
  REQUIRE(model != facts.models.end());
  expect(*this, {"service", "vendors", zhipu, "vendors of CN", [&](World& now) {
                   now.economy.stopped.resize(facts.models.size());
                   now.economy.stopped[static_cast<std::size_t>(model - facts.models.begin())] = 1;
                 }});
  expect(*this, {"publication", "vendors", zhipu, "vendors of CN",
                 set_flag(
                     [](Economy & now) -> auto& { return now.publishes; }, zhipu)});
  expect(*this, {"lobbying", "vendors", zhipu, "vendors of CN",
                 set_flag(
                     [](Economy & now) -> auto& { return now.lobby.lobbies; }, zhipu)});
  expect(*this, {"consent to the bridge", "vendors", zhipu, "vendors of CN",
                 set_flag(
                     [](Economy & now) -> auto& { return now.bridge.consent; }, zhipu)});
}

TEST_CASE_METHOD(DecidedWorld,
                 "decision differences: a decision of a government, bank, researcher or investor is told as "
                 "what it is",
                 "[unit][decision_differences]") {
  expect(*this, {"level of control", "regulators", 3, "cn_counter_control",
                 [](World& now) { now.economy.regulators.level[3] += 0.5; }});
  const std::string desk = fmt::format("desks in {}", name_of(facts.bank_desks[1].region, region_names));
  expect(*this, {"where staff sit", "named banks", 1, desk, [](World& now) {
                   --now.economy.desks.staff[1][index(Region::hk)];
                   ++now.economy.desks.staff[1][index(Region::row)];
                 }});
  const Talent& talent = world.economy.talent;
  const std::size_t who = 17, from = talent.location[who], to = from == 3 ? 2 : 3;
  const std::string researchers =
      fmt::format("researchers from {}", nationality_names[talent.nationality[who]]);
  expect(*this, {"place of work", "researchers", who, researchers,
                 [=](World& now) { now.economy.talent.location[who] = static_cast<std::uint8_t>(to); },
                 fmt::format("{} -> {}", region_names[from], region_names[to])});
  expect(*this, {"place of work", "researchers", who, researchers,
                 [=](World& now) { now.economy.talent.standing[who] = Standing::left; },
                 fmt::format("{} -> no research", region_names[from])});
  expect(*this, {"employer", "researchers", who, researchers,
                 [=](World& now) { now.economy.talent.employer[who] ^= 1; }});
  const std::size_t account = world.population.accounts.blocks[0].begin;
  expect(*this, {"position in GAMMA", "investors", account,
                 fmt::format("{} investors of {}", name_of(type_of_class(0), investor_type_names),
                             name_of(domicile_of_class(0), region_names)),
                 [=](World& now) { now.holding[now.at(gamma_line, account)] = 987'654'321; }});
}

TEST_CASE("decision differences: products are told by what most turned to on the last day",
          "[unit][decision_differences]") {
  const auto study = whole_study();
  std::map<std::string, std::map<std::string, std::size_t>> turned;  // [type][x -> y]
  for (std::uint32_t r = 0; r < 12; ++r) {
    const World theirs = last_day(*study, 0, r), ours = last_day(*study, 1, r);
    const std::vector<std::string> types = decision_makers(ours, {}).front();
    for (std::size_t i = 0; i < types.size(); ++i) {
      const std::size_t was = theirs.economy.enterprises.product[i];
      const std::size_t is = ours.economy.enterprises.product[i];
      if (was == is) continue;
      ++turned[types[i]]
              [fmt::format("{} -> {}", product_name(study->facts, was), product_name(study->facts, is))];
    }
  }
  std::size_t told = 0, without_doubt = 0;
  for (const DecisionDifference& one : ask_whole(*study).differences) {
    CAPTURE(one.kind.decision, one.type, one.mostly);
    if (one.kind.decision != "product in use") {
      CHECK(one.mostly.empty());
      continue;
    }
    ++told;
    const auto& pairs = turned[one.type];
    std::size_t all = 0, as_many = 0;
    for (const auto& [pair, times] : pairs) {
      all += times;
      CHECK(times <= pairs.at(one.mostly));
      if (times == pairs.at(one.mostly)) ++as_many;
    }
    CHECK(one.at_end_mean == Approx(static_cast<double>(all) / 12));
    if (pairs.size() > 1 && as_many == 1) ++without_doubt;
  }
  CHECK(told == turned.size());
  CHECK(without_doubt > 0);
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
  study->scenario.arms[1].set = {setting("population.investors", 200)};
  study->arms[1].parameters.population.investors = 200;
  const DecisionReport report = ask(*study, 1, 0);
  CHECK(report.differences.empty());
  REQUIRE(report.not_compared.size() == 1);
}
