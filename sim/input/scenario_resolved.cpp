#include <fmt/format.h>

#include <span>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/scenario.hpp"

namespace chokepoint {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string list_of(const std::vector<std::string>& texts) {
  std::vector<std::string> items;
  for (const auto& text : texts) items.push_back(quoted(text));
  return fmt::format("[{}]", fmt::join(items, ", "));
}

std::string instant_text(Instant instant) {
  const LocalTime utc = to_local(instant, 0);
  const int second = utc.second_of_day;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_text(utc.date), second / 3600, second / 60 % 60,
                     second % 60);
}

std::string bite_text(const Bite& bite, std::string_view separator) {
  return fmt::format("force = {}{}level = {}{}duration = {}", quoted(name_of(bite.force, force_names)),
                     separator, bite.level, separator, quoted(duration_text(bite.duration_days)));
}

/// Writes the keys of an instrument as `key = value` lines.
class InstrumentWriter {
 public:
  template <class T>
  void required(const char* name, const T& value, const char*) {
    lines_ += fmt::format("{} = {}\n", name, text(value));
  }
  void optional(const char* name, const std::optional<Date>& value, const char* meaning) {
    if (value) required(name, value, meaning);
  }
  void optional(const char* name, const std::vector<std::string>& value, const char* meaning) {
    if (!value.empty()) required(name, value, meaning);
  }
  void optional(const char* name, const std::optional<double>& value, const char* meaning) {
    if (value) required(name, *value, meaning);
  }
  void optional(const char* name, const double& value, const char* meaning) {
    required(name, value, meaning);
  }
  void optional(const char* name, const bool& value, const char* meaning) { required(name, value, meaning); }
  void optional(const char* name, const ClosedClass& value, const char* meaning) {
    required(name, value, meaning);
  }
  const std::string& lines() const { return lines_; }

 private:
  static std::string text(bool value) { return value ? "true" : "false"; }
  static std::string text(const std::string& value) { return quoted(value); }
  static std::string text(const std::vector<std::string>& value) { return list_of(value); }
  static std::string text(const std::optional<Date>& value) { return to_text(value.value_or(Date{})); }
  static std::string text(const ClosedClass& value) { return quoted(value.value); }
  static std::string text(long long value) { return fmt::format("{}", value); }
  static std::string text(double value) { return fmt::format("{}", value); }

  std::string lines_;
};

/// What an instrument says beyond who, when and by which source, as `key = value` lines.
std::string measure_lines(const Event& event) {
  const Announcement& said = event.said;
  std::string out = fmt::format("instrument = {}\n", quoted(event.instrument_name()));
  const bool measure = std::visit([](const auto& what) { return what.is_measure; }, event.instrument);
  if (measure) {
    out += bite_text(said.bite, "\n") + "\n";
    if (!said.continues.empty()) out += fmt::format("continues = {}\n", quoted(said.continues));
    if (said.before) out += fmt::format("before = {{ {} }}\n", bite_text(*said.before, ", "));
    if (said.group.empty()) out += fmt::format("prior = {}\n", quoted(name_of(said.prior, prior_names)));
    if (said.feared) out += fmt::format("feared = {{ {} }}\n", bite_text(*said.feared, ", "));
  }
  out += fmt::format("attention = {}\n", quoted(name_of(said.attention, attention_names)));
  InstrumentWriter writer;
  Instrument instrument = event.instrument;
  std::visit([&](auto& what) { what.keys(writer); }, instrument);
  return out + writer.lines();
}

/// Measures that are announced together, a line each.
std::string measures_text(std::span<const Event> measures) {
  std::string out = "measures = [\n";
  for (const Event& measure : measures) {
    std::vector<std::string> lines = split(measure_lines(measure), '\n');
    lines.pop_back();
    out += fmt::format("  {{ {} }},\n", fmt::join(lines, ", "));
  }
  return out + "]\n";
}

/// The event at the head of a list, or all of the record that announces it with others.
std::string event_text(std::span<const Event> events) {
  const Announcement& said = events.front().said;
  const std::string head =
      fmt::format("\n[[event]]\nid = {}\nannounced = {}\nactor = {}\n", quoted(said.declared()),
                  instant_text(said.announced), quoted(said.actor));
  const std::string what = said.group.empty() ? measure_lines(events.front()) : measures_text(events);
  return head + what + fmt::format("source = {}\n", quoted(said.source));
}

std::string events_text(const Scenario& scenario) {
  std::string out;
  const std::span<const Event> events = scenario.events;
  for (std::size_t i = 0, next = 0; i < events.size(); i = next) {
    for (next = i + 1; next < events.size(); ++next) {
      if (events[next].said.declared() != events[i].said.declared()) break;
    }
    out += event_text(events.subspan(i, next - i));
  }
  return out;
}

std::string rule_text(const Rule& rule) {
  std::string out = fmt::format("\n[[rule]]\nid = {}\n", quoted(rule.id));
  if (!rule.doc.empty()) out += fmt::format("doc = {}\n", quoted(rule.doc));
  out += fmt::format("actor = {}\nwhen = {}\n", quoted(rule.actor), quoted(rule.when.text));
  out += fmt::format("for = \"{} d\"\ndelay = \"{} d\"\n", rule.hold_days, rule.delay_days);
  if (rule.hazard) out += fmt::format("hazard = \"{} per d\"\n", *rule.hazard);
  if (rule.until) out += fmt::format("until = {}\n", quoted(rule.until->text));
  return out + fmt::format("max_fires = {}\n", rule.max_fires) + measures_text(rule.measures);
}

std::string arm_text(const Arm& arm) {
  std::string out =
      fmt::format("\n[arm.{}]\nlabel = {}\nexclude = {}\n", arm.id, quoted(arm.label), list_of(arm.exclude));
  if (arm.reference) out += "reference = true\n";
  std::vector<std::string> pairs;
  for (const Setting& setting : arm.set)
    pairs.push_back(fmt::format("{} = {}", quoted(setting.name), setting.value));
  if (!pairs.empty()) out += fmt::format("set = {{ {} }}\n", fmt::join(pairs, ", "));
  return out;
}

std::string settings_text(const Scenario& scenario) {
  std::string set = "\n[set]\n";
  std::string why;
  for (const Setting& setting : scenario.settings) {
    set += fmt::format("{} = {}\n", quoted(setting.name), setting.value);
    if (!setting.why.empty()) why += fmt::format("{} = {}\n", quoted(setting.name), quoted(setting.why));
  }
  Parameters parameters = scenario.parameters;
  set += "# at their defaults:\n";
  const FieldList fields = fields_of(parameters);
  for (const Field& field : fields.all()) {
    bool is_set = false;
    for (const Setting& setting : scenario.settings) is_set = is_set || setting.name == field.name;
    if (!is_set) set += fmt::format("# {} = {}  [{}]\n", quoted(field.name), *field.value, field.unit);
  }
  return set + (why.empty() ? "" : "\n[why]\n" + why);
}

std::string head_text(const Scenario& scenario) {
  std::string out = "# Resolved from:\n";
  for (const auto& layer : scenario.layers) out += fmt::format("#   {}\n", quoted(layer));
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
  if (!scenario.structural_path.empty())
    out += fmt::format("structural = {}\n", quoted(scenario.structural_path));
  if (!scenario.overlay.empty()) out += fmt::format("overlay = {}\n", quoted(scenario.overlay));
  out += fmt::format("\n[run]\nseed = {}\nreplicates = {}\n", scenario.seed, scenario.replicates);
  return out + fmt::format("\n[output]\nquantiles = [{}]\n", fmt::join(scenario.quantiles, ", "));
}

}  // namespace

std::string resolved_toml(const Scenario& scenario) {
  std::string out = head_text(scenario) + settings_text(scenario);
  out += events_text(scenario);
  for (const Rule& rule : scenario.rules) out += rule_text(rule);
  for (const Arm& arm : scenario.arms) out += arm_text(arm);
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
