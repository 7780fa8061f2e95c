#include "sim/base/source_excerpt.hpp"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

TEST_CASE("source excerpt: the word that begins at the column is underlined", "[unit][source_excerpt]") {
  CHECK(source_excerpt("seed = 12", 7, 1) ==
        "  |\n"
        "7 | seed = 12\n"
        "  | ^^^^");
  CHECK(source_excerpt("end = 2026-06-12T17:21:00-04:00 # late", 123, 7) ==
        "    |\n"
        "123 | end = 2026-06-12T17:21:00-04:00 # late\n"
        "    |       ^^^^^^^^^^^^^^^^^^^^^^^^^");
}

TEST_CASE("source excerpt: quoted text is underlined with its marks, a bracket alone",
          "[unit][source_excerpt]") {
  CHECK(source_excerpt(R"("a.b \" c" = "30 d")", 22, 1) ==
        "   |\n"
        "22 | \"a.b \\\" c\" = \"30 d\"\n"
        "   | ^^^^^^^^^^");
  CHECK(source_excerpt("[[metric]]", 3, 1) == "  |\n3 | [[metric]]\n  | ^");
  CHECK(source_excerpt("a = \"open", 3, 5) == "  |\n3 | a = \"open\n  |     ^");
}

TEST_CASE("source excerpt: columns count characters, tabs stay, wide characters take two columns",
          "[unit][source_excerpt]") {
  CHECK(source_excerpt("\ta = \"\xc3\xa9\" x", 5, 10) == "  |\n5 | \ta = \"\xc3\xa9\" x\n  | \t        ^");
  CHECK(source_excerpt("\xe6\x99\xba x", 5, 1) == "  |\n5 | \xe6\x99\xba x\n  | ^^");
  CHECK(source_excerpt("\xe6\x99\xba x", 5, 3) == "  |\n5 | \xe6\x99\xba x\n  |    ^");
}

TEST_CASE("source excerpt: what would move the cursor and what is no UTF-8 become question marks",
          "[unit][source_excerpt]") {
  CHECK(source_excerpt("a\x1b[2J\x80z\r", 1, 0) == "  |\n1 | a?[2J?z");
  CHECK(source_excerpt("a\xc2\x9bz\xe6\x99", 1, 0) == "  |\n1 | a?z??");
  CHECK(source_excerpt("\xed\xa0\x80", 1, 0) == "  |\n1 | ???");  // half of a surrogate pair
  CHECK(source_excerpt("\xe0\x80\xaf", 1, 0) == "  |\n1 | ???");  // longer than it need be
}

TEST_CASE("source excerpt: of a long line the part around the column is shown", "[unit][source_excerpt]") {
  std::string line(150, 'a');
  line += " bad ";
  line.append(150, 'b');
  CHECK(source_excerpt(line, 1, 152) == "  |\n1 | ..." + std::string(39, 'a') + " bad " +
                                            std::string(56, 'b') + "...\n  |    " + std::string(40, ' ') +
                                            "^^^");
  CHECK(source_excerpt(line, 1, 1) ==
        "  |\n1 | " + std::string(100, 'a') + "...\n  | " + std::string(100, '^'));
  CHECK(source_excerpt(line, 1, 305) ==
        "  |\n1 | ..." + std::string(100, 'b') + "\n  |    " + std::string(99, ' ') + "^");
}

TEST_CASE("source excerpt: a column past the end points at nothing", "[unit][source_excerpt]") {
  CHECK(source_excerpt("ab", 1, 3) == "  |\n1 | ab");
  CHECK(source_excerpt("", 1, 1) == "  |\n1 | ");
}

TEST_CASE("source lines: places are looked up in their files; what is not there shows nothing",
          "[unit][source_excerpt]") {
  const TemporaryFolder folder;
  folder.write("a.toml", "\xef\xbb\xbfx = 1\r\nyy = 2\r\n");
  SourceLines lines;
  CHECK(lines.show({folder.at("a.toml"), 1, 1}) == "\n  |\n1 | x = 1\n  | ^");
  CHECK(lines.show({folder.at("a.toml"), 2, 0}) == "\n  |\n2 | yy = 2");
  CHECK(lines.show({folder.at("a.toml"), 0, 0}).empty());
  folder.write("b.toml", "  # about this file\nx = 1\n");
  CHECK(lines.show({folder.at("b.toml"), 1, 1}).empty());
  CHECK(lines.show({folder.at("a.toml"), 3, 1}).empty());
  CHECK(lines.show({folder.at("none.toml"), 1, 1}).empty());
  CHECK(lines.show({folder.at("."), 1, 1}).empty());
  CHECK(lines.show({"--set", 0, 0}).empty());
}

TEST_CASE("source lines: complaints show them when they are listed, errors and warnings alike",
          "[unit][source_excerpt]") {
  const TemporaryFolder folder;
  folder.write("a.toml", "x = 1\nyy = 2\n");
  Problems problems;
  problems.add("E012", {folder.at("a.toml"), 2, 1}, "unknown key 'yy'");
  problems.warn("W112", {folder.at("a.toml"), 1, 1}, "changes nothing");
  const std::string place = "\n  --> " + folder.at("a.toml");
  CHECK(problems.errors()[0] == "error[E012]: unknown key 'yy'" + place + ":2:1");
  CHECK(problems.shown_errors()[0] == problems.errors()[0] + "\n  |\n2 | yy = 2\n  | ^^");
  CHECK(problems.shown_warnings()[0] == problems.warnings()[0] + "\n  |\n1 | x = 1\n  | ^");
  try {
    problems.throw_if_any();
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(std::string(error.what()) == problems.shown_errors()[0] + "\n1 error. Nothing was run.");
  }
}
