#include "sim/input/event_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/base/text.hpp"
#include "sim/input/instrument_reader.hpp"
#include "sim/input/scenario_quantity.hpp"
#include "sim/input/toml_table.hpp"
#include "sim/model/economy_news.hpp"

namespace chokepoint {
namespace {

constexpr std::array<double, 4> levels{0.25, 0.5, 0.75, 1.0};

Bite read_bite(TomlTable& table, Presence presence, Problems& problems) {
  Bite bite;
  if (const auto word = read_word(table, "force", force_names, presence, problems)) {
    bite.force = static_cast<Force>(*word);
  }
  if (table.read("level", bite.level, presence) &&
      std::find(levels.begin(), levels.end(), bite.level) == levels.end()) {
    problems.add("E034", table.position("level"),
                 fmt::format("'level' = {} is none of: 0.25, 0.5, 0.75, 1", bite.level));
  }
  std::string duration;
  if (!table.read("duration", duration, presence) || duration == "open_ended") return bite;
  const auto quantity = parse_quantity(duration);
  if (!quantity || quantity->unit != "d") {
    problems.add("E031", table.position("duration"),
                 fmt::format("'duration' = '{}' is no duration (write \"open_ended\" or days as in \"90 d\")",
                             duration));
  } else if (quantity->value <= 0) {
    problems.add("E032", table.position("duration"), "'duration' must be longer than 0 d");
  } else {
    bite.duration_days = quantity->value;
  }
  return bite;
}

constexpr std::make_index_sequence<std::variant_size_v<Instrument>> every_instrument{};

/// Finds the keys of an instrument that hold a date.
struct DateKeys {
  std::vector<std::string> given;

  template <class T>
  void required(const char* name, const T& value, const char*, const char* = "") {
    if constexpr (std::is_same_v<T, std::optional<Date>>) {
      if (value) given.emplace_back(name);
    }
  }
  template <class T>
  void optional(const char* name, const T& value, const char* meaning, const char* = "") {
    required(name, value, meaning);
  }
};

class EventReader {
 public:
  EventReader(TomlTable& event, Problems& problems) : event_(event), problems_(problems) {}

  std::optional<Event> read(bool announced) {
    complaints_before_ = problems_.errors().size();
    announced_ = announced;
    Event result;
    if (announced) {
      result.said = read_announcer(event_, &unsettled_, problems_);
      Date effective;
      if (event_.read("effective", effective, Presence::optional)) result.said.effective = effective;
    }
    result.said.where = event_.where();
    read_attention(result.said);
    std::string name;
    const bool named = event_.read("instrument", name, Presence::required);
    const bool found = named && read_instrument(name, result, every_instrument);
    if (found) return all_taken_ ? std::optional(std::move(result)) : std::nullopt;
    if (named) complain_of_instrument(name, every_instrument);
    for (const TomlEntry& entry : event_.unknown()) {
      if (names_outcome(entry.key)) complain_of_outcome(entry);
    }
    return std::nullopt;
  }

 private:
  void read_attention(Announcement& said) {
    if (const auto word = read_word(event_, "attention", attention_names, Presence::optional, problems_)) {
      said.attention = static_cast<AttentionClass>(*word);
    }
  }

  /// Force, level, duration and what was feared: of measures only.
  void read_binding(Announcement& said) {
    said.bite = read_bite(event_, Presence::optional, problems_);
    if (!announced_) return;  // what came before it is not known
    event_.read("continues", said.continues, Presence::optional);
    if (const auto word = read_word(event_, "prior", prior_names, Presence::optional, problems_)) {
      said.prior = static_cast<Prior>(*word);
    }
    if (const toml::table* before = event_.table("before", Presence::optional)) {
      TomlTable table(*before, event_.position("before"), "'before' of " + event_.place(), problems_);
      said.before = read_bite(table, Presence::required, problems_);
      finish(table);
      if (!said.continues.empty()) {
        problems_.add(
            "E041", event_.position("before"),
            "'before' stands beside 'continues' (a measure's later events find what the earlier left) "
            "keep one of the two");
      }
    }
    const toml::table* feared = event_.table("feared", Presence::optional);
    if (feared == nullptr) {
      if (said.prior == Prior::none) return;
      problems_.add("E041", event_.position("prior"),
                    fmt::format("prior '{}' needs 'feared' (what the earlier reports described)",
                                name_of(said.prior, prior_names)));
      return;
    }
    TomlTable table(*feared, event_.position("feared"), "'feared' of " + event_.place(), problems_);
    said.feared = read_bite(table, Presence::required, problems_);
    finish(table);
    if (said.prior == Prior::none) {
      problems_.add("E041", event_.position("feared"), "'feared' needs prior = \"rumoured\" or \"expected\"");
    }
  }

  template <class What>
  void check_effective(const Announcement& said) {
    const SourcePosition where = event_.position("effective");
    const bool binds = said.bite.force == Force::binding || said.bite.force == Force::licence_required;
    if constexpr (!may_take_effect_later<What>) {
      problems_.add(
          "E063", where,
          fmt::format("'effective' has no meaning for a {} ({}) instruments that may have it: {}", What::name,
                      std::is_same_v<What, OpenRelease> ? "'weights' dates the release"
                                                        : "it changes no law, list or service by itself",
                      join(names_of_later_instruments(every_instrument), ", ")));
    } else if (*said.effective < announced_on(said)) {
      problems_.add(
          "E063", where,
          fmt::format("'effective' = {} lies before the announcement on {} UTC (nothing holds before it "
                      "is announced) set a later date",
                      to_text(*said.effective), to_text(announced_on(said))));
    } else if (What::is_measure && !binds) {
      problems_.add(
          "E063", where,
          fmt::format("'effective' stands beside force = '{}' (which changes no law) drop one of the two",
                      name_of(said.bite.force, force_names)));
    }
  }

  template <std::size_t... I>
  static std::vector<std::string> names_of_later_instruments(std::index_sequence<I...>) {
    std::vector<std::string> names;
    const auto add = [&]<class What>(const What*) {
      if (may_take_effect_later<What>) names.emplace_back(What::name);
    };
    (add(static_cast<const std::variant_alternative_t<I, Instrument>*>(nullptr)), ...);
    return names;
  }

  template <class What>
  bool read_as(const std::string& name, Event& result) {
    if (name != What::name) return false;
    What what;
    InstrumentReader reader(event_, problems_);
    what.keys(reader);
    if constexpr (What::is_measure) read_binding(result.said);
    if (result.said.effective) check_effective<What>(result.said);
    result.instrument = std::move(what);
    if (result.said.chance.hazard_per_day) {
      check_undated(result, event_.position("hazard"), "", problems_);
    }
    all_taken_ = problems_.errors().size() == complaints_before_;
    for (auto& [outer, table] : reader.nested()) finish(table);
    finish(event_);
    result.unsettled = std::move(unsettled_);
    const auto& more = reader.unsettled();
    result.unsettled.insert(result.unsettled.end(), more.begin(), more.end());
    return true;
  }
  template <std::size_t... I>
  bool read_instrument(const std::string& name, Event& result, std::index_sequence<I...>) {
    return (read_as<std::variant_alternative_t<I, Instrument>>(name, result) || ...);
  }

  template <std::size_t... I>
  void complain_of_instrument(const std::string& name, std::index_sequence<I...>) {
    const std::vector<std::string> known{std::string(std::variant_alternative_t<I, Instrument>::name)...};
    problems_.add("E034", event_.position("instrument"),
                  fmt::format("'instrument' = '{}' is none of: {}{}", name, join(known, ", "),
                              suggestion(name, known)));
  }

  void finish(TomlTable& table) {
    for (const TomlEntry& entry : table.unknown()) {
      const auto near = nearest_word(entry.key, table.known());
      const bool typo = near && names_outcome(*near);  // "price_vs_equl" means a key, "price" does not
      if (names_outcome(entry.key) && !typo) {
        complain_of_outcome(entry);
      } else if (announced_ && is_measure_key(entry.key)) {
        problems_.add("E012", entry.where,
                      fmt::format("'{}' has no meaning for {} (its instrument is no measure that binds)",
                                  entry.key, table.place()));
      } else {
        table.complain_of_unknown(entry);
      }
    }
  }

  static bool is_measure_key(const std::string& key) {
    return key == "force" || key == "level" || key == "duration" || key == "prior" || key == "feared" ||
           key == "before" || key == "continues";
  }

  void complain_of_outcome(const TomlEntry& entry) {
    problems_.add(
        "E042", entry.where,
        fmt::format("'{}' would set an outcome (events say what was announced; the market decides the "
                    "outcome) leave it out",
                    entry.key));
  }

  TomlTable& event_;
  Problems& problems_;
  std::size_t complaints_before_ = 0;
  std::vector<Unsettled> unsettled_;  // beside the instrument's
  bool announced_ = true;             // an event of its own, not a measure of a rule
  bool all_taken_ = false;            // every value that was asked for; further keys do not count
};

}  // namespace

std::optional<Event> read_event(const toml::table& table, Problems& problems) {
  const toml::node* id = table.get("id");
  const bool named = id != nullptr && id->is_string();
  const std::string place = named ? fmt::format("event '{}'", id->as_string()->get()) : "event";
  TomlTable event(table, position_of(table.source()), place, problems);
  return EventReader(event, problems).read(true);
}

std::optional<Event> read_measure(const toml::table& table, const std::string& place, Problems& problems) {
  TomlTable measure(table, position_of(table.source()), place, problems);
  return EventReader(measure, problems).read(false);
}

void check_undated(Event event, const SourcePosition& hazard, const std::string& owner, Problems& problems) {
  DateKeys dates;
  std::visit([&](auto& what) { what.keys(dates); }, event.instrument);
  if (event.said.effective) dates.given.emplace_back("effective");
  for (const std::string& key : dates.given) {
    problems.add(
        "E064", hazard,
        fmt::format("'hazard' stands beside '{}'{} (a date that does not wait with the announcement) "
                    "use 'probability' or drop '{}'",
                    key, owner, key));
  }
}

std::vector<std::string> event_ids(const toml::node* events) {
  std::vector<std::string> ids;
  if (events == nullptr || !events->is_array()) return ids;
  for (const toml::node& record : *events->as_array()) {
    const std::string id = id_of(record);
    if (!id.empty()) ids.push_back(id);
  }
  return ids;
}

std::string duration_text(const std::optional<double>& days) {
  return days ? fmt::format("{} d", *days) : "open_ended";
}

}  // namespace chokepoint
