#include "sim/output/result_folder.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "sim/base/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

std::vector<std::string> nothing(const std::string&) { return {}; }

/// What opening a folder for results is refused with; empty when it is not.
std::pair<ExitCode, std::string> refusal(const std::string& path, bool force) {
  try {
    const ResultFolder results(path, force, nothing);
    return {ExitCode::ok, ""};
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
}

}  // namespace

TEST_CASE("result folder: results appear when they are published, all at once", "[unit][result_folder]") {
  const TemporaryFolder home;
  {
    ResultFolder results(home.at("deep/out"), false, nothing);
    CHECK(results.working() == home.at("deep/out.partial"));
    home.write("deep/out.partial/metrics.csv", "a\n");
    CHECK_FALSE(home.holds("deep/out"));
    results.publish();
    CHECK(home.read("deep/out/metrics.csv") == "a\n");
    CHECK_FALSE(home.holds("deep/out.partial"));
  }
  CHECK(home.read("deep/out/metrics.csv") == "a\n");
}

TEST_CASE("result folder: a slash at the end names the same folder", "[unit][result_folder]") {
  const TemporaryFolder home;
  home.write("out/manifest.json", "{}");
  ResultFolder results(home.at("out/"), true, nothing);
  CHECK(results.working() == home.at("out.partial"));
  home.write("out.partial/metrics.csv", "new\n");
  results.publish();
  CHECK(home.read("out/metrics.csv") == "new\n");
  CHECK_FALSE(home.holds("out/manifest.json"));
  CHECK_FALSE(home.holds("out.replaced"));
}

TEST_CASE("result folder: what was not published disappears, with what a stopped run left",
          "[unit][result_folder]") {
  const TemporaryFolder home;
  home.write("out.partial/old.csv", "old\n");
  {
    const ResultFolder results(home.at("out"), false, nothing);
    CHECK_FALSE(home.holds("out.partial/old.csv"));
    home.write("out.partial/metrics.csv", "a\n");
  }
  CHECK_FALSE(home.holds("out.partial"));
  CHECK_FALSE(home.holds("out"));
}

TEST_CASE(
    "result folder: a folder with results is kept unless told otherwise, and until the new ones are done",
    "[unit][result_folder]") {
  const TemporaryFolder home;
  home.write("out/manifest.json", "{}");
  home.write("out/metrics.csv", "old\n");
  const auto [code, message] = refusal(home.at("out"), false);
  CHECK(code == ExitCode::command_line);
  CHECK(message ==
        fmt::format("'{}' is not empty (results are never overwritten unasked); give another --out "
                    "or add --force",
                    home.at("out")));
  CHECK_FALSE(home.holds("out.partial"));
  { const ResultFolder abandoned(home.at("out"), true, nothing); }
  CHECK(home.read("out/metrics.csv") == "old\n");
  ResultFolder results(home.at("out"), true, nothing);
  home.write("out.partial/effects.csv", "new\n");
  results.publish();
  CHECK(home.read("out/effects.csv") == "new\n");
  CHECK_FALSE(home.holds("out/metrics.csv"));
}

TEST_CASE("result folder: what is not this program's is never replaced", "[unit][result_folder]") {
  const TemporaryFolder home;
  home.write("photos/cat.jpg", "cat");
  home.write("letter", "text");
  for (const char* name : {"photos", "letter"}) {
    CAPTURE(name);
    CHECK(refusal(home.at(name), false).first == ExitCode::command_line);
    const auto [code, message] = refusal(home.at(name), true);
    CHECK(code == ExitCode::command_line);
    CHECK_THAT(message, Catch::Contains("no results of this program (there is no manifest.json)"));
  }
  CHECK(home.read("photos/cat.jpg") == "cat");
  CHECK(home.read("letter") == "text");
}

TEST_CASE("result folder: an empty folder may be used, an impossible one is a failed run",
          "[unit][result_folder]") {
  const TemporaryFolder home;
  std::filesystem::create_directory(home.at("empty"));
  ResultFolder results(home.at("empty"), false, nothing);
  home.write("empty.partial/a", "a");
  results.publish();
  CHECK(home.read("empty/a") == "a");
  home.write("file", "text");
  const auto [code, message] = refusal(home.at("file/out"), false);
  CHECK(code == ExitCode::run_failed);
  CHECK_THAT(message, Catch::StartsWith(fmt::format("cannot make the folder '{}'", home.at("file/out"))));
}

TEST_CASE("result folder: a run that can go on keeps the files that it names, and no others",
          "[unit][result_folder]") {
  const TemporaryFolder home;
  home.write("out.partial/runs.journal", "three");
  home.write("out.partial/old.csv", "old\n");
  home.write("out.partial/old/inside.csv", "old\n");
  const auto needed = [&](const std::string& working) -> std::vector<std::string> {
    CHECK(working == home.at("out.partial"));
    return {"runs.journal", "series.spool"};
  };
  {
    ResultFolder results(home.at("out"), false, needed);
    CHECK(home.read("out.partial/runs.journal") == "three");
    CHECK_FALSE(home.holds("out.partial/old.csv"));
    CHECK_FALSE(home.holds("out.partial/old"));
    home.write("out.partial/half.csv", "new\n");
    results.keep();
  }
  CHECK(home.holds("out.partial/half.csv"));
  CHECK_THROWS_AS(ResultFolder(home.at("out"), false,
                               [](const std::string&) -> std::vector<std::string> {
                                 throw Error(ExitCode::command_line, "other inputs");
                               }),
                  Error);
  CHECK(home.holds("out.partial/half.csv"));
  { const ResultFolder failed(home.at("out"), false, needed); }
  CHECK_FALSE(home.holds("out.partial"));
}
