#include "sim/base/date.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace chokepoint {
namespace {

namespace ch = std::chrono;

ch::year_month_day civil(Date date) { return ch::sys_days{ch::days{date.days}}; }

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Date nth_sunday(int year, unsigned month, unsigned nth) {
  const ch::sys_days day{ch::year{year} / ch::month{month} / ch::Sunday[nth]};
  return {static_cast<std::int32_t>(day.time_since_epoch().count())};
}

Date last_sunday(int year, unsigned month) {
  const ch::sys_days day{ch::year{year} / ch::month{month} / ch::Sunday[ch::last]};
  return {static_cast<std::int32_t>(day.time_since_epoch().count())};
}

bool us_summer(Date date) {
  const int year = static_cast<int>(civil(date).year());
  return date >= nth_sunday(year, 3, 2) && date < nth_sunday(year, 11, 1);
}

bool eu_summer(Date date) {
  const int year = static_cast<int>(civil(date).year());
  return date >= last_sunday(year, 3) && date < last_sunday(year, 10);
}

}  // namespace

Date make_date(int year, unsigned month, unsigned day) {
  const ch::sys_days days{ch::year{year} / ch::month{month} / ch::day{day}};
  return {static_cast<std::int32_t>(days.time_since_epoch().count())};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day || *month < 1 || *day < 1) return std::nullopt;
  const auto date =
      ch::year{*year} / ch::month{static_cast<unsigned>(*month)} / ch::day{static_cast<unsigned>(*day)};
  if (!date.ok()) return std::nullopt;
  return make_date(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

std::string to_text(Date date) {
  const auto ymd = civil(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                     static_cast<unsigned>(ymd.day()));
}

int weekday(Date date) {
  const int from_thursday = date.days % 7;  // 1970-01-01 was a Thursday
  return (from_thursday + 3 + 7) % 7;
}

Date week_start(Date date) { return date + -weekday(date); }

std::optional<int> utc_offset(std::string_view zone, Date date) {
  constexpr int hour = 3600;
  if (zone == "Asia/Hong_Kong" || zone == "Asia/Shanghai" || zone == "Asia/Taipei") return 8 * hour;
  if (zone == "Asia/Tokyo" || zone == "Asia/Seoul") return 9 * hour;
  if (zone == "America/New_York") return us_summer(date) ? -4 * hour : -5 * hour;
  if (zone == "Europe/London") return eu_summer(date) ? 1 * hour : 0;
  if (zone == "Europe/Amsterdam" || zone == "Europe/Paris") return eu_summer(date) ? 2 * hour : 1 * hour;
  return std::nullopt;
}

Instant to_instant(Date date, int second_of_day, int offset_seconds) {
  return {static_cast<std::int64_t>(date.days) * 86400 + second_of_day - offset_seconds};
}

LocalTime to_local(Instant instant, int offset_seconds) {
  const std::int64_t local = instant.seconds + offset_seconds;
  std::int64_t day = local / 86400;
  std::int64_t second = local % 86400;
  if (second < 0) {
    second += 86400;
    --day;
  }
  return {Date{static_cast<std::int32_t>(day)}, static_cast<int>(second)};
}

}  // namespace chokepoint
