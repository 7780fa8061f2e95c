#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/scenario_quantity.hpp"

namespace chokepoint {
namespace {

/// An event of a group has the group's id before a dot: `ban.goldman-sachs` is of `ban`.
void read_group(TomlTable& table, Announcement& said, Problems& problems) {
  std::string rest = said.id;
  if (table.read("group", said.group, Presence::optional)) {
    check_id(said.group, table.position("group"), problems);
    if (!said.id.starts_with(said.group + ".")) {
      problems.add("E035", table.position("group"),
                   fmt::format("'group' = '{}' is not what id '{}' begins with (write \"{}.<name>\")",
                               said.group, said.id, said.group));
      return;
    }
    rest = said.id.substr(said.group.size() + 1);
  }
  if (!said.id.empty()) check_id(rest, table.position("id"), problems);
}

/// Events that are made of one record are a group of their own, whose id is the record's.
void refuse_group(TomlTable& table, const Announcement& said, Problems& problems) {
  if (said.group.empty()) return;
  problems.add("E035", table.position("group"),
               fmt::format("'group' stands in {}, which is several events (arms exclude them together by its "
                           "id) leave 'group' out and give it an id without a dot",
                           table.place()));
}

void read_chance(TomlTable& table, Announcement& said, Problems& problems) {
  const bool likely = table.read("probability", said.chance.probability, Presence::optional);
  if (likely && !(said.chance.probability > 0.0 && said.chance.probability <= 1.0)) {
    problems.add("E064", table.position("probability"),
                 fmt::format("'probability' = {} must lie above 0 and not above 1 (to leave the event out, "
                             "exclude it)",
                             said.chance.probability));
  }
  std::string hazard;
  if (!table.read("hazard", hazard, Presence::optional)) return;
  said.chance.hazard_per_day = rate_per_day(hazard);
  if (likely) {
    problems.add(
        "E064", table.position("hazard"),
        "'hazard' stands beside 'probability' (an event is drawn once, or waits) keep one of the two");
  } else if (!said.chance.hazard_per_day || !(*said.chance.hazard_per_day > 0.0)) {
    problems.add(
        "E064", table.position("hazard"),
        fmt::format("'hazard' = '{}' is no rate (write one above 0 per d, w, mo or y, as in \"0.1 per "
                    "mo\")",
                    hazard));
  }
}

}  // namespace

Announcement read_announcer(TomlTable& table, std::vector<Unsettled>* selections, Problems& problems) {
  Announcement said;
  said.where = table.where();
  table.read("id", said.id, Presence::required);
  read_group(table, said, problems);
  table.read("announced", said.announced, Presence::required);
  if (selections == nullptr) refuse_group(table, said, problems);
  if (table.read("actor", said.actor, Presence::required)) {
    if (selections != nullptr && said.actor.starts_with("firm[")) {
      selections->push_back({"actor", said.actor, table.position("actor")});
      refuse_group(table, said, problems);
    } else {
      check_actor_word(said.actor, table.position("actor"), problems);
    }
  }
  table.read("source", said.source, Presence::required);
  read_chance(table, said, problems);
  return said;
}

void check_actor_word(const std::string& actor, const SourcePosition& where, Problems& problems) {
  for (const char* kind : {"firm:", "regulator:"}) {
    if (actor.starts_with(kind) && actor.size() > std::string_view(kind).size()) return;
  }
  problems.add("E034", where, fmt::format("'actor' = '{}' must be firm:<id> or regulator:<id>", actor));
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

}  // namespace chokepoint
