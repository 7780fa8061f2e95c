/// One `[[event]]` of a scenario file: the keys every event has, and those its instrument names.
///
/// An event says who announced what, when and how strongly, in closed classes. Keys that would say what
/// came of it have a complaint of their own.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <vector>

#include "sim/model/event.hpp"

namespace chokepoint {

/// Empty when a value could not be taken, so that nobody complains of a default in its place.
std::optional<Event> read_event(const toml::table& table, Problems& problems);

/// The ids of all records under [[event]], readable as events or not.
std::vector<std::string> event_ids(const toml::node* events);

/// True for words that name an outcome: price, return, market_cap ...
bool names_outcome(const std::string& key);

/// Complains unless the text is an id: letters, digits, '_', '-'.
bool check_id(const std::string& id, const SourcePosition& where, Problems& problems);

/// "open_ended" or a number of days as text, e.g. "90 d".
std::string duration_text(const std::optional<double>& days);

}  // namespace chokepoint
