#include "sim/output/text_file.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "sim/base/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

TEST_CASE("text file: the whole text is there, in place of an earlier one", "[unit][text_file]") {
  const TemporaryFolder folder;
  folder.write("a.txt", "something longer");
  write_text(folder.at("a.txt"), "new\n");
  CHECK(folder.read("a.txt") == "new\n");
}

TEST_CASE("text file: a text that does not reach the disk is an error", "[unit][text_file]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(write_text(folder.at("missing/a.txt"), "text"), Catch::StartsWith("cannot write '"));
  if (std::filesystem::exists("/dev/full")) {
    CHECK_THROWS_WITH(write_text("/dev/full", "short"), "cannot write '/dev/full'");
  }
}
