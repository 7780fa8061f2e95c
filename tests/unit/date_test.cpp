#include "sim/base/date.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {
constexpr int hour = 3600;
}

TEST_CASE("date: days since 1970 by hand", "[unit][date]") {
  CHECK(make_date(1970, 1, 1).days == 0);
  // 56 years and 14 leap days to 2026; 162 days to 12 June.
  CHECK(make_date(2026, 6, 12).days == 56 * 365 + 14 + 162);
  CHECK(to_text(make_date(2026, 6, 12)) == "2026-06-12");
  CHECK(to_text(Date{-1}) == "1969-12-31");
}

TEST_CASE("date: only existing days in the one form are read", "[unit][date]") {
  CHECK(parse_date("2026-06-12") == make_date(2026, 6, 12));
  CHECK(parse_date("2024-02-29") == make_date(2024, 2, 29));
  for (const char* bad : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-06-31", "2026-6-12", "12.06.2026",
                          "2026-06-12T00:00", "2026/06/12", "", "20a6-06-12", "2026-06--1"}) {
    CAPTURE(bad);
    CHECK_FALSE(parse_date(bad).has_value());
  }
}

TEST_CASE("date: weekdays and weeks", "[unit][date]") {
  CHECK(weekday(make_date(1970, 1, 1)) == 3);  // a Thursday
  CHECK(weekday(make_date(1969, 12, 29)) == 0);
  CHECK(weekday(make_date(2026, 6, 12)) == 4);  // the Friday of T0
  CHECK(weekday(make_date(2026, 6, 14)) == 6);
  CHECK(week_start(make_date(2026, 6, 14)) == make_date(2026, 6, 8));
  CHECK(week_start(make_date(2026, 6, 15)) == make_date(2026, 6, 15));
  CHECK(make_date(2026, 7, 1) - make_date(2026, 6, 12) == 19);
}

TEST_CASE("date: New York switches on 8 March and 1 November 2026", "[unit][date]") {
  CHECK(utc_offset("America/New_York", make_date(2026, 3, 7)) == -5 * hour);
  CHECK(utc_offset("America/New_York", make_date(2026, 3, 8)) == -4 * hour);
  CHECK(utc_offset("America/New_York", make_date(2026, 10, 31)) == -4 * hour);
  CHECK(utc_offset("America/New_York", make_date(2026, 11, 1)) == -5 * hour);
}

TEST_CASE("date: Europe switches on 29 March and 25 October 2026", "[unit][date]") {
  for (const char* zone : {"Europe/London", "Europe/Amsterdam", "Europe/Paris"}) {
    CAPTURE(zone);
    const int winter = *utc_offset(zone, make_date(2026, 1, 15));
    CHECK(winter == (std::string_view(zone) == "Europe/London" ? 0 : hour));
    CHECK(utc_offset(zone, make_date(2026, 3, 28)) == winter);
    CHECK(utc_offset(zone, make_date(2026, 3, 29)) == winter + hour);
    CHECK(utc_offset(zone, make_date(2026, 10, 24)) == winter + hour);
    CHECK(utc_offset(zone, make_date(2026, 10, 25)) == winter);
  }
}

TEST_CASE("date: Asian zones have one offset all year; unknown zones have none", "[unit][date]") {
  for (const Date day : {make_date(2026, 1, 2), make_date(2026, 7, 2)}) {
    CHECK(utc_offset("Asia/Hong_Kong", day) == 8 * hour);
    CHECK(utc_offset("Asia/Shanghai", day) == 8 * hour);
    CHECK(utc_offset("Asia/Taipei", day) == 8 * hour);
    CHECK(utc_offset("Asia/Tokyo", day) == 9 * hour);
    CHECK(utc_offset("Asia/Seoul", day) == 9 * hour);
  }
  CHECK_FALSE(utc_offset("Asia/Hongkong", make_date(2026, 7, 2)).has_value());
}

TEST_CASE("date: 17:21 in New York is Saturday morning in Hong Kong", "[unit][date]") {
  const Instant order = to_instant(make_date(2026, 6, 12), 17 * hour + 21 * 60, -4 * hour);
  CHECK(order.seconds == 1781299260);
  const LocalTime there = to_local(order, 8 * hour);
  CHECK(there.date == make_date(2026, 6, 13));
  CHECK(there.second_of_day == 5 * hour + 21 * 60);
  const LocalTime before_1970 = to_local(Instant{-1}, 0);
  CHECK(before_1970.date == Date{-1});
  CHECK(before_1970.second_of_day == 86399);
}
