#include "sim/base/csv.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <limits>

using namespace chokepoint;

namespace {

/// A file that goes away with the test.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& text = "")
      : path_(std::filesystem::temp_directory_path() / ("csv_test_" + std::to_string(getpid()) + ".csv")) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

CsvTable read(const std::string& text, Problems& problems) {
  const TemporaryFile file(text);
  return read_csv(file.path(), problems);
}

}  // namespace

TEST_CASE("csv: what is written is read back", "[unit][csv]") {
  const TemporaryFile file;
  const std::vector<std::string> cells{"plain", "a,b", "say \"no\"", "two\nlines", "", " blanks "};
  CsvWriter writer(file.path(), {"one", "two", "three", "four", "five", "six"});
  for (const auto& cell : cells) writer.text(cell);
  writer.end_row();
  writer.number(1.0 / 3.0).number(std::numeric_limits<double>::quiet_NaN()).integer(-445843090000);
  writer.number(std::numeric_limits<double>::infinity()).number(-0.0).number(2.0);
  writer.end_row();
  CHECK(writer.rows() == 2);
  writer.close();

  Problems problems;
  const CsvTable table = read_csv(file.path(), problems);
  CHECK_FALSE(problems.any());
  CHECK(table.columns == std::vector<std::string>{"one", "two", "three", "four", "five", "six"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].cells == cells);
  CHECK(table.rows[1].cells == std::vector<std::string>{"0.333333", "", "-445843090000", "", "0", "2"});
  CHECK(table.column("three") == 2);
  CHECK(table.column("seven") == CsvTable::npos);
}

TEST_CASE("csv: a byte order mark and CRLF are no part of the cells", "[unit][csv]") {
  Problems problems;
  const CsvTable table = read("\xEF\xBB\xBFid,name\r\n1,x\r\n2,\"y, z\"\r\n", problems);
  CHECK_FALSE(problems.any());
  CHECK(table.columns == std::vector<std::string>{"id", "name"});
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[1].cells == std::vector<std::string>{"2", "y, z"});
}

TEST_CASE("csv: rows know the line they begin on, line breaks in quotes counted", "[unit][csv]") {
  Problems problems;
  const CsvTable table = read("id,note\n1,\"a\nb\nc\"\n2,d", problems);
  CHECK_FALSE(problems.any());
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0].where.line == 2);
  CHECK(table.rows[1].where.line == 5);
  CHECK(table.rows[1].cells[1] == "d");
}

TEST_CASE("csv: a ragged row is a complaint with its line, and the other rows are read", "[unit][csv]") {
  Problems problems;
  const CsvTable table = read("a,b\n1,2\n3\n4,5,6\n7,8\n", problems);
  REQUIRE(problems.errors().size() == 2);
  CHECK_THAT(problems.errors()[0], Catch::Contains("1 cells, but the header has 2") && Catch::EndsWith(":3"));
  CHECK_THAT(problems.errors()[1], Catch::Contains("3 cells, but the header has 2") && Catch::EndsWith(":4"));
  CHECK(table.rows.size() == 2);
}

TEST_CASE("csv: a quotation mark that is never closed is a complaint, not a swallowed rest", "[unit][csv]") {
  Problems problems;
  read("id,note\n1,\"open\n2,x\n3,y\n", problems);
  REQUIRE(problems.errors().size() == 1);
  CHECK_THAT(problems.errors()[0], Catch::Contains("quot") && Catch::EndsWith(":2"));
}

TEST_CASE("csv: headers with repeated or missing names are complaints", "[unit][csv]") {
  Problems problems;
  read("a,,a\n1,2,3\n", problems);
  REQUIRE(problems.errors().size() == 2);
  CHECK_THAT(problems.errors()[0], Catch::Contains("no name"));
  CHECK_THAT(problems.errors()[1], Catch::Contains("'a' appears twice"));
}

TEST_CASE("csv: missing and empty files are complaints", "[unit][csv]") {
  Problems problems;
  read_csv("no/such/file.csv", problems);
  read("", problems);
  REQUIRE(problems.errors().size() == 2);
  CHECK_THAT(problems.errors()[0], Catch::Contains("cannot read") && Catch::Contains("no/such/file.csv"));
  CHECK_THAT(problems.errors()[1], Catch::Contains("empty"));
}

TEST_CASE("csv: a place that cannot be written is an error of the run", "[unit][csv]") {
  const TemporaryFile file;
  try {
    const CsvWriter writer(file.path() + "/below_a_file.csv", {"a"});
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::run_failed);
    CHECK_THAT(error.what(), Catch::Contains("cannot write") && Catch::Contains("below_a_file.csv"));
  }
}
