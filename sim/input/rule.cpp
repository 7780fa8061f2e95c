#include "sim/input/rule.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

/// What ends an instrument under the id of its measure; empty for what stays.
struct Ending {
  const std::string& measure;

  template <class What>
  std::optional<Instrument> operator()(const What&) const {
    if constexpr (What::is_measure) return Reversal{measure};
    return std::nullopt;
  }
  std::optional<Instrument> operator()(const OpenRelease&) const { return std::nullopt; }
  std::optional<Instrument> operator()(const ClaimedRelease&) const { return std::nullopt; }
  std::optional<Instrument> operator()(const ChipControl& what) const {
    if (!what.replaces.empty()) return std::nullopt;  // a reversal brings none of them back
    return Reversal{measure};
  }
  std::optional<Instrument> operator()(BridgeMeasureEvent what) const {
    what.level = 0.0;
    return what;
  }
  std::optional<Instrument> operator()(DistillationPolicing what) const {
    what.level = 0.0;
    return what;
  }
};

}  // namespace

std::optional<Event> ending_of(const Event& measure) {
  auto instrument = std::visit(Ending{measure.said.chain()}, measure.instrument);
  if (!instrument) return std::nullopt;
  Event ending;
  ending.said.id = measure.said.id + ".end";
  ending.said.group = measure.said.group;
  ending.said.actor = measure.said.actor;
  ending.said.attention = measure.said.attention;
  ending.said.source = measure.said.source;
  ending.said.where = measure.said.where;
  ending.instrument = std::move(*instrument);
  return ending;
}

std::vector<std::string> items_of(const std::vector<Event>& events, const std::vector<Rule>& rules) {
  std::vector<std::string> items;
  for (const Event& event : events) {
    const std::string& item = event.said.declared();
    if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
  }
  for (const Rule& rule : rules) items.push_back(rule.id);
  return items;
}

}  // namespace chokepoint
