#include "sim/study/chance_events.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/math.hpp"
#include "sim/model/events/keys.hpp"

namespace chokepoint {
namespace {

constexpr long long seconds_per_day = 86400;

/// What the draw is keyed by: an event of a selection has its firm in its key.
std::uint32_t key_of(const Announcement& said) {
  if (said.group.empty()) return identity_of(said.id);
  const std::string firm = said.actor_firm();
  return identity_of(firm.empty() ? said.group : said.group + "." + firm);
}

/// False when the event does not happen; else it has its date.
bool draw(Event& event, const RandomStream& random, Date last) {
  Announcement& said = event.said;
  if (said.chance.is_certain()) return true;
  if (!said.chance.hazard_per_day) {
    return random.uniform(Decision::event_happens, key_of(said), 0) < said.chance.probability;
  }
  const double wait =
      -logarithm(random.uniform(Decision::event_waits, key_of(said), 0)) / *said.chance.hazard_per_day;
  const double room = static_cast<double>(last - announced_on(said));
  if (!(wait < room + 1.0)) return false;
  said.announced.seconds += static_cast<long long>(std::floor(wait)) * seconds_per_day;
  return true;
}

/// The measure that an event ends or continues; empty for none.
std::string measure_of(const Event& event) {
  const auto* reversal = std::get_if<Reversal>(&event.instrument);
  return reversal == nullptr ? event.said.continues : reversal->measure;
}

const Event* find(const std::vector<Event>& events, const std::string& id) {
  const auto at =
      std::find_if(events.begin(), events.end(), [&](const Event& one) { return one.said.id == id; });
  return at == events.end() ? nullptr : &*at;
}

}  // namespace

std::vector<Event> events_of_replicate(const std::vector<Event>& events, const RandomStream& random,
                                       Date last) {
  std::vector<Event> happening;
  for (Event event : events) {
    if (draw(event, random, last)) happening.push_back(std::move(event));
  }
  std::vector<Event> result;
  for (const Event& event : happening) {
    const std::string measure = measure_of(event);
    const Event* first = measure.empty() ? nullptr : find(happening, measure);
    const bool listed = !measure.empty() && find(events, measure) != nullptr;
    const bool too_early = first != nullptr && first->said.announced >= event.said.announced;
    if (listed && (first == nullptr || too_early)) continue;
    result.push_back(event);
  }
  return result;
}

bool left_to_chance(const Event& event, const std::vector<Event>& events) {
  if (!event.said.chance.is_certain()) return true;
  const std::string measure = measure_of(event);
  const Event* first = measure.empty() ? nullptr : find(events, measure);
  return first != nullptr && !first->said.chance.is_certain();
}

double chance_of_item(const std::vector<Event>& events, const std::string& item, Date last) {
  std::map<std::uint32_t, double> chances;  // by draw
  for (const Event& event : events) {
    if (event.said.declared() != item) continue;
    double& chance = chances[key_of(event.said)];
    chance = std::max(chance, chance_until(event.said.chance, announced_on(event.said), last));
  }
  double none = 1.0;
  for (const auto& [draw, chance] : chances) none *= 1.0 - chance;
  return chances.size() == 1 ? chances.begin()->second : 1.0 - none;
}

double chance_until(const Chance& chance, Date from, Date last) {
  if (!chance.hazard_per_day) return chance.probability;
  const double days = std::max(0.0, static_cast<double>(last - from) + 1.0);
  return 1.0 - exponential(-*chance.hazard_per_day * days);
}

}  // namespace chokepoint
