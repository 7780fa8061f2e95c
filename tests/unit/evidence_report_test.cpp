#include "sim/study/evidence_report.hpp"

#include <catch2/catch.hpp>

#include "sim/study/talent_evidence.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/shipped_facts.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;
using Catch::Contains;

namespace {

const ModelledFact& row(const std::vector<ModelledFact>& rows, const std::string& observed) {
  for (const ModelledFact& one : rows) {
    if (one.observed == observed) return one;
  }
  FAIL("no row for " << observed);
  return rows.front();
}

ObservedFact observed(const std::string& id, double value) {
  return {id, value, std::nullopt, std::nullopt, "2025", "https://a.example", "low", ""};
}

std::string read_complaint(const std::string& table) {
  const TemporaryFolder folder;
  folder.write("facts.csv", table);
  Problems problems;
  read_observed_facts(folder.at("facts.csv"), "id", problems);
  REQUIRE(problems.errors().size() == 1);
  return problems.errors().front();
}

}  // namespace

TEST_CASE("evidence: error is model less observed, in points for shares", "[unit][evidence_report]") {
  ObservedFact share = observed("share", 0.25);
  share.low = 0.2;
  share.high = 0.301;
  share.note = "a guess";
  const std::string text = evidence_table({{"a share", "share", Scale::share, 0.3, "no"},
                                           {"the same", "share", Scale::share, 0.24999, "yes: x"},
                                           {"a number", "number", Scale::number, 0.5, "no"},
                                           {"alone", "", Scale::number, 0.07, "no"}},
                                          {share, observed("number", 2.0), observed("other", 1.0)}, "a path");
  CHECK(text ==
        "  fact       model  observed        range        error  used in the fit?\n"
        "  a share   30.0 %    25.0 %  20.0-30.1 %  +5.0 points                no\n"
        "  the same  25.0 %    25.0 %  20.0-30.1 %  +0.0 points            yes: x\n"
        "  a number   0.500     2.000            -       -1.500                no\n"
        "  alone      0.070         -            -            -                no\n"
        "observed\n"
        "  share (2025, confidence low; a guess): https://a.example\n"
        "  number (2025, confidence low): https://a.example\n"
        "not compared: other\n");
}

TEST_CASE("evidence: an observation that the table lacks is named with its table",
          "[unit][evidence_report]") {
  CHECK_THROWS_WITH(
      evidence_table({{"a", "shore", Scale::share, 0.3, "no"}}, {observed("share", 0.2)}, "observed/x.csv"),
      Contains("observed/x.csv") && Contains("'shore'") && Contains("did you mean 'share'"));
}

TEST_CASE("evidence: tables of observations are checked as data are", "[unit][evidence_report]") {
  CHECK_THAT(read_complaint("id,value,low,high,as_of,source\n"),
             Contains("E022") && Contains("'confidence'"));
  const std::string header = "id,value,low,high,as_of,source,confidence\n";
  CHECK_THAT(read_complaint(header + "a,many,,,2025,https://a.example,low\n"), Contains("E024"));
  CHECK_THAT(read_complaint(header + "a,1,,,2025,somewhere,low\n"), Contains("E026"));
  CHECK_THAT(read_complaint(header + "a,3,1,2,2025,https://a.example,low\n"), Contains("does not hold"));
}

TEST_CASE("evidence: tokens at a router with one closed and one open model, by hand",
          "[unit][evidence_report]") {
  Facts facts = shipped_facts();
  const Date day = make_date(2025, 12, 31);
  facts.models = {{"closed", "openai", day, false, false, 150.0, 5.0},
                  {"open", "deepseek", day, true, false, 148.0, 1.25},
                  {"later", "deepseek", day + 1, true, false, 155.0, 1.25},
                  {"dear", "openai", day, false, false, 170.0, 40.0}};
  Parameters parameters;
  parameters.enterprises.tastes.capability_weight = 0.5;
  parameters.enterprises.tastes.price_weight = 1.0;
  // Utilities 0 and -1 + ln 4: odds 4 / e; tokens per seat 1 and sqrt 4.
  const auto products = router_products(facts, parameters, day);
  REQUIRE(products.size() == 2);
  CHECK(products[1].vendor == "deepseek");
  CHECK(products[1].open);
  CHECK(products[1].chinese);
  CHECK(products[1].capability == Approx(148.0));
  CHECK(products[1].price == Approx(1.25));
  CHECK(products[1].token_share == Approx(8.0 / (8.0 + 2.718281828459045)));
  CHECK(products[0].token_share + products[1].token_share == Approx(1.0));
  CHECK_FALSE(products[0].chinese);
  const auto next_day = router_products(facts, parameters, day + 1);
  CHECK(next_day[1].capability == Approx(155.0));
}

TEST_CASE("evidence: what was fitted comes back from the shipped data", "[unit][evidence_report]") {
  const Facts& facts = shipped_facts();
  const Parameters parameters;
  const auto adoption = adoption_evidence(facts, parameters, 1);
  CHECK(row(adoption, "open_token_share_2025").value == Approx(0.30).margin(0.005));
  CHECK(row(adoption, "open_token_share_2025").fit == "yes: enterprise.capability_weight");
  CHECK(row(adoption, "yearly_vendor_switch").value == Approx(0.11).margin(0.005));
  const auto talent = talent_evidence(facts.talent, parameters.talent);
  CHECK(row(talent, "stay_five_years_cn_us").value == Approx(0.92).margin(1e-6));
  CHECK(row(talent, "stay_six_years_cn_us").fit == "no");
  CHECK(row(talent, "wage_elasticity_domestic").value == Approx(1.1 * 0.03).epsilon(1e-3));
  CHECK(row(talent, "wage_elasticity_foreign").value == Approx(1.1 * 0.95).epsilon(1e-3));
}

// What comes out of the shipped data; a change is news, not an error to tune away.
TEST_CASE("evidence: what was not fitted, with the shipped data", "[unit][evidence_report]") {
  const Facts& facts = shipped_facts();
  const auto adoption = adoption_evidence(facts, Parameters{}, 1);
  CHECK(row(adoption, "chinese_open_token_share_2025").value == Approx(0.30).margin(0.005));
  CHECK(row(adoption, "chinese_token_share_mid_2026").value == Approx(0.045).margin(0.005));
  CHECK(row(adoption, "us_enterprise_open_2025").value == Approx(0.109).margin(0.002));
  const auto talent = talent_evidence(facts.talent, TalentParams{});
  CHECK(talent.back().observed == "wage_elasticity_foreign");
  CHECK(talent.back().value == Approx(0.144).margin(0.002));
}

TEST_CASE("evidence: switching follows the share it is fitted to, in simulated choices",
          "[unit][evidence_report]") {
  const Facts& facts = shipped_facts();
  Parameters parameters;
  parameters.enterprises.switching.switching_share = 0.05;
  const EconomySetup setup = make_economy_setup(facts, parameters);
  CHECK(yearly_switching(facts, parameters, setup, 3) == Approx(0.05).margin(0.004));
}

TEST_CASE("evidence: without vendors only researchers are compared", "[unit][evidence_report]") {
  const auto study = model_study({});
  study->scenario.data_dir = CHOKEPOINT_SOURCE_DIR "/data";
  study->facts.talent = shipped_facts().talent;
  const std::string text = evidence_report(*study);
  CHECK_THAT(text, Contains("working in China, 2022"));
  CHECK_THAT(text, Contains("adoption: nothing to say (the data name no vendors)"));
}
