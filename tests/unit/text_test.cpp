#include "sim/base/text.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

TEST_CASE("text: two letters swapped are one mistake", "[unit][text]") {
  CHECK(nearest_word("titel", {"time", "title"}) == "title");
  CHECK(nearest_word("sede", {"seen", "seed"}) == "seed");
}

TEST_CASE("text: a typo finds its word, a different word does not", "[unit][text]") {
  const std::vector<std::string> known{"replicates", "seed", "jobs"};
  CHECK(nearest_word("replicate", known) == "replicates");
  CHECK(nearest_word("replciates", known) == "replicates");
  CHECK(nearest_word("sead", known) == "seed");
  CHECK_FALSE(nearest_word("price", known).has_value());
  CHECK_FALSE(nearest_word("seed", {}).has_value());
  CHECK(suggestion("jbs", known) == " did you mean 'jobs'?");
  CHECK(suggestion("market_cap", known).empty());
}

TEST_CASE("text: the first of equally near words is suggested", "[unit][text]") {
  CHECK(nearest_word("bat", {"cat", "hat"}) == "cat");
}

TEST_CASE("text: split keeps empty parts and join undoes it", "[unit][text]") {
  CHECK(split("a,,b,", ',') == std::vector<std::string>{"a", "", "b", ""});
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(join(split("x.y.z", '.'), "/") == "x/y/z");
}

TEST_CASE("text: trim removes blanks at the ends only", "[unit][text]") {
  CHECK(trim(" \ta b\r ") == "a b");
  CHECK(trim("  ").empty());
}

TEST_CASE("text: numbers are read whole or not at all", "[unit][text]") {
  CHECK(parse_number("1e-3") == 0.001);
  CHECK(parse_number("-2.5") == -2.5);
  for (const char* bad : {"", "abc", "1,5", "1.5x", " 1", "1 ", "inf", "nan", "1e999"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_number(bad).has_value());
  }
  CHECK(parse_integer("445843090") == 445843090);
  CHECK(parse_integer("-3") == -3);
  for (const char* bad : {"", "1.0", "1e3", "99999999999999999999", "0x10"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_integer(bad).has_value());
  }
}

TEST_CASE("text: numbers print with six significant digits", "[unit][text]") {
  CHECK(short_number(0.0) == "0");
  CHECK(short_number(-0.0) == "0");
  CHECK(short_number(1.0 / 3.0) == "0.333333");
  CHECK(short_number(1234567.0) == "1.23457e+06");
  CHECK(short_number(-12.5) == "-12.5");
}
