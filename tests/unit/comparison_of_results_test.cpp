// Two folders of results held against each other, and a folder read back.
#include "sim/study/comparison_of_results.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "scenario_files.hpp"
#include "sim/output/file_hash.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

const std::string metrics =
    "[[metric]]\nid = \"gain\"\nlabel = \"Gain\"\nunit = \"%\"\n"
    "expr = \"pct_effect(market_cap[firm=zhipu], at=2026-06-22)\"\n"
    "[[metric]]\nid = \"cap\"\nlabel = \"Value\"\nunit = \"bn USD\"\n"
    "expr = \"level(market_cap[firm=zhipu], at=2026-06-22)\"\n";

StoredResults results(const std::string& folder, const std::vector<double>& gain) {
  StoredResults one;
  one.folder = folder;
  one.version = "1";
  one.program = "aaaa";
  one.data = {{"data/firms.csv", "aaaa"}};
  one.scenario = read_text(small_with({}, metrics)).scenario;
  one.metrics[{"none", "gain"}] = std::vector<double>(gain.size(), 0.0);
  one.metrics[{"none", "cap"}] = gain;
  one.metrics[{"all", "gain"}] = gain;
  return one;
}

std::string refusal(const StoredResults& first, const StoredResults& second) {
  try {
    compare_results(first, second);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::command_line);
    return error.what();
  }
  return "";
}

/// A folder as version 1.2 leaves it after a run, with these metrics.
void write_folder(const TemporaryFolder& folder, const std::string& rows) {
  folder.write("scenario.resolved.toml", small_with({}, metrics));
  folder.write("metrics.csv", "scenario,arm,replicate,metric,unit,value\n" + rows);
  folder.write("data.csv", "x\n1\n");
  const auto hash = [&](const char* name) {
    return "\"" + std::string(name) + "\": \"" + sha256_of_file(folder.at(name)) + "\"";
  };
  const std::string data = "\"" + folder.at("data.csv") + "\": \"" + sha256_of_file(folder.at("data.csv"));
  folder.write("manifest.json",
               "{\"version\": \"1.2\", \"program_sha256\": \"ab\", \"scenario_file\": \"s.toml\", "
               "\"overrides\": {\"set\": [], \"seed\": \"\", \"replicates\": \"\", \"precision\": []}, "
               "\"replicates\": 2, "
               "\"inputs_sha256\": {" +
                   data + "\", \"s.toml\": \"0\"}, \"outputs_sha256\": {" + hash("scenario.resolved.toml") +
                   ", " + hash("metrics.csv") + "}}");
}

std::string complaint_about(const std::string& folder, const std::string& version = "1.2") {
  try {
    expect_same_inputs(read_results(folder), version);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::command_line);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("comparison of results: the difference is taken replicate by replicate",
          "[unit][comparison_of_results]") {
  const StoredResults first = results("a", {10, 20, 30});
  const StoredResults second = results("b", {11, 23, 32});
  const ComparisonOfResults found = compare_results(first, second);
  CHECK(found.replicates == 3);
  CHECK(found.differences.empty());
  REQUIRE(found.metrics.size() == 2);  // the level in the reference arm, the effect in the other
  CHECK(found.metrics[0].arm == "none");
  CHECK(found.metrics[0].metric->id == "cap");
  const ComparedMetric& gain = found.metrics[1];
  CHECK(gain.arm == "all");
  CHECK(gain.first.mean == Approx(20.0));
  CHECK(gain.second.mean == Approx(22.0));
  CHECK(gain.difference.mean == Approx(2.0));  // 1, 3, 2
  CHECK(gain.difference.sd == Approx(1.0));    // unpaired it would be some 14
  CHECK(mean_half_width(gain.difference) == Approx(1.96 / std::sqrt(3.0)));
  CHECK(gain.share_positive == 1.0);
}

TEST_CASE("comparison of results: only replicates that both have are paired",
          "[unit][comparison_of_results]") {
  const StoredResults first = results("a", {10, 20, 30, 1000});
  const StoredResults second = results("b", {9, 20});
  const ComparisonOfResults found = compare_results(first, second);
  CHECK(found.replicates == 2);
  CHECK(found.metrics[1].first.mean == Approx(15.0));
  CHECK(found.metrics[1].difference.mean == Approx(-0.5));
  CHECK(found.metrics[1].share_positive == 0.0);
}

TEST_CASE("comparison of results: parameters and events may differ, and are listed",
          "[unit][comparison_of_results]") {
  const StoredResults first = results("a", {1, 2});
  StoredResults second = results("b", {1, 2});
  second.scenario = read_text(small_with({{20, "source = \"a test\"\nlevel = 0.5"}}, metrics)).scenario;
  const ComparisonOfResults found = compare_results(first, second);
  REQUIRE(found.differences.size() == 1);
  CHECK(found.differences[0].item == "order.level");
}

TEST_CASE("comparison of results: arms and metrics that one lacks are left out and named",
          "[unit][comparison_of_results]") {
  const StoredResults first = results("a", {1, 2});
  StoredResults second = results("b", {1, 2});
  second.scenario.metrics.pop_back();
  second.metrics.erase({"none", "cap"});
  const ComparisonOfResults found = compare_results(first, second);
  CHECK(found.only_in_one == Messages{"metric 'cap' (only in a)"});
  REQUIRE(found.metrics.size() == 1);
  CHECK(found.metrics[0].metric->id == "gain");
}

TEST_CASE("comparison of results: what else differs is refused, all of it at once",
          "[unit][comparison_of_results]") {
  const StoredResults first = results("a", {1, 2});
  StoredResults second = results("b", {1, 2});
  second.scenario.seed = 2;
  second.version = "2";
  second.scenario.as_of = *parse_date("2026-06-11");
  second.scenario.fit_without = "deepseek";
  second.scenario.sessions = 61;
  second.data = {{"data/lines.csv", "bbbb"}};
  second.scenario.arms[0].reference = false;
  second.scenario.arms[1].reference = true;
  second.scenario.metrics[0].text = "effect(market_cap[firm=zhipu], at=2026-06-22)";
  const std::string text = refusal(first, second);
  for (const char* part : {"error[E095]: version of the program: 1 and 2", "seed: 1 and 2",
                           "time.as_of: 2026-06-12 and 2026-06-11", "data.fit_without: not set and deepseek",
                           "time.end: 60 sessions and 61 sessions", "reference arm: none and all",
                           "data 'data/firms.csv': aaaa and not used",
                           "data 'data/lines.csv': not used and bbbb", "metric 'gain': pct_effect("}) {
    CAPTURE(part);
    CHECK_THAT(text, Catch::Contains(part));
  }
  CHECK(refusal(first, results("b", {3, 4})).empty());
}

TEST_CASE("comparison of results: two builds of one version are warned of", "[unit][comparison_of_results]") {
  const StoredResults first = results("a", {1, 2});
  StoredResults second = results("b", {1, 2});
  Problems problems;
  warn_of_programs(first, second, problems);
  CHECK(problems.warnings().empty());
  second.program = "bbbb";
  warn_of_programs(first, second, problems);
  CHECK(problems.warnings() ==
        Messages{"warning[W135]: the two runs were made by different builds of version 1 (part of the "
                 "difference may be the code's)\n  --> a and b"});
}

TEST_CASE("stored results: a folder is read back as it was run", "[unit][comparison_of_results]") {
  const TemporaryFolder folder;
  write_folder(folder,
               "small,none,r0000,gain,%,0\nsmall,none,r0000,cap,bn USD,5\nsmall,none,r0001,gain,%,0\n"
               "small,none,r0001,cap,bn USD,6\nsmall,all,r0000,gain,%,1.5\nsmall,all,r0001,gain,%,2.5\n");
  const StoredResults found = read_results(folder.at(""));
  CHECK(found.version == "1.2");
  CHECK(found.program == "ab");
  CHECK(found.scenario.arms.size() == 2);
  CHECK(found.data.size() == 1);  // scenario files are not data
  CHECK(found.metrics.at({"none", "cap"}) == std::vector<double>{5, 6});
  CHECK(found.metrics.at({"all", "gain"}) == std::vector<double>{1.5, 2.5});
  CHECK(complaint_about(folder.at("")).empty());
  CHECK_THAT(complaint_about(folder.at(""), "1.3"), Catch::Contains("results of version 1.2 (this is 1.3)"));
}

TEST_CASE("stored results: what is not a run's, or not as it was, is refused",
          "[unit][comparison_of_results]") {
  const TemporaryFolder folder;
  CHECK_THAT(complaint_about(folder.at("")),
             Catch::Contains("error[E084]") && Catch::Contains("there is no such file"));
  folder.write("manifest.json", "{}");
  CHECK_THAT(complaint_about(folder.at("")), Catch::Contains("it lacks what this version writes"));
  write_folder(folder, "small,none,r0000,gain,%,0\n");
  folder.write("data.csv", "x\n2\n");
  CHECK_THAT(complaint_about(folder.at("")), Catch::Contains("data.csv' has changed since"));
  std::filesystem::remove(folder.at("data.csv"));
  CHECK_THAT(complaint_about(folder.at("")), Catch::Contains("data.csv' is gone"));
  folder.write("metrics.csv", "tampered\n");
  CHECK_THAT(complaint_about(folder.at("")), Catch::Contains("metrics.csv was changed after the run"));
}
