#include "sim/output/text_table.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

TEST_CASE("text table: words to the left, numbers to the right, columns as wide as their longest cell",
          "[unit][text_table]") {
  TextTable table({"line", "why", "move"});
  table.add({"ALPHA", "a", "+1.5"});
  table.add({"B", "longer", "-12.25"});
  CHECK(table.text(2) ==
        "  line   why       move\n"
        "  ALPHA  a         +1.5\n"
        "  B      longer  -12.25\n");
  CHECK(table.text() ==
        "  line      why    move\n"
        "  ALPHA       a    +1.5\n"
        "  B      longer  -12.25\n");
}

TEST_CASE("text table: no blanks at the ends of lines, short rows are short", "[unit][text_table]") {
  TextTable table({"line", "note"});
  table.add({"ALPHA", ""});
  table.add({"B"});
  CHECK(table.text(2) == "  line   note\n  ALPHA\n  B\n");
  CHECK(TextTable({"only", "header"}).text() == "  only  header\n");
}

TEST_CASE("text table: letters beyond ASCII do not shift the columns after them", "[unit][text_table]") {
  TextTable table({"name", "n"});
  table.add({"\u00c4\u00d6\u00dc", "1"});
  table.add({"abc", "2"});
  const std::string text = table.text();
  CHECK(text.find("\u00c4\u00d6\u00dc ") != std::string::npos);
  const std::string umlauts = text.substr(text.find("\u00c4"), text.find('1') - text.find("\u00c4"));
  const std::string ascii = text.substr(text.find("abc"), text.find('2') - text.find("abc"));
  CHECK(umlauts.size() == ascii.size() + 3);  // three letters of two bytes
}

TEST_CASE("text table: signed numbers carry their sign", "[unit][text_table]") {
  CHECK(signed_number(12.34, 1) == "+12.3");
  CHECK(signed_number(-0.4, 1) == "-0.4");
  CHECK(signed_number(0.0, 2) == "+0.00");
}
