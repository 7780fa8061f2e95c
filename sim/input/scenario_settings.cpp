#include "sim/input/scenario_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.hpp"
#include "sim/input/scenario_quantity.hpp"
#include "sim/input/toml_table.hpp"

namespace chokepoint {
namespace {

/// Leaves of a table under dotted names, in the order of the files.
void flatten(const toml::table& table, const std::string& prefix, const std::vector<std::string>& layers,
             std::vector<TomlEntry>& leaves) {
  for (TomlEntry& entry : entries_in_file_order(table, layers)) {
    entry.key = prefix + entry.key;
    if (entry.value->is_table()) {
      flatten(*entry.value->as_table(), entry.key + ".", layers, leaves);
    } else {
      leaves.push_back(std::move(entry));
    }
  }
}

std::vector<TomlEntry> leaves_of(const toml::table& table, const std::vector<std::string>& layers) {
  std::vector<TomlEntry> leaves;
  flatten(table, "", layers, leaves);
  return leaves;
}

/// The value as a setting; its range is looked at when it is in the parameter's currency.
std::optional<Setting> read_value(const Field& field, const TomlEntry& entry, Problems& problems) {
  const SourcePosition where = position_of(entry.value->source());
  std::optional<double> value;
  if (const auto* text = entry.value->as_string()) {
    if (const auto money = foreign_money(field.unit, text->get())) {
      return Setting{entry.key, money->amount, entry.where, "", money->currency};
    }
    value = value_in_unit_of(field, text->get(), where, problems);
  } else if (const auto* whole = entry.value->as_integer()) {
    value = static_cast<double>(whole->get());
  } else if (const auto* number = entry.value->as_floating_point()) {
    value = number->get();
  } else {
    problems.add("E033", where,
                 fmt::format("'{}' must be a number or text such as \"15 %\" (found {})", field.name,
                             kind_of(*entry.value)));
  }
  if (!value || !check_range(field, *value, where, problems)) return std::nullopt;
  return Setting{entry.key, *value, entry.where, "", ""};
}

}  // namespace

std::string suggested_parameter(const std::string& name, const std::vector<std::string>& others) {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  std::vector<std::string> known = fields.names();
  known.insert(known.end(), others.begin(), others.end());
  const auto near = nearest_word(name, known);
  if (!near) return " see: chokepoint list parameters";
  const Field* field = fields.find(*near);
  const std::string text = fmt::format(" did you mean '{}'?", *near);
  if (field == nullptr) return text;
  return text + fmt::format(" ({}; default {}, range {} to {})",
                            field->unit == "-" ? "a pure number" : field->unit, short_number(*field->value),
                            short_number(field->low), short_number(field->high));
}

std::vector<Setting> read_settings(const toml::table& set, const std::vector<std::string>& layers,
                                   Problems& problems) {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  std::vector<Setting> settings;
  for (const TomlEntry& leaf : leaves_of(set, layers)) {
    const Field* field = fields.find(leaf.key);
    if (field == nullptr) {
      problems.add("E012", leaf.where,
                   fmt::format("unknown key '{}' (not a parameter of this model){}", leaf.key,
                               suggested_parameter(leaf.key)));
      continue;
    }
    const auto earlier = std::find_if(settings.begin(), settings.end(),
                                      [&](const Setting& one) { return one.name == leaf.key; });
    if (earlier != settings.end() && earlier->where.path == leaf.where.path) {
      problems.add("E036", leaf.where, fmt::format("'{}' is set twice", leaf.key));
    } else if (const auto value = read_value(*field, leaf, problems)) {
      if (earlier != settings.end()) settings.erase(earlier);  // of a lower layer, in the other notation
      settings.push_back(*value);
    }
  }
  return settings;
}

std::vector<std::string> setting_names(const toml::table& set, const std::vector<std::string>& layers) {
  std::vector<std::string> names;
  for (const TomlEntry& leaf : leaves_of(set, layers)) names.push_back(leaf.key);
  return names;
}

Reasons read_reasons(const toml::table& why, const std::vector<std::string>& names,
                     const std::vector<std::string>& layers, Problems& problems) {
  Reasons reasons;
  for (const TomlEntry& leaf : leaves_of(why, layers)) {
    if (std::find(names.begin(), names.end(), leaf.key) == names.end()) {
      if (leaf.where.path != layers.back()) continue;  // the file above has taken away what set it
      problems.add("E037", leaf.where,
                   fmt::format("[why] gives a reason for '{}' (which neither [set] nor an arm sets){}",
                               leaf.key, suggestion(leaf.key, names)));
    } else if (const auto* text = leaf.value->as_string(); text != nullptr && !trim(text->get()).empty()) {
      reasons[leaf.key] = text->get();
    } else {
      problems.add("E033", position_of(leaf.value->source()),
                   fmt::format("the reason for '{}' must be text that is not empty", leaf.key));
    }
  }
  return reasons;
}

void give_reasons(const Reasons& reasons, std::vector<Setting>& settings) {
  for (Setting& setting : settings) {
    const auto reason = reasons.find(setting.name);
    if (reason != reasons.end()) setting.why = reason->second;
  }
}

void apply_settings(const std::vector<Setting>& settings, bool drawn, Parameters& parameters,
                    Problems& problems) {
  const FieldList fields = fields_of(parameters);
  for (const Setting& setting : settings) {
    if (!setting.currency.empty()) continue;
    double& value = *fields.find(setting.name)->value;
    if (value == setting.value && !drawn) {
      problems.warn(
          "W112", setting.where,
          fmt::format("'{}' = {} changes nothing (it has this value already)", setting.name, value));
    }
    value = setting.value;
  }
}

Amount stated_amount(const std::vector<Setting>& settings, const std::string& name, Amount otherwise) {
  for (const Setting& setting : settings) {
    if (setting.name == name) otherwise = {setting.value, setting.currency};
  }
  return otherwise;
}

void require_reasons(const Scenario& scenario, Problems& problems) {
  const auto require = [&](const std::vector<Setting>& settings, const std::string& place) {
    for (const Setting& setting : settings) {
      if (!setting.why.empty() || setting.where.line == 0) continue;  // line 0: the command line
      problems.add("E093", setting.where,
                   fmt::format("'{}' is set by {} without a reason (--strict asks for one) add '{}' to [why]",
                               setting.name, place, setting.name));
    }
  };
  require(scenario.settings, "[set]");
  for (const Arm& arm : scenario.arms) require(arm.set, fmt::format("arm '{}'", arm.id));
}

}  // namespace chokepoint
