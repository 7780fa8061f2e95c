/// One `[[event]]` of a scenario file: the keys every event has, and those its instrument names.
///
/// An event says who announced what, when and how strongly, in closed classes. Keys that would say what
/// came of it have a complaint of their own.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <vector>

#include "sim/input/toml_table.hpp"
#include "sim/model/event.hpp"

namespace chokepoint {

/// Empty when a value could not be taken, so that nobody complains of a default in its place.
std::optional<Event> read_event(const toml::table& table, Problems& problems);

/// An instrument that a rule or a package announces: its keys, attention, force, level and duration. Who says
/// it, when, and by which source is said elsewhere. `place` names the table in messages.
std::optional<Event> read_measure(const toml::table& table, const std::string& place, Problems& problems);

/// Who announces something, when, and whether at all: id, group, announced, actor, source, chance. An actor
/// that is a selection goes to `selections`; null: of several measures, by one actor
/// (announcer_reader.cpp).
Announcement read_announcer(TomlTable& table, std::vector<Unsettled>* selections, Problems& problems);

/// Complains at `hazard` of keys that hold a date, which would stand still while the announcement waits.
/// `owner` is what has the keys, such as " of measure 2", or "" for the event itself.
void check_undated(Event event, const SourcePosition& hazard, const std::string& owner, Problems& problems);

/// Complains unless the actor is written as firm:<id> or regulator:<id>.
void check_actor_word(const std::string& actor, const SourcePosition& where, Problems& problems);

/// The ids of all records under [[event]] or [[rule]], readable or not.
std::vector<std::string> event_ids(const toml::node* events);

/// True for words that name an outcome: price, return, market_cap ...
bool names_outcome(const std::string& key);

/// Complains unless the text is an id: letters, digits, '_', '-'.
bool check_id(const std::string& id, const SourcePosition& where, Problems& problems);

/// "open_ended" or a number of days as text, e.g. "90 d".
std::string duration_text(const std::optional<double>& days);

}  // namespace chokepoint
