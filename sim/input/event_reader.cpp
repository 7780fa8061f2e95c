#include "sim/input/event_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

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

  std::optional<Event> read() {
    complaints_before_ = problems_.errors().size();
    Event result;
    result.said = read_announcement();
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
  Announcement read_announcement() {
    Announcement said;
    said.where = event_.where();
    event_.read("id", said.id, Presence::required);
    read_group(said);
    event_.read("announced", said.announced, Presence::required);
    if (event_.read("actor", said.actor, Presence::required)) check_actor(said.actor);
    if (const auto word = read_word(event_, "attention", attention_names, Presence::optional, problems_)) {
      said.attention = static_cast<AttentionClass>(*word);
    }
    event_.read("source", said.source, Presence::required);
    read_chance(said);
    Date effective;
    if (event_.read("effective", effective, Presence::optional)) said.effective = effective;
    return said;
  }

  /// An event of a group has the group's id before a dot: `ban.goldman-sachs` is of `ban`.
  void read_group(Announcement& said) {
    std::string rest = said.id;
    if (event_.read("group", said.group, Presence::optional)) {
      check_id(said.group, event_.position("group"), problems_);
      if (!said.id.starts_with(said.group + ".")) {
        problems_.add("E035", event_.position("group"),
                      fmt::format("'group' = '{}' is not what id '{}' begins with (write \"{}.<name>\")",
                                  said.group, said.id, said.group));
        return;
      }
      rest = said.id.substr(said.group.size() + 1);
    }
    if (!said.id.empty()) check_id(rest, event_.position("id"), problems_);
  }

  void read_chance(Announcement& said) {
    const bool likely = event_.read("probability", said.chance.probability, Presence::optional);
    if (likely && !(said.chance.probability > 0.0 && said.chance.probability <= 1.0)) {
      problems_.add(
          "E064", event_.position("probability"),
          fmt::format("'probability' = {} must lie above 0 and not above 1 (to leave the event out, "
                      "exclude it)",
                      said.chance.probability));
    }
    std::string hazard;
    if (!event_.read("hazard", hazard, Presence::optional)) return;
    said.chance.hazard_per_day = rate_per_day(hazard);
    if (likely) {
      problems_.add(
          "E064", event_.position("hazard"),
          "'hazard' stands beside 'probability' (an event is drawn once, or waits) keep one of the two");
    } else if (!said.chance.hazard_per_day || !(*said.chance.hazard_per_day > 0.0)) {
      problems_.add(
          "E064", event_.position("hazard"),
          fmt::format("'hazard' = '{}' is no rate (write one above 0 per d, w, mo or y, as in \"0.1 per "
                      "mo\")",
                      hazard));
    }
  }

  /// A selection of firms makes an event for each (target_selectors.hpp).
  void check_actor(const std::string& actor) {
    if (actor.starts_with("firm[")) return unsettled_.push_back({"actor", actor, event_.position("actor")});
    for (const char* kind : {"firm:", "regulator:"}) {
      if (actor.starts_with(kind) && actor.size() > std::string_view(kind).size()) return;
    }
    problems_.add("E034", event_.position("actor"),
                  fmt::format("'actor' = '{}' must be firm:<id> or regulator:<id>", actor));
  }

  /// Force, level, duration and what was feared: of measures only.
  void read_measure(Announcement& said) {
    said.bite = read_bite(event_, Presence::optional, problems_);
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

  /// Dates would stand still while the announcement waits.
  template <class What>
  void check_undated(What what, const Announcement& said) {
    DateKeys dates;
    what.keys(dates);
    if (said.effective) dates.given.emplace_back("effective");
    for (const std::string& key : dates.given) {
      problems_.add(
          "E064", event_.position("hazard"),
          fmt::format("'hazard' stands beside '{}' (a date that does not wait with the announcement) "
                      "use 'probability' or drop '{}'",
                      key, key));
    }
  }

  template <class What>
  bool read_as(const std::string& name, Event& result) {
    if (name != What::name) return false;
    What what;
    InstrumentReader reader(event_, problems_);
    what.keys(reader);
    if constexpr (What::is_measure) read_measure(result.said);
    if (result.said.effective) check_effective<What>(result.said);
    if (result.said.chance.hazard_per_day) check_undated(what, result.said);
    all_taken_ = problems_.errors().size() == complaints_before_;
    for (auto& [outer, table] : reader.nested()) finish(table);
    finish(event_);
    result.instrument = std::move(what);
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
      } else if (is_measure_key(entry.key)) {
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
  bool all_taken_ = false;            // every value that was asked for; further keys do not count
};

}  // namespace

std::optional<Event> read_event(const toml::table& table, Problems& problems) {
  const toml::node* id = table.get("id");
  const bool named = id != nullptr && id->is_string();
  const std::string place = named ? fmt::format("event '{}'", id->as_string()->get()) : "event";
  TomlTable event(table, position_of(table.source()), place, problems);
  return EventReader(event, problems).read();
}

std::vector<std::string> event_ids(const toml::node* events) {
  std::vector<std::string> ids;
  if (events == nullptr || !events->is_array()) return ids;
  for (const toml::node& record : *events->as_array()) {
    const toml::node* id = record.is_table() ? record.as_table()->get("id") : nullptr;
    if (id != nullptr && id->is_string()) ids.push_back(id->as_string()->get());
  }
  return ids;
}

bool names_outcome(const std::string& key) {
  static constexpr std::array<std::string_view, 24> words{
      "price",     "prices", "cap",   "caps",   "return", "returns", "flow",   "flows",
      "headcount", "head",   "sold",  "bought", "change", "changes", "effect", "effects",
      "impact",    "move",   "moves", "gain",   "loss",   "drop",    "rise",   "outcome"};
  std::string lower = key;
  for (char& c : lower) c = c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const std::vector<std::string> parts = split(lower, '_');
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return std::find(words.begin(), words.end(), part) != words.end();
  });
}

bool check_id(const std::string& id, const SourcePosition& where, Problems& problems) {
  const bool good = !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return (c < 128 && std::isalnum(c) != 0) || c == '_' || c == '-';
  });
  if (!good)
    problems.add("E035", where, fmt::format("id '{}' may hold letters, digits, '_' and '-' only", id));
  return good;
}

std::string duration_text(const std::optional<double>& days) {
  return days ? fmt::format("{} d", *days) : "open_ended";
}

}  // namespace chokepoint
