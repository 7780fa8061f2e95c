#include "sim/study/attribution.hpp"

#include <catch2/catch.hpp>

#include "sim/base/csv.hpp"
#include "sim/study/attribution_text.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::vector<std::string> metrics{"pct_effect(market_cap[line=GAMMA], at=2026-06-22)",
                                       "level(market_cap[line=GAMMA], at=2026-06-22)",
                                       "effect(market_cap[line=GAMMA], at=2026-06-22)"};

/// Another order against the same laboratory, two days after the first.
Event second_order() {
  Event order = value_order();
  order.said.id = "second";
  order.said.announced = to_instant(make_date(2026, 6, 18), 72000, 0);
  return order;
}

/// Arms `none`, `order` (first order only), `second` and `both`; `both` is split over the two orders.
std::unique_ptr<Study> split_study(int replicates = 3) {
  auto study = model_study(metrics, replicates);
  Scenario& scenario = study->scenario;
  scenario.events.push_back(second_order());
  scenario.arms.resize(4);
  scenario.arms[0].exclude = {"order", "second"};
  scenario.arms[1].exclude = {"second"};
  scenario.arms[2].id = "second";
  scenario.arms[2].exclude = {"order"};
  scenario.arms[3].id = "both";
  scenario.arms[3].label = "What happened";
  scenario.arms[0].label = "Neither";
  scenario.decomposition = Decomposition{"both", {{"first_order", {"order"}}, {"later", {"second"}}}, {}};
  scenario.metrics[0].label = "GAMMA";
  scenario.metrics[0].unit = "%";
  study->arms.clear();
  for (const Arm& arm : scenario.arms) {
    study->arms.push_back(
        {arm.id, scenario.parameters,
         make_plan(study->facts, scenario.parameters, *study->calendar, scenario.events_of(arm))});
  }
  return study;
}

struct Split {
  explicit Split(const Study& study)
      : full(run_experiment(experiment_of(study))),
        splits(attributions_of(study, full, 1, [this] { ++runs; })) {}
  /// Mean effect of an arm of the scenario.
  double effect(std::size_t arm, std::size_t metric) const {
    double sum = 0.0;
    for (const double x : full.arms[arm].values[metric]) sum += x;
    return sum / static_cast<double>(full.arms[arm].values[metric].size());
  }
  ExperimentResult full;
  int runs = 0;
  std::vector<EffectSplit> splits;
};

}  // namespace

TEST_CASE("attribution: what a part does alone is the effect of the arm that has only it",
          "[unit][attribution]") {
  const auto study = split_study();
  const Split split(*study);
  CHECK(split.runs == 3 * 4);
  CHECK(split.runs == static_cast<int>(attribution_runs(*study)));
  REQUIRE(split.splits.size() == 2);  // the level compares with nothing
  for (const std::size_t m : {std::size_t{0}, std::size_t{2}}) {
    const EffectSplit& of = split.splits[m / 2];
    CAPTURE(m);
    CHECK(of.metric == study->metrics[m].metric);
    CHECK(of.n == 3);
    const double first = split.effect(1, m), later = split.effect(2, m), both = split.effect(3, m);
    REQUIRE(first != 0.0);
    REQUIRE(later != 0.0);
    REQUIRE(both != first + later);
    CHECK(of.total.mean == Approx(both));
    CHECK(of.parts[0].alone == first);
    CHECK(of.parts[1].alone == later);
    CHECK(of.parts[0].last == Approx(both - later));
    CHECK(of.parts[0].shapley.mean == Approx(0.5 * (first + both - later)));
    CHECK(of.parts[1].shapley.mean == Approx(0.5 * (later + both - first)));
    CHECK(of.parts[0].shapley.mean + of.parts[1].shapley.mean == Approx(of.total.mean));
    CHECK(of.together.mean == Approx(both - first - later));
    CHECK(of.parts[0].interaction == Approx(of.together.mean));
    CHECK(of.parts[1].interaction == Approx(of.together.mean));
    CHECK_FALSE(of.has_rest);
    CHECK(of.rest.mean == 0.0);
  }
}

TEST_CASE("attribution: no part at all is the reference arm, and all of them are the arm, to the bit",
          "[unit][attribution]") {
  const auto study = split_study();
  Split split(*study);
  const std::function<void()> nothing = [] {};
  split.full.arms[0].levels[2][1] *= 1.0 + 1e-15;
  CHECK_THROWS_WITH(attributions_of(*study, split.full, 1, nothing),
                    "metric 'm3' of arm 'both' without its parts is not that of arm 'none', to the bit");
  split.full = run_experiment(experiment_of(*study));
  split.full.arms[3].levels[0][2] *= 1.0 + 1e-15;
  CHECK_THROWS_WITH(attributions_of(*study, split.full, 1, nothing),
                    "metric 'm1' of arm 'both' with all its parts is not that of arm 'both', to the bit");
}

TEST_CASE("attribution: the interval is that of the replicates' own splits", "[unit][attribution]") {
  const auto study = split_study(2);
  const Split split(*study);
  const auto share = [&](std::size_t r) {
    const auto value = [&](std::size_t arm) { return split.full.arms[arm].values[2][r]; };
    return 0.5 * (value(1) + value(3) - value(2));
  };
  // Two numbers: sd = |a - b| / sqrt 2, so that 1.96 sd / sqrt 2 = .98 |a - b|.
  const PartShare& part = split.splits[1].parts[0];
  CHECK(part.shapley.mean == Approx(0.5 * (share(0) + share(1))));
  CHECK(part.shapley.half_width == Approx(0.98 * std::abs(share(0) - share(1))));
}

TEST_CASE("attribution: what is in no part is a rest, and parts are split without it",
          "[unit][attribution]") {
  const auto study = split_study();
  study->scenario.decomposition->parts.pop_back();
  const Split split(*study);
  const EffectSplit& of = split.splits[1];
  CHECK(of.has_rest);
  CHECK(of.rest.mean == Approx(split.effect(2, 2)));  // the second order is there in any case
  CHECK(of.total.mean == Approx(split.effect(3, 2) - split.effect(2, 2)));
  CHECK(of.parts[0].shapley.mean == Approx(of.total.mean));
  // Percentages are of the reference arm's level, not of the arm's without its parts.
  CHECK(split.splits[0].total.mean == Approx(split.effect(3, 0) - split.effect(2, 0)));
  CHECK(attribution_sentence(*study, of).find("'What happened' against 'What happened' without its parts") !=
        std::string::npos);
}

TEST_CASE("attribution: a part that the arm does not have does nothing", "[unit][attribution]") {
  const auto study = split_study();
  study->scenario.decomposition->arm = "order";
  const Split split(*study);
  const EffectSplit& of = split.splits[0];
  CHECK(of.parts[1].shapley.mean == 0.0);
  CHECK(of.parts[0].shapley.mean == Approx(split.effect(1, 0)));
  CHECK(of.together.mean == 0.0);
}

TEST_CASE("attribution: nothing is split without parts or without a metric that compares",
          "[unit][attribution]") {
  const auto study = split_study(200);
  CHECK(attribution_replicates(*study) == 100);
  CHECK(attribution_runs(*study) == 400);
  for (Metric& metric : study->scenario.metrics) metric.expression.form = MetricExpression::Form::level;
  CHECK(attribution_replicates(*study) == 0);
  const auto plain = model_study(metrics);
  CHECK(attribution_runs(*plain) == 0);
  CHECK(attributions_of(*plain, {}, 1, {}).empty());
}

TEST_CASE("attribution: the table has a row for each part and the sums", "[unit][attribution]") {
  const auto study = split_study();
  const Split split(*study);
  const TemporaryFolder folder;
  write_attribution(*study, split.splits, folder.at(""));
  Problems problems;
  const CsvTable table = read_csv(folder.at("attribution.csv"), problems);
  problems.throw_if_any();
  CHECK(table.columns == std::vector<std::string>{"scenario", "arm", "metric", "part", "unit", "shapley",
                                                  "alone", "last", "interaction", "ci95_low", "ci95_high",
                                                  "n"});
  REQUIRE(table.rows.size() == 2 * 4);
  const char* parts[]{"first_order", "later", "total", "together"};
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(table.rows[i].cells[2] == (i < 4 ? "m1" : "m3"));
    CHECK(table.rows[i].cells[3] == parts[i % 4]);
    CHECK(table.rows[i].cells[6].empty() == (i % 4 >= 2));
    CHECK(table.rows[i].cells[11] == "3");
  }
}

TEST_CASE("attribution: the sentence", "[unit][attribution]") {
  const auto study = split_study();
  EffectSplit of;
  of.metric = &study->scenario.metrics[0];
  of.n = 3;
  of.total = {41.3, 2.0};
  of.parts = {{"first_order", {24.12, 4.0}, 20, 28, 8}, {"later", {17.18, 2.5}, 14, 20, 6}};
  of.together = {3.04, 1.0};
  CHECK(attribution_sentence(*study, of) ==
        "GAMMA: of +41.3 % on 2026-06-22 ('What happened' against 'Neither'), first order accounts for +24.1 "
        "points [+20.1, +28.1] and later for +17.2 [+14.7, +19.7], whatever order they are added in; +3.0 "
        "points arise only when both happen.");
  of.together = {-3.04, 1.0};
  CHECK(attribution_sentence(*study, of)
            .ends_with("; -3.0 points arise only when both happen (together they do less than the sum of "
                       "each alone)."));
  of.together = {-0.004, 1.0};
  CHECK(attribution_sentence(*study, of).ends_with("; nothing arises only when both happen."));
  of.together = {3.04, 1.0};
  of.metric = &study->scenario.metrics[2];
  of.parts.push_back({"third", {0.1, 0.0}, 0, 0, 0});
  CHECK(attribution_sentence(*study, of)
            .find("+24.1 bn USD [+20.1, +28.1], later for +17.2 [+14.7, +19.7] and third for +0.1") !=
        std::string::npos);
  CHECK(attribution_sentence(*study, of).find("+3.0 bn USD arises only when several of them happen.") !=
        std::string::npos);
  for (PartShare& part : of.parts) part.shapley = {};
  CHECK(attribution_sentence(*study, of) == "m3: no part of 'What happened' has any effect.");
}

TEST_CASE("attribution: parts that reach a market in one session are told apart by the model only",
          "[unit][attribution]") {
  const auto study = split_study();
  CHECK(shared_session_caveats(*study).empty());
  study->scenario.events[1].said.announced = to_instant(make_date(2026, 6, 17), 75600, 0);
  const auto caveats = shared_session_caveats(*study);
  REQUIRE(caveats.size() == 1);
  CHECK(caveats[0].starts_with("first order and later reach "));
  CHECK(
      caveats[0].ends_with(" in the same session: prices alone cannot tell their parts apart; this split is "
                           "the model's."));
  study->scenario.decomposition->arm = "order";  // has no second order
  CHECK(shared_session_caveats(*study).empty());
}

TEST_CASE("attribution: with a precision the first round is split, and what other rounds add",
          "[unit][attribution]") {
  const auto study = split_study(5);
  CHECK(attribution_runs(*study) == 5 * 4);
  study->scenario.precision = {{"m1", 0.001, {}}};
  CHECK(attribution_runs(*study) == least_for_precision * 4);
  study->scenario.replicates = 50;
  CHECK(attribution_runs(*study) == 50 * 4);
  study->scenario.replicates = 500;
  CHECK(attribution_runs(*study) == 100 * 4);
}
