#include "sim/study/checks.hpp"

#include <catch2/catch.hpp>

#include "sim/base/csv.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

/// The model study with two metrics and one written out in a check, and four replicates by hand.
struct Checked {
  Checked()
      : study(model_study(
            {"effect(market_cap[line=GAMMA], at=2026-06-19)", "level(market_cap[line=GAMMA], at=2026-06-19)"},
            4)) {
    result.arms.resize(2);
    result.arms[0].values = {{0, 0, 0, 0}, {0, 4, 0, 0}, {5, 5, 5, 5}};
    result.arms[1].values = {{1, -2, 3, 4}, {1, 2, 3, 4}, {9, 7, 8, 6}};
  }

  void expect(const std::string& text, CheckLevel level = CheckLevel::error) {
    Problems problems;
    Check check;
    check.id = "c" + std::to_string(study->scenario.checks.size() + 1);
    check.text = text;
    check.expected = *parse_check_expression(text, {}, problems);
    check.level = level;
    if (check.expected.written_out) {
      check.written_out = Metric{"", "", "", check.expected.metric, *check.expected.written_out, {}};
    }
    study->scenario.checks.push_back(check);
  }

  /// Binds what the checks need and evaluates them.
  std::vector<CheckOutcome> outcomes() {
    study->measured = study->metrics;
    for (const Check& check : study->scenario.checks) {
      if (check.written_out) study->measured.push_back({&*check.written_out, {}, 0, 0});
    }
    return evaluate_checks(*study, result);
  }

  double found(const std::string& text) {
    expect(text);
    return outcomes().back().value;
  }

  std::unique_ptr<Study> study;
  ExperimentResult result;
};

}  // namespace

TEST_CASE("checks: extremes, mean and median over the replicates of the arm", "[unit][checks]") {
  Checked checked;
  CHECK(checked.found("max(m1, arm='order') > 0") == 4.0);
  CHECK(checked.found("min(m1, arm='order') > 0") == -2.0);
  CHECK(checked.found("mean(m1, arm='order') > 0") == 1.5);
  CHECK(checked.found("median(m1, arm='order') > 0") == 2.0);
  CHECK(checked.found("min(abs(m1), arm='order') > 0") == 1.0);
  CHECK(checked.found("mean(abs(m1), arm='order') > 0") == 2.5);
  CHECK(checked.found("max(m1, arm='none') > 0") == 0.0);
  CHECK(checked.found("max(m2, arm='none') > 0") == 4.0);
  CHECK(checked.found("min(level(market_cap[line=BETA], at=2026-06-19), arm='order') > 0") == 6.0);
  CHECK(Checked().found("max(level(market_cap[line=BETA], at=2026-06-19), arm='none') > 0") == 5.0);
}

TEST_CASE("checks: only a failed one of level error fails", "[unit][checks]") {
  Checked checked;
  checked.expect("max(m1, arm='order') == 4");
  checked.expect("max(m1, arm='order') < 4", CheckLevel::warning);
  std::vector<CheckOutcome> outcomes = checked.outcomes();
  CHECK(outcomes[0].passed);
  CHECK_FALSE(outcomes[1].passed);
  CHECK_FALSE(any_failed(outcomes));
  checked.expect("median(m1, arm='order') < 2");
  CHECK(any_failed(checked.outcomes()));
}

TEST_CASE("checks: what the table says", "[unit][checks]") {
  Checked checked;
  checked.expect("max(m1, arm='order') == 4");
  checked.expect("min(m1, arm='order') > 0", CheckLevel::warning);
  const TemporaryFolder folder;
  write_checks(*checked.study, checked.outcomes(), folder.at(""));
  Problems problems;
  const CsvTable table = read_csv(folder.at("checks.csv"), problems);
  CHECK_FALSE(problems.any());
  CHECK(table.columns == std::vector<std::string>{"scenario", "check", "level", "expect", "value", "passed"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].cells ==
        std::vector<std::string>{"model", "c1", "error", "max(m1, arm='order') == 4", "4", "true"});
  CHECK(table.rows[1].cells ==
        std::vector<std::string>{"model", "c2", "warning", "min(m1, arm='order') > 0", "-2", "false"});
}
