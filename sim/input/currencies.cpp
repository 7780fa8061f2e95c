#include "sim/input/currencies.hpp"

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/input/scenario_quantity.hpp"

namespace chokepoint {
namespace {

/// [USD per unit]; empty after a complaint.
std::optional<double> rate_of(const std::string& currency, const SourcePosition& where, const Facts& facts,
                              Problems& problems) {
  std::vector<std::string> known;
  for (const ExchangeRate& rate : facts.rates) {
    if (rate.currency == currency) return rate.usd_per_unit;
    known.push_back(rate.currency);
  }
  problems.add(
      "E067", where,
      known.empty()
          ? fmt::format(
                "no rate of '{}' (fx.csv has no rates of time.as_of = {}) write the amount in USD, or "
                "add rates by an overlay",
                currency, to_text(facts.as_of))
          : fmt::format("no rate of '{}' (fx.csv has {}){}", currency, join(known, ", "),
                        suggestion(currency, known)));
  return std::nullopt;
}

/// Multiplies the numbers of an instrument that are in another currency.
class MoneyKeys {
 public:
  MoneyKeys(const Event& event, const Facts& facts, Problems& problems)
      : unsettled_(event.unsettled), facts_(facts), problems_(problems) {}

  template <class T>
  void required(const char* name, T& value, const char*, const char* = "") {
    if constexpr (std::is_same_v<T, double> || std::is_same_v<T, std::optional<double>>) convert(name, value);
  }
  template <class T>
  void optional(const char* name, T& value, const char* meaning, const char* = "") {
    required(name, value, meaning);
  }
  const std::vector<std::string>& converted() const { return converted_; }

 private:
  template <class T>
  void convert(const std::string& name, T& value) {
    for (const Unsettled& one : unsettled_) {
      if (one.key != name) continue;
      converted_.push_back(name);
      if (const auto rate = rate_of(one.text, one.where, facts_, problems_)) number(value) *= *rate;
    }
  }

  static double& number(double& value) { return value; }
  static double& number(std::optional<double>& value) { return *value; }

  const std::vector<Unsettled>& unsettled_;
  const Facts& facts_;
  Problems& problems_;
  std::vector<std::string> converted_;
};

void convert(std::vector<Event>& events, const Facts& facts, Problems& problems) {
  for (Event& event : events) {
    if (event.unsettled.empty()) continue;
    MoneyKeys keys(event, facts, problems);
    std::visit([&](auto& what) { what.keys(keys); }, event.instrument);
    for (const std::string& name : keys.converted()) {
      std::erase_if(event.unsettled, [&](const Unsettled& one) { return one.key == name; });
    }
  }
}

/// Names of the settings that were converted.
std::vector<std::string> convert(std::vector<Setting>& settings, const Facts& facts, Problems& problems) {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  std::vector<std::string> converted;
  for (Setting& setting : settings) {
    if (setting.currency.empty()) continue;
    const auto rate = rate_of(setting.currency, setting.where, facts, problems);
    if (!rate) continue;
    setting.value *= *rate;
    setting.currency.clear();
    check_range(*fields.find(setting.name), setting.value, setting.where, problems);
    converted.push_back(setting.name);
  }
  return converted;
}

}  // namespace

void convert_money(Scenario& scenario, const Facts& facts, Problems& problems) {
  const std::vector<std::string> names = convert(scenario.settings, facts, problems);
  const FieldList fields = fields_of(scenario.parameters);
  for (const Setting& setting : scenario.settings) {
    for (const std::string& name : names) {
      if (name == setting.name) *fields.find(name)->value = setting.value;
    }
  }
  convert(scenario.events, facts, problems);
  for (Rule& rule : scenario.rules) convert(rule.measures, facts, problems);
  for (Arm& arm : scenario.arms) {
    convert(arm.set, facts, problems);
    convert(arm.replaced_events, facts, problems);
    for (Rule& rule : arm.replaced_rules) convert(rule.measures, facts, problems);
  }
}

}  // namespace chokepoint
