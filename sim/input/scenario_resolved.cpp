#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/input/event_writer.hpp"
#include "sim/input/scenario.hpp"
#include "sim/input/scenario_quantity.hpp"

namespace chokepoint {
namespace {

std::string value_text(const Setting& setting) {
  if (setting.currency.empty()) return fmt::format("{}", setting.value);
  Parameters parameters;
  return quoted(money_text(setting.value, setting.currency, fields_of(parameters).find(setting.name)->unit));
}

/// `replace` of an arm; what it replaces are events and rules of the scenario.
std::string replace_text(const Scenario& scenario, const Arm& arm) {
  std::vector<std::string> items;
  const auto add = [&](const std::string& id, const std::vector<std::string>& pairs) {
    if (pairs.empty()) return;  // selections that differ on paper may come to the same
    items.push_back(fmt::format("{} = {{ {} }}", quoted(id), fmt::join(pairs, ", ")));
  };
  for (const Event& event : scenario.events) {
    const Event& own = scenario.event_of(arm, event);
    if (&own != &event) add(event.said.id, changed_pairs(event, own));
  }
  for (const Rule& own : arm.replaced_rules) {
    for (const Rule& rule : scenario.rules) {
      if (rule.id == own.id) add(rule.id, changed_pairs(rule, own));
    }
  }
  return items.empty() ? "" : fmt::format("replace = {{ {} }}\n", fmt::join(items, ", "));
}

std::string arm_text(const Scenario& scenario, const Arm& arm) {
  std::string out =
      fmt::format("\n[arm.{}]\nlabel = {}\nexclude = {}\n", arm.id, quoted(arm.label), list_of(arm.exclude));
  if (arm.reference) out += "reference = true\n";
  std::vector<std::string> pairs;
  for (const Setting& setting : arm.set)
    pairs.push_back(fmt::format("{} = {}", quoted(setting.name), value_text(setting)));
  if (!pairs.empty()) out += fmt::format("set = {{ {} }}\n", fmt::join(pairs, ", "));
  return out + replace_text(scenario, arm);
}

std::string decomposition_text(const Decomposition& split) {
  std::vector<std::string> parts;
  for (const auto& part : split.parts) parts.push_back(fmt::format("{} = {}", part.id, list_of(part.items)));
  return fmt::format("\n[decompose]\narm = {}\nparts = {{ {} }}\n", quoted(split.arm),
                     fmt::join(parts, ", "));
}

/// [why]: reasons for what [set] sets, then for what only arms set.
std::string reasons_text(const Scenario& scenario) {
  std::map<std::string, std::string> given;
  std::string why;
  const auto add = [&](const std::vector<Setting>& settings) {
    for (const Setting& setting : settings) {
      if (setting.why.empty() || !given.emplace(setting.name, setting.why).second) continue;
      why += fmt::format("{} = {}\n", quoted(setting.name), quoted(setting.why));
    }
  };
  add(scenario.settings);
  for (const Arm& arm : scenario.arms) add(arm.set);
  return why.empty() ? "" : "\n[why]\n" + why;
}

std::string settings_text(const Scenario& scenario) {
  std::string set = "\n[set]\n";
  for (const Setting& setting : scenario.settings) {
    set += fmt::format("{} = {}\n", quoted(setting.name), value_text(setting));
  }
  Parameters parameters = scenario.parameters;
  set += "# at their defaults:\n";
  const FieldList fields = fields_of(parameters);
  for (const Field& field : fields.all()) {
    bool is_set = false;
    for (const Setting& setting : scenario.settings) is_set = is_set || setting.name == field.name;
    if (!is_set) set += fmt::format("# {} = {}  [{}]\n", quoted(field.name), *field.value, field.unit);
  }
  return set + reasons_text(scenario);
}

std::string run_text(const Scenario& scenario) {
  std::string out = fmt::format("\n[run]\nseed = {}\nreplicates = {}\nprobes = {}\n", scenario.seed,
                                scenario.replicates, std::min(scenario.probes, scenario.replicates));
  if (scenario.max_replicates > 0) out += fmt::format("max_replicates = {}\n", scenario.max_replicates);
  std::vector<std::string> goals;
  for (const PrecisionGoal& goal : scenario.precision) {
    goals.push_back(fmt::format("{} = {}", goal.metric, goal.half_width));
  }
  if (!goals.empty()) out += fmt::format("precision = {{ {} }}\n", fmt::join(goals, ", "));
  return out;
}

std::string head_text(const Scenario& scenario) {
  std::string out = "# Resolved from:\n";
  std::vector<std::string> layers = scenario.layers;  // whatever the order in which they are extended
  std::sort(layers.begin(), layers.end());
  for (const auto& layer : layers) out += fmt::format("#   {}\n", quoted(layer));
  out += fmt::format("schema = \"chokepoint.scenario/1\"\nid = {}\ntitle = {}\n", quoted(scenario.id),
                     quoted(scenario.title));
  if (!scenario.summary.empty()) out += fmt::format("summary = {}\n", quoted(scenario.summary));
  out += fmt::format("tags = {}\n", list_of(scenario.tags));
  const std::string end =
      scenario.sessions > 0 ? quoted(fmt::format("{} sessions", scenario.sessions)) : to_text(scenario.until);
  out += fmt::format("\n[time]\nas_of = {}\nend = {}\n", to_text(scenario.as_of), end);
  out += fmt::format("\n[data]\ndir = {}\n", quoted(scenario.data_dir));
  if (!scenario.market) out += "market = false\n";
  if (!scenario.calibration_dir.empty())
    out += fmt::format("calibration = {}\n", quoted(scenario.calibration_dir));
  if (!scenario.vintages_dir.empty()) out += fmt::format("vintages = {}\n", quoted(scenario.vintages_dir));
  if (!scenario.fit_without.empty()) out += fmt::format("fit_without = {}\n", quoted(scenario.fit_without));
  if (!scenario.structural_path.empty())
    out += fmt::format("structural = {}\n", quoted(scenario.structural_path));
  if (!scenario.overlay.empty()) out += fmt::format("overlay = {}\n", quoted(scenario.overlay));
  return out + run_text(scenario) +
         fmt::format("\n[output]\nquantiles = [{}]\n", fmt::join(scenario.quantiles, ", "));
}

}  // namespace

std::string resolved_toml(const Scenario& scenario) {
  std::string out = head_text(scenario) + settings_text(scenario);
  for (const Event& event : scenario.events) out += event_text(event);
  for (const Rule& rule : scenario.rules) {
    out += fmt::format("\n[[rule]]\nid = {}\n{}\n", quoted(rule.id), fmt::join(rule_pairs(rule), "\n"));
  }
  for (const Arm& arm : scenario.arms) out += arm_text(scenario, arm);
  if (scenario.decomposition) out += decomposition_text(*scenario.decomposition);
  for (const Metric& metric : scenario.metrics) {
    out += fmt::format("\n[[metric]]\nid = {}\nlabel = {}\nexpr = {}\nunit = {}\n", quoted(metric.id),
                       quoted(metric.label), quoted(metric.text), quoted(metric.unit));
  }
  for (const Check& check : scenario.checks) {
    out += fmt::format("\n[[check]]\nid = {}\nexpect = {}\nlevel = {}\n", quoted(check.id),
                       quoted(check.text), quoted(name_of(check.level, check_level_names)));
  }
  if (!scenario.observed_path.empty()) {
    out += fmt::format("\n[backtest]\nobserved = {}\narm = {}\n", quoted(scenario.observed_path),
                       quoted(scenario.observed_arm));
  }
  return out;
}

}  // namespace chokepoint
