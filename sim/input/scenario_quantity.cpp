#include "sim/input/scenario_quantity.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

bool is_share(std::string_view unit) {
  return unit == "share" || unit == "probability" || unit.starts_with("share of ");
}

bool counts_things(std::string_view unit) {
  return unit == "clears" || unit == "accounts" || unit == "switch";
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

std::string_view dimension_of(std::string_view unit) {
  if (unit == "%" || unit == "share") return "a share";
  for (const char* time : {"s", "min", "h", "d", "day", "days", "w", "weeks", "mo", "months", "y", "years"}) {
    if (unit == time) return "time";
  }
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
