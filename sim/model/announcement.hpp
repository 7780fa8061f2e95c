/// What every event says about itself, in closed classes; nothing here is a size or an outcome.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/error.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

enum class Force : unsigned { binding, licence_required, list_without_legal_force, proposal, reversed };
inline constexpr std::array<std::string_view, 5> force_names{
    "binding", "licence_required", "list_without_legal_force", "proposal", "reversed"};

enum class Prior : unsigned { none, rumoured, expected };
inline constexpr std::array<std::string_view, 3> prior_names{"none", "rumoured", "expected"};

/// How widely an event was noticed, decided from facts dated before the session.
enum class AttentionClass : unsigned {
  none,
  trade_press,
  business_front_page,
  app_store_top3,
  general_front_pages
};
inline constexpr std::array<std::string_view, 5> attention_names{"none", "trade_press", "business_front_page",
                                                                 "app_store_top3", "general_front_pages"};

/// How strongly a measure binds: the part of a descriptor that the believed bite is made of.
struct Bite {
  Force force = Force::binding;
  double level = 1.0;                   ///< share of the restricted class that is covered: .25, .5, .75, 1
  std::optional<double> duration_days;  ///< empty: open-ended
};

/// Whether an event happens at all, or when: decided once in a replicate, alike in all its arms
/// (study/chance_events.hpp).
struct Chance {
  double probability = 1;  ///< that it happens, on its date
  std::optional<double>
      hazard_per_day;  ///< [per day] it waits from its date on, exponentially; empty: no wait

  bool is_certain() const { return probability >= 1.0 && !hazard_per_day; }
};

struct Announcement {
  std::string id;
  std::string group;  ///< id under which arms exclude it; empty: its own
  std::string actor;  ///< "firm:<id>" or "regulator:<id>"
  Instant announced;
  Bite bite;
  std::string continues;  ///< first event of the measure that this one changes; empty: a measure of its own
  Prior prior = Prior::none;
  std::optional<Bite> feared;  ///< what earlier reports described, when there were any
  std::optional<Bite> before;  ///< what the measure's first event found in force
  AttentionClass attention = AttentionClass::none;
  std::string source;
  SourcePosition where;
  std::optional<Date> effective;  ///< law, lists and models change from this date on; empty: at once
  Chance chance;

  /// The id that the file declares: of the event or rule that it belongs to.
  const std::string& declared() const { return group.empty() ? id : group; }

  /// The measure chain: named after its first event.
  const std::string& chain() const { return continues.empty() ? id : continues; }

  /// Firm id of the actor, or empty when the actor is no firm.
  std::string actor_firm() const { return actor.starts_with("firm:") ? actor.substr(5) : ""; }
};

/// One firm (or composite line) that a measure touches through one channel.
struct Touch {
  std::string entity;  ///< firm id or composite line id
  Channel channel{};
  double exposure = 0;  ///< [0..1]
  double level = 1;     ///< multiplies the bite; releases have their own per channel, support is negative
  std::string counterpart = "";  ///< whose flow or class it is: tells touches of one channel apart
};

}  // namespace chokepoint
