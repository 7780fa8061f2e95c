/// An event written back as the keys of a record that reads as the same event.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/input/rule.hpp"

namespace chokepoint {

/// Text as TOML writes it.
std::string quoted(std::string_view text);
/// A list of texts as TOML writes it.
std::string list_of(const std::vector<std::string>& texts);

/// "key = value" for every key but the id, in the order of the file format. Two events with the same pairs
/// are the same event.
std::vector<std::string> event_pairs(const Event& event);

/// The same of a rule. Its measures are written out, without what the rule itself says of them.
std::vector<std::string> rule_pairs(const Rule& rule);

/// The keys whose values differ, as the changed event or rule has them, written out where they are defaults:
/// laid over the original's they make it the changed one.
std::vector<std::string> changed_pairs(const Event& original, const Event& changed);
std::vector<std::string> changed_pairs(const Rule& original, const Rule& changed);

/// The event as an [[event]] record.
std::string event_text(const Event& event);

}  // namespace chokepoint
