/// Event descriptors: what someone could have written about an event when it was announced, in the closed
/// classes of the coding book (data/events/README.md).
///
/// A descriptor holds words and dates; numbers, keys that name an outcome, words outside their class and
/// sources dated long after the announcement are complaints.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/model/event.hpp"

namespace chokepoint {

/// The kinds of event of the coding book, section 1: what simple baselines know of an event.
inline constexpr std::array<std::string_view, 16> event_type_names{"export_control",
                                                                   "entity_list",
                                                                   "buyer_ban",
                                                                   "export_retaliation",
                                                                   "ownership_ban",
                                                                   "delisting",
                                                                   "list_without_force",
                                                                   "domestic_regulation",
                                                                   "tariff",
                                                                   "macro_support",
                                                                   "subsidy",
                                                                   "model_access",
                                                                   "open_release",
                                                                   "closed_release",
                                                                   "corporate_plan",
                                                                   "share_supply"};

struct Descriptor {
  std::string id;
  std::string title;
  std::string type;                 ///< one of event_type_names
  std::string direction;            ///< restrict, support, release, supply
  Instant announced;                ///< of the fact
  std::optional<Instant> salience;  ///< of the fact that made it widely noticed
  AttentionClass attention{};
  std::vector<std::string> named;  ///< firms
  std::optional<Event> event;      ///< empty for a supply of shares, which acts on the float
  std::string path;

  /// When markets could price it: the later of the two.
  Instant priced_from() const { return salience ? std::max(announced, *salience) : announced; }
};

/// One coding of the events, by id.
using Coding = std::vector<Descriptor>;

/// Reads one file. Complaints go to `problems`; empty when it cannot be used.
std::optional<Descriptor> read_descriptor(const std::string& path, Problems& problems);

/// Reads a descriptor, a folder of them, or a folder whose sub-folders each hold a coding of the same events;
/// ordered by the time of the announcement.
std::vector<Coding> read_codings(const std::string& path, Problems& problems);

}  // namespace chokepoint
