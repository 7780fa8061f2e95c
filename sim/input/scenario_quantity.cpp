#include "sim/input/scenario_quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "sim/base/date.hpp"
#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

bool is_share(std::string_view unit) {
  return unit == "share" || unit == "probability" || unit.starts_with("share of ");
}

bool counts_things(std::string_view unit) {
  return unit == "clears" || unit == "accounts" || unit == "switch";
}

/// Names of the units of time, the first of each is the one to compare by.
constexpr std::array<std::array<std::string_view, 4>, 7> time_units{{{"s"},
                                                                     {"min"},
                                                                     {"h"},
                                                                     {"d", "day", "days"},
                                                                     {"w", "week", "weeks", "wk"},
                                                                     {"mo", "month", "months"},
                                                                     {"y", "year", "years"}}};

/// "d" for "days"; empty for a word that is no unit of time.
std::string_view time_unit(std::string_view word) {
  for (const auto& names : time_units) {
    if (!word.empty() && std::find(names.begin(), names.end(), word) != names.end()) return names[0];
  }
  return "";
}

/// "mo" for "per mo", "/ month" and "1/month"; empty for what is no rate.
std::string_view rate_unit(std::string_view unit) {
  for (const std::string_view head : {"per ", "/", "1/"}) {
    if (!unit.starts_with(head)) continue;
    unit.remove_prefix(head.size());
    unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
    return time_unit(unit);
  }
  return "";
}

/// How many of `to` one of `from` is, where that never depends on the calendar.
std::optional<double> times(std::string_view from, std::string_view to) {
  if (from.empty()) return std::nullopt;
  if (from == to) return 1.0;
  if (from == "w" && to == "d") return 7.0;
  if (from == "d" && to == "w") return 1.0 / 7.0;
  return std::nullopt;
}

/// What a number in `from` is multiplied by to be one in `to`: durations and rates.
std::optional<double> conversion(std::string_view from, std::string_view to) {
  if (const auto duration = times(time_unit(from), time_unit(to))) return duration;
  return times(rate_unit(to), rate_unit(from));
}

std::string measured_in(const Field& field) {
  if (field.unit == "-") return fmt::format("'{}' is a pure number", field.name);
  return fmt::format("'{}' is measured in [{}]", field.name, field.unit);
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
  const std::string trimmed = trim(text);
  Quantity result;
  const char* last = trimmed.data() + trimmed.size();
  const auto [end, error] = std::from_chars(trimmed.data(), last, result.value);
  if (error != std::errc{} || !std::isfinite(result.value)) return std::nullopt;
  result.unit = trim(std::string_view(end, static_cast<std::size_t>(last - end)));
  return result;
}

std::optional<double> duration_in_days(std::string_view text) {
  const auto quantity = parse_quantity(text);
  if (!quantity) return std::nullopt;
  const auto factor = times(time_unit(quantity->unit), "d");
  return factor ? std::optional(quantity->value * *factor) : std::nullopt;
}

std::optional<double> rate_per_day(std::string_view text) {
  const auto quantity = parse_quantity(text);
  if (!quantity) return std::nullopt;
  const std::string_view unit = rate_unit(quantity->unit);
  if (unit == "d") return quantity->value;
  if (unit == "w") return quantity->value / 7.0;
  if (unit == "mo") return quantity->value / days_per_month;
  if (unit == "y") return quantity->value / 365.25;
  return std::nullopt;
}

std::string_view dimension_of(std::string_view unit) {
  if (unit == "%" || unit == "share") return "a share";
  if (!time_unit(unit).empty()) return "time";
  if (!rate_unit(unit).empty()) return "rates";
  for (const char* money : {"USD", "HKD", "CNY", "EUR", "JPY", "KRW", "TWD"}) {
    if (unit == money || unit.ends_with(std::string(" ") + money)) return "money";
  }
  return "";
}

std::optional<double> value_in_unit_of(const Field& field, const std::string& text,
                                       const SourcePosition& where, Problems& problems) {
  const auto quantity = parse_quantity(text);
  if (!quantity) {
    problems.add("E033", where, fmt::format("'{}' is no number ({})", text, measured_in(field)));
    return std::nullopt;
  }
  if (quantity->unit.empty() || quantity->unit == field.unit) return quantity->value;
  if (quantity->unit == "%" && is_share(field.unit)) return quantity->value / 100.0;
  if (const auto factor = conversion(quantity->unit, field.unit)) return quantity->value * *factor;
  const std::string_view dimension = dimension_of(quantity->unit);
  const std::string what = dimension.empty() ? fmt::format("'{}' is no unit known here", quantity->unit)
                           : dimension == "a share"
                               ? fmt::format("'{}' is a unit of shares", quantity->unit)
                               : fmt::format("'{}' is a unit of {}", quantity->unit, dimension);
  problems.add("E031", where, fmt::format("{}; {} (write a plain number)", measured_in(field), what));
  return std::nullopt;
}

bool check_range(const Field& field, double value, const SourcePosition& where, Problems& problems) {
  if (!(value >= field.low && value <= field.high)) {
    const std::string unit = field.unit == "-" ? "a pure number" : field.unit;
    problems.add("E032", where,
                 fmt::format("'{}' = {} is out of range (from {} to {}, {})", field.name, value, field.low,
                             field.high, unit));
    return false;
  }
  if (counts_things(field.unit) && std::trunc(value) != value) {
    problems.add(
        "E033", where,
        fmt::format("'{}' = {} must be a whole number (it is in [{}])", field.name, value, field.unit));
    return false;
  }
  return true;
}

}  // namespace chokepoint
