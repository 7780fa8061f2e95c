/// Calendar dates and instants. Dates are civil days; instants are UTC seconds.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chokepoint {

/// A civil date, counted in days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

Date make_date(int year, unsigned month, unsigned day);
/// Reads `2026-06-12`; empty when the text is not such a date or the day does not exist.
std::optional<Date> parse_date(std::string_view text);
std::string to_text(Date date);
/// 0 = Monday ... 6 = Sunday.
int weekday(Date date);
/// The Monday of the date's week.
Date week_start(Date date);
/// Mean length of a month [d].
inline constexpr double days_per_month = 365.25 / 12.0;
inline Date operator+(Date date, int days) { return {date.days + days}; }
inline int operator-(Date a, Date b) { return a.days - b.days; }

/// A moment in time, UTC.
struct Instant {
  std::int64_t seconds = 0;
  auto operator<=>(const Instant&) const = default;
};

/// The civil date and second of the day of an instant in a time zone with the given UTC offset.
struct LocalTime {
  Date date;
  int second_of_day = 0;
};

/// Offset from UTC in seconds of a named zone on a date. Known zones: Asia/Hong_Kong, Asia/Shanghai,
/// Asia/Tokyo, Asia/Seoul, Asia/Taipei, America/New_York, Europe/Amsterdam, Europe/London, Europe/Paris.
/// Daylight saving follows the rules in force since 2007 (US) and 1996 (EU).
std::optional<int> utc_offset(std::string_view zone, Date date);
Instant to_instant(Date date, int second_of_day, int offset_seconds);
LocalTime to_local(Instant instant, int offset_seconds);

}  // namespace chokepoint
