#include "sim/study/record_difference.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace chokepoint;

namespace {

Series series(const char* variable, const char* entity, SeriesFile file = SeriesFile::firms) {
  return {file, variable, "bn USD", "firm", entity, "", {{"firm", entity}}, {}};
}

/// `cap` of two firms and `staff` of one: three columns.
const std::vector<Series> three{series("cap", "a"), series("cap", "b"), series("staff", "a")};

RunRecord run(const std::vector<double>& values) {
  RunRecord record;
  record.values = values;
  return record;
}

AccessSpell spell(std::int32_t first, std::int32_t last) {
  AccessSpell one;
  one.first_day = first;
  one.last_day = last;
  return one;
}

}  // namespace

TEST_CASE("record difference: equal runs have none", "[unit][record_difference]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const RecordDifference none = difference_of(run({1, 2, nan}), run({1, 2, nan}), three);
  CHECK(none.first_row == RecordDifference::same);
  CHECK(none.size.empty());
}

TEST_CASE("record difference: first row, sizes and changes by hand", "[unit][record_difference]") {
  const RunRecord without = run({10, 2, 0, 10, 2, 0, 10, 2, 0});
  const RunRecord with = run({10, 2, 0, 10, 2, 3, 14, 2, 1});
  const RecordDifference found = difference_of(with, without, three);
  CHECK(found.first_row == 1);
  CHECK(found.size[0] == 4.0 / (14 + 10 + 14));
  CHECK(found.change[0] == 4);
  CHECK(found.size[1] == 0);
  CHECK(found.size[2] == 0.5);  // row 1: 3 / (3 + 0 + 3) is more than row 2: 1 / (1 + 0 + 3)
  CHECK(found.change[2] == 3);
}

TEST_CASE("record difference: a crumb is measured against the largest of its kind",
          "[unit][record_difference]") {
  const RecordDifference found = difference_of(run({9, 0.5, 0}), run({9, 0, 0}), three);
  CHECK(found.size[1] == 0.5 / (0.5 + 0 + 9));
}

TEST_CASE("record difference: a loss has the sign and the size of the same gain",
          "[unit][record_difference]") {
  const RecordDifference gain = difference_of(run({0, 1, 1}), run({0, 1, 0}), three);
  const RecordDifference loss = difference_of(run({0, 1, 0}), run({0, 1, 1}), three);
  CHECK(gain.change[2] == 1);
  CHECK(loss.change[2] == -1);
  CHECK(gain.size[2] == loss.size[2]);
}

TEST_CASE("record difference: the last bit counts, what is not finite has no size",
          "[unit][record_difference]") {
  CHECK(difference_of(run({0.0, 1, 1}), run({-0.0, 1, 1}), three).first_row == 0);
  CHECK(difference_of(run({0, std::nextafter(1.0, 2.0), 1}), run({0, 1, 1}), three).first_row == 0);
  const RecordDifference found = difference_of(run({INFINITY, 1, 1}), run({0, 1, 1}), three);
  CHECK(found.first_row == 0);
  CHECK(found.size[0] == 0);
}

TEST_CASE("record difference: prices of sessions and indicators differ, but are not named",
          "[unit][record_difference]") {
  const std::vector<Series> told{series("close", "a", SeriesFile::sessions),
                                 series("index", "a", SeriesFile::indicators)};
  const RecordDifference found = difference_of(run({1, 1, 2, 2}), run({1, 1, 1, 1}), told);
  CHECK(found.first_row == 1);
  CHECK(found.size == std::vector<double>{0, 0});
}

TEST_CASE("record difference: spells of denial count from the day on which they part",
          "[unit][record_difference]") {
  RunRecord without = run({0, 1, 1});
  RunRecord with = without;
  with.spells = {spell(-1, 5), spell(4, 7)};
  without.spells = {spell(-1, 5), spell(4, AccessSpell::open)};
  CHECK(difference_of(with, without, three).first_row == 9);  // day 8, the first after the end of the spell
  without.spells = {spell(-1, 5)};
  CHECK(difference_of(with, without, three).first_row == 5);
  CHECK(difference_of(without, with, three).first_row == 5);
  without.spells = {spell(-1, 2), spell(4, 7)};
  CHECK(difference_of(with, without, three).first_row == 4);
  without.spells = {spell(-1, 5), spell(6, 7)};
  CHECK(difference_of(with, without, three).first_row == 5);
}
