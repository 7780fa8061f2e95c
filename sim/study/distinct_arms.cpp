#include "sim/study/distinct_arms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/base/text.hpp"
#include "sim/input/event_writer.hpp"
#include "sim/study/arm_variants.hpp"
#include "sim/study/chance_events.hpp"
#include "sim/study/posterior_draws.hpp"

namespace chokepoint {
namespace {

/// What tells two arms apart on paper.
struct PaperDifference {
  std::vector<std::string> names;  ///< ids of events and rules, names of parameters, quoted
  bool events = false;             ///< dated ones, which happen in every replicate
  bool rules = false;              ///< and events left to chance, which may happen or not
};

bool sets_alike(const Arm& arm, const Setting& setting) {
  return std::any_of(arm.set.begin(), arm.set.end(), [&](const Setting& one) {
    return one.name == setting.name && one.value == setting.value;
  });
}

/// True when both arms have the rule and it says the same in both, or neither has it.
bool alike_in(const Scenario& scenario, const Arm& a, const Arm& b, const std::string& id) {
  std::array<std::vector<Rule>, 2> found;
  for (std::size_t i = 0; i < 2; ++i) {
    found[i] = scenario.rules_of(i == 0 ? a : b);
    std::erase_if(found[i], [&](const Rule& rule) { return rule.id != id; });
  }
  return std::equal(found[0].begin(), found[0].end(), found[1].begin(), found[1].end(), same_rule);
}

PaperDifference paper_difference(const Scenario& scenario, const Arm& a, const Arm& b) {
  PaperDifference difference;
  for (const Event& event : scenario.events) {
    const auto by_chance = [&](const Arm& arm) {
      return arm.includes(event) && left_to_chance(scenario.event_of(arm, event), scenario.events_of(arm));
    };
    const bool both = a.includes(event) && b.includes(event);
    if (a.includes(event) == b.includes(event) &&
        (!both || event_pairs(scenario.event_of(a, event)) == event_pairs(scenario.event_of(b, event)))) {
      continue;
    }
    const std::string name = "'" + event.said.declared() + "'";
    if (difference.names.empty() || difference.names.back() != name) difference.names.push_back(name);
    (by_chance(a) || by_chance(b) ? difference.rules : difference.events) = true;
  }
  for (const Rule& rule : scenario.rules) {
    if (alike_in(scenario, a, b, rule.id)) continue;
    difference.names.push_back("'" + rule.id + "'");
    difference.rules = true;
  }
  for (const auto& [one, other] : {std::pair{&a, &b}, std::pair{&b, &a}}) {
    for (const Setting& setting : one->set) {
      const std::string name = "'" + setting.name + "'";
      const bool listed =
          std::find(difference.names.begin(), difference.names.end(), name) != difference.names.end();
      if (!listed && !sets_alike(*other, setting)) difference.names.push_back(name);
    }
  }
  return difference;
}

bool may_be_chance(const Study& study, const PaperDifference& paper, std::size_t replicates) {
  if (paper.rules) return true;
  return !paper.events && draws_parameters(study) && replicates < fewest_replicates_to_judge;
}

bool same_records(const ArmResult& a, const ArmResult& b) {
  return std::equal(a.digests.begin(), a.digests.end(), b.digests.begin(), b.digests.end(),
                    [](const RunDigests& x, const RunDigests& y) { return x.recorded == y.recorded; });
}

}  // namespace

void check_arms_differ(const Study& study, const ExperimentResult& result, Problems& problems) {
  const std::vector<Arm>& arms = study.scenario.arms;
  for (std::size_t later = 1; later < arms.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (!same_records(result.arms[earlier], result.arms[later])) continue;
      const PaperDifference paper = paper_difference(study.scenario, arms[earlier], arms[later]);
      const std::string found = fmt::format(
          "identical arms '{}' and '{}' (they differ by {}, but no number on "
          "any day of any replicate does)",
          arms[earlier].id, arms[later].id, join(paper.names, ", "));
      if (may_be_chance(study, paper, result.arms[later].digests.size())) {
        problems.warn("W139", arms[later].where,
                      found + " what tells them apart did not come to bear in these replicates");
      } else {
        problems.add("E086", arms[later].where,
                     found + " remove one, or let what tells them apart act within the run");
      }
      break;
    }
  }
}

}  // namespace chokepoint
