#include "sim/base/error.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

TEST_CASE("error: every complaint is listed with its place, in one error of kind scenario", "[unit][error]") {
  Problems problems;
  problems.add("E012", {"mine.toml", 19, 3}, "unknown key 'reveiw' did you mean 'review'?");
  problems.add("E031", {"mine.toml", 20, 0}, "a second one");
  problems.add("E021", {"gone.csv", 0, 0}, "cannot read the file");
  REQUIRE(problems.any());
  REQUIRE(problems.errors().size() == 3);
  CHECK(problems.errors()[0] ==
        "error[E012]: unknown key 'reveiw' did you mean 'review'?\n  --> mine.toml:19:3");
  CHECK(problems.errors()[1] == "error[E031]: a second one\n  --> mine.toml:20");
  CHECK(problems.errors()[2] == "error[E021]: cannot read the file\n  --> gone.csv");
  try {
    problems.throw_if_any();
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::scenario);
    const std::string text = error.what();
    for (const auto& complaint : problems.errors()) CHECK(text.find(complaint) != std::string::npos);
    CHECK_THAT(text, Catch::EndsWith("3 errors. Nothing was run."));
  }
  CHECK_THROWS_WITH(problems.throw_if_any("No results were written."),
                    Catch::EndsWith("3 errors. No results were written."));
}

TEST_CASE("error: warnings alone stop nothing", "[unit][error]") {
  Problems problems;
  problems.warn("W110", {}, "more than three sessions before the first event");
  CHECK_FALSE(problems.any());
  CHECK_NOTHROW(problems.throw_if_any());
  CHECK(problems.warnings() ==
        std::vector<std::string>{"warning[W110]: more than three sessions before the first event"});
}

TEST_CASE("error: exit codes keep their documented numbers", "[unit][error]") {
  CHECK(static_cast<int>(ExitCode::ok) == 0);
  CHECK(static_cast<int>(ExitCode::internal) == 1);
  CHECK(static_cast<int>(ExitCode::command_line) == 2);
  CHECK(static_cast<int>(ExitCode::scenario) == 3);
  CHECK(static_cast<int>(ExitCode::check_failed) == 4);
  CHECK(static_cast<int>(ExitCode::run_failed) == 5);
  CHECK(static_cast<int>(ExitCode::sweep_incomplete) == 6);
  CHECK(static_cast<int>(ExitCode::stopped) == 7);
  CHECK(static_cast<int>(ExitCode::reproduce_mismatch) == 8);
}
