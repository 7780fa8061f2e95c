/// Values with units as text: "90 d", "15 %", "0.04 per mo", "3 bn HKD".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/base/error.hpp"
#include "sim/base/field.hpp"

namespace chokepoint {

struct Quantity {
  double value = 0;
  std::string unit;  ///< "" for a bare number
};

/// A number, then optionally a unit; empty when the text does not begin with a number.
std::optional<Quantity> parse_quantity(std::string_view text);

/// An amount of money in another currency than a unit, at the unit's scale: "3000 mn HKD" for [bn USD] is 3.
struct ForeignMoney {
  double amount = 0;
  std::string currency;
};

/// Empty unless `text` is money and so is `unit`, in another currency. The period of a yearly amount may be
/// left out ("3 bn HKD" for [bn USD per year]).
std::optional<ForeignMoney> foreign_money(std::string_view unit, std::string_view text);

/// The same written out: 3 HKD in a unit of [bn USD] is "3 bn HKD".
std::string money_text(double amount, const std::string& currency, std::string unit);

/// Days of a unit of time: a month is a twelfth of a year of 365.25 days. Empty for no unit, and below a day.
std::optional<double> days_of_unit(std::string_view unit);

/// A time in days or weeks as days: "26w", "90 d"; empty for anything else (months and years have no fixed
/// length).
std::optional<double> duration_in_days(std::string_view text);

/// A rate per day: "0.5 per y", "2 per w"; months and years are mean ones. Empty for what is no rate.
std::optional<double> rate_per_day(std::string_view text);

/// What a unit measures ("time", "rates", "money", "a share"), or "" for a word that is no unit.
std::string_view dimension_of(std::string_view unit);

/// A text as a value of the parameter. A bare number is in the parameter's unit; so is a number with that
/// very unit; a parameter that is a share or a probability takes "%". Durations and rates may name their unit
/// in full ("days", "per month"), and a week is seven days; months and years have no fixed length; money may
/// be in k, mn, bn or tn. Anything else is a complaint, money of another currency too (see foreign_money).
std::optional<double> value_in_unit(const std::string& name, const std::string& unit, const std::string& text,
                                    const SourcePosition& where, Problems& problems);
std::optional<double> value_in_unit_of(const Field& field, const std::string& text,
                                       const SourcePosition& where, Problems& problems);

/// True when the value lies in the parameter's range (and is whole where its unit counts things).
bool check_range(const Field& field, double value, const SourcePosition& where, Problems& problems);

}  // namespace chokepoint
