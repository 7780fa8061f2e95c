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

/// A unit of money in its parts: "bn USD per year" is 1e9, USD and "y".
struct MoneyUnit {
  double scale = 1;
  std::string currency;
  std::string per;  ///< "" for an amount as such
};

bool is_currency(std::string_view word) {
  return word.size() == 3 &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::optional<MoneyUnit> money_unit(std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, double>, 5> scales{
      {{"k ", 1e3}, {"m ", 1e6}, {"mn ", 1e6}, {"bn ", 1e9}, {"tn ", 1e12}}};
  MoneyUnit result;
  for (const auto& [word, scale] : scales) {
    if (!unit.starts_with(word)) continue;
    result.scale = scale;
    unit.remove_prefix(word.size());
    break;
  }
  const std::size_t end = std::min(unit.find_first_of(" /"), unit.size());
  if (!is_currency(unit.substr(0, end))) return std::nullopt;
  result.currency = unit.substr(0, end);
  const std::string rest = trim(unit.substr(end));
  const std::string_view rate = rate_unit(rest);
  result.per = rate.empty() ? rest : std::string(rate);
  return result;
}

/// An amount in `from` as one in `to`, whatever their currencies; empty when they are by different things.
std::optional<double> rescaled(double value, const MoneyUnit& from, const MoneyUnit& to) {
  const bool period_left_out = from.per.empty() && !time_unit(to.per).empty();
  if (from.per != to.per && !period_left_out) return std::nullopt;
  return from.scale == to.scale ? value : value * from.scale / to.scale;
}

std::string measured_in(const std::string& name, const std::string& unit) {
  if (unit == "-") return fmt::format("'{}' is a pure number", name);
  return fmt::format("'{}' is measured in [{}]", name, unit);
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

std::string_view dimension_of(std::string_view unit) {
  if (unit == "%" || unit == "share") return "a share";
  if (!time_unit(unit).empty()) return "time";
  if (!rate_unit(unit).empty()) return "rates";
  return money_unit(unit) ? "money" : "";
}

std::optional<ForeignMoney> foreign_money(std::string_view unit, std::string_view text) {
  const auto quantity = parse_quantity(text);
  const auto to = money_unit(unit);
  const auto from = quantity ? money_unit(quantity->unit) : std::nullopt;
  if (!from || !to || from->currency == to->currency) return std::nullopt;
  const auto amount = rescaled(quantity->value, *from, *to);
  if (!amount) return std::nullopt;
  return ForeignMoney{*amount, from->currency};
}

std::string money_text(double amount, const std::string& currency, std::string unit) {
  return fmt::format("{} {}", amount, unit.replace(unit.find("USD"), 3, currency));
}

std::optional<double> days_of_unit(std::string_view unit) {
  const std::string_view known = time_unit(unit);
  if (known == "d") return 1.0;
  if (known == "w") return 7.0;
  if (known == "mo") return days_per_month;
  if (known == "y") return 12.0 * days_per_month;
  return std::nullopt;
}

std::optional<double> rate_per_day(std::string_view text) {
  const auto quantity = parse_quantity(text);
  const auto days = quantity ? days_of_unit(rate_unit(quantity->unit)) : std::nullopt;
  if (!days) return std::nullopt;
  return *days == 1.0 ? quantity->value : quantity->value / *days;
}

std::optional<double> value_in_unit(const std::string& name, const std::string& unit, const std::string& text,
                                    const SourcePosition& where, Problems& problems) {
  const auto quantity = parse_quantity(text);
  if (!quantity) {
    problems.add("E033", where, fmt::format("'{}' is no number ({})", text, measured_in(name, unit)));
    return std::nullopt;
  }
  if (quantity->unit.empty() || quantity->unit == unit) return quantity->value;
  if (quantity->unit == "%" && is_share(unit)) return quantity->value / 100.0;
  if (const auto factor = conversion(quantity->unit, unit)) return quantity->value * *factor;
  const auto from = money_unit(quantity->unit);
  const auto to = money_unit(unit);
  if (from && to && from->currency == to->currency) {
    if (const auto amount = rescaled(quantity->value, *from, *to)) return amount;
  }
  const std::string_view dimension = dimension_of(quantity->unit);
  const std::string what = dimension.empty() ? fmt::format("'{}' is no unit known here", quantity->unit)
                           : dimension == "a share"
                               ? fmt::format("'{}' is a unit of shares", quantity->unit)
                               : fmt::format("'{}' is a unit of {}", quantity->unit, dimension);
  problems.add("E031", where, fmt::format("{}; {} (write a plain number)", measured_in(name, unit), what));
  return std::nullopt;
}

std::optional<double> value_in_unit_of(const Field& field, const std::string& text,
                                       const SourcePosition& where, Problems& problems) {
  return value_in_unit(field.name, field.unit, text, where, problems);
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
