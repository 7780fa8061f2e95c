#include "sim/input/event_writer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/input/event_reader.hpp"
#include "sim/input/scenario_quantity.hpp"

namespace chokepoint {
namespace {

std::string instant_text(Instant instant) {
  const LocalTime utc = to_local(instant, 0);
  const int second = utc.second_of_day;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", to_text(utc.date), second / 3600, second / 60 % 60,
                     second % 60);
}

std::vector<std::string> bite_pairs(const Bite& bite) {
  return {fmt::format("force = {}", quoted(name_of(bite.force, force_names))),
          fmt::format("level = {}", bite.level),
          fmt::format("duration = {}", quoted(duration_text(bite.duration_days)))};
}

std::string bite_text(const Bite& bite) { return fmt::format("{{ {} }}", fmt::join(bite_pairs(bite), ", ")); }

/// Writes the keys of an instrument as `key = value`.
class InstrumentWriter {
 public:
  InstrumentWriter(const std::vector<Unsettled>& unsettled, bool complete)
      : unsettled_(unsettled), complete_(complete) {}

  template <class T>
  void required(const char* name, const T& value, const char*, const char* unit = "") {
    pairs_.push_back(fmt::format("{} = {}", name, text(value)));
    if constexpr (std::is_same_v<T, double>) {
      for (const Unsettled& one : unsettled_) {
        if (one.key == name)
          pairs_.back() = fmt::format("{} = {}", name, quoted(money_text(value, one.text, unit)));
      }
    }
  }
  void optional(const char* name, const std::optional<Date>& value, const char* meaning,
                const char* unit = "") {
    if (value) required(name, value, meaning, unit);
  }
  void optional(const char* name, const std::vector<std::string>& value, const char* meaning,
                const char* unit = "") {
    if (complete_ || !value.empty()) required(name, value, meaning, unit);
  }
  void optional(const char* name, const std::optional<double>& value, const char* meaning,
                const char* unit = "") {
    if (value) required(name, *value, meaning, unit);
  }
  void optional(const char* name, const double& value, const char* meaning, const char* unit = "") {
    required(name, value, meaning, unit);
  }
  void optional(const char* name, const bool& value, const char* meaning, const char* unit = "") {
    required(name, value, meaning, unit);
  }
  void optional(const char* name, const ClosedClass& value, const char* meaning, const char* unit = "") {
    required(name, value, meaning, unit);
  }
  const std::vector<std::string>& pairs() const { return pairs_; }

 private:
  static std::string text(bool value) { return value ? "true" : "false"; }
  static std::string text(const std::string& value) { return quoted(value); }
  static std::string text(const std::vector<std::string>& value) { return list_of(value); }
  static std::string text(const std::optional<Date>& value) { return to_text(value.value_or(Date{})); }
  static std::string text(const ClosedClass& value) { return quoted(value.value); }
  static std::string text(long long value) { return fmt::format("{}", value); }
  static std::string text(double value) { return fmt::format("{}", value); }

  const std::vector<Unsettled>& unsettled_;
  bool complete_;
  std::vector<std::string> pairs_;
};

}  // namespace

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

namespace {

/// `complete`: with the defaults that are otherwise left out.
std::vector<std::string> pairs_of(const Event& event, bool complete) {
  const Announcement& said = event.said;
  std::vector<std::string> pairs;
  const auto add = [&](std::string_view key, const std::string& value) {
    pairs.push_back(fmt::format("{} = {}", key, value));
  };
  if (!said.group.empty()) add("group", quoted(said.group));
  add("announced", instant_text(said.announced));
  if (said.effective) add("effective", to_text(*said.effective));
  const bool may_say_chance = complete && !said.chance.hazard_per_day;
  if (may_say_chance || said.chance.probability < 1.0) {
    add("probability", fmt::format("{}", said.chance.probability));
  }
  if (said.chance.hazard_per_day) {
    add("hazard", quoted(fmt::format("{} per d", *said.chance.hazard_per_day)));
  }
  add("actor", quoted(said.actor));
  add("instrument", quoted(event.instrument_name()));
  const bool measure = std::visit([](const auto& what) { return what.is_measure; }, event.instrument);
  if (measure) {
    for (const std::string& pair : bite_pairs(said.bite)) pairs.push_back(pair);
    if (!said.continues.empty()) add("continues", quoted(said.continues));
    if (said.before) add("before", bite_text(*said.before));
    add("prior", quoted(name_of(said.prior, prior_names)));
    if (said.feared) add("feared", bite_text(*said.feared));
  }
  add("attention", quoted(name_of(said.attention, attention_names)));
  InstrumentWriter writer(event.unsettled, complete);
  Instrument instrument = event.instrument;
  std::visit([&](auto& what) { what.keys(writer); }, instrument);
  pairs.insert(pairs.end(), writer.pairs().begin(), writer.pairs().end());
  add("source", quoted(said.source));
  return pairs;
}

/// Pairs of `after` that are not among those of `before`.
std::vector<std::string> without(std::vector<std::string> after, const std::vector<std::string>& before) {
  std::erase_if(after, [&](const std::string& pair) {
    return std::find(before.begin(), before.end(), pair) != before.end();
  });
  return after;
}

}  // namespace

std::vector<std::string> event_pairs(const Event& event) { return pairs_of(event, false); }

std::vector<std::string> changed_pairs(const Event& original, const Event& changed) {
  return without(pairs_of(changed, true), pairs_of(original, true));
}

std::vector<std::string> changed_pairs(const Rule& original, const Rule& changed) {
  return without(rule_pairs(changed), rule_pairs(original));
}

namespace {

/// What a measure of a rule says: not who, when and by which source.
std::string measure_text(const Event& measure) {
  std::vector<std::string> pairs = event_pairs(measure);
  std::erase_if(pairs, [](const std::string& pair) {
    const std::string key = pair.substr(0, pair.find(' '));
    return key == "group" || key == "announced" || key == "actor" || key == "prior" || key == "source";
  });
  return fmt::format("{{ {} }}", fmt::join(pairs, ", "));
}

}  // namespace

std::vector<std::string> rule_pairs(const Rule& rule) {
  std::vector<std::string> pairs;
  if (!rule.doc.empty()) pairs.push_back(fmt::format("doc = {}", quoted(rule.doc)));
  pairs.push_back(fmt::format("actor = {}", quoted(rule.actor)));
  pairs.push_back(fmt::format("when = {}", quoted(rule.when.text)));
  pairs.push_back(fmt::format("for = \"{} d\"", rule.hold_days));
  pairs.push_back(fmt::format("delay = \"{} d\"", rule.delay_days));
  if (rule.hazard) pairs.push_back(fmt::format("hazard = \"{} per d\"", *rule.hazard));
  if (rule.until) pairs.push_back(fmt::format("until = {}", quoted(rule.until->text)));
  pairs.push_back(fmt::format("max_fires = {}", rule.max_fires));
  std::vector<std::string> measures;
  for (const Event& measure : rule.measures) measures.push_back(measure_text(measure));
  pairs.push_back(fmt::format("measures = [{}]", fmt::join(measures, ", ")));
  return pairs;
}

std::string event_text(const Event& event) {
  return fmt::format("\n[[event]]\nid = {}\n{}\n", quoted(event.said.id),
                     fmt::join(event_pairs(event), "\n"));
}

}  // namespace chokepoint
