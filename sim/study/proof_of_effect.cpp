#include "sim/study/proof_of_effect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sim/study/parallel.hpp"
#include "sim/study/replicate_runs.hpp"

namespace chokepoint {
namespace {

/// True when the event makes no sense once `gone` and the lines it listed are gone.
bool stands_on(const Event& event, const std::set<std::string>& gone, const std::set<std::string>& unlisted) {
  if (gone.contains(event.said.declared()) || gone.contains(event.said.id)) return true;
  if (gone.contains(event.said.continues)) return true;
  if (const auto* reversal = std::get_if<Reversal>(&event.instrument))
    return gone.contains(reversal->measure);
  const auto* issue = std::get_if<Issue>(&event.instrument);
  return issue != nullptr && unlisted.contains(issue->line);
}

/// Differences between an arm and its variants without one item, in one replicate: [item].
std::vector<RecordDifference> probe(const Study& study, const ArmContent& content, std::size_t replicate,
                                    const std::function<void()>& run_done) {
  std::vector<ArmContent> contents{content};
  for (const std::string& item : items_of(content.events, content.rules))
    contents.push_back(without_item(content, item));
  const std::vector<ArmPlan> arms = arms_of(study, contents, replicate);
  const RandomStream random(study.scenario.seed, static_cast<std::uint32_t>(replicate));
  const World start = start_of(study.facts, arms.front(), random);
  const RunRecord with = run_arm(start, arms.front(), random, study.series);
  run_done();
  std::vector<RecordDifference> differences;
  for (std::size_t i = 1; i < arms.size(); ++i) {
    const RunRecord without = run_arm(start, arms[i], random, study.series);
    differences.push_back(difference_of(with, without, study.series));
    run_done();
  }
  return differences;
}

/// One item over its probes.
ItemEffect gathered(std::size_t arm, const std::string& item,
                    const std::vector<const RecordDifference*>& probes, std::size_t series) {
  ItemEffect effect;
  effect.arm = arm;
  effect.item = item;
  effect.probes = probes.size();
  const double n = static_cast<double>(probes.size());
  std::vector<double> sizes(series);
  for (const RecordDifference* one : probes) {
    effect.first_row = std::min(effect.first_row, one->first_row);
    if (one->first_row == RecordDifference::same) continue;
    ++effect.changed;
    for (std::size_t s = 0; s < series; ++s) sizes[s] += one->size[s] / n;
  }
  const auto largest = std::max_element(sizes.begin(), sizes.end());
  if (largest == sizes.end() || *largest == 0.0) return effect;
  effect.series = static_cast<std::size_t>(largest - sizes.begin());
  effect.size = *largest;
  for (const RecordDifference* one : probes) {
    if (!one->change.empty()) effect.change += one->change[effect.series] / n;
  }
  return effect;
}

}  // namespace

ArmContent without_item(const ArmContent& content, const std::string& item) {
  std::set<std::string> gone{item};
  std::set<std::string> unlisted;
  ArmContent rest = content;
  rest.events.clear();
  // Records may be in any order: again until nothing more goes.
  for (std::size_t before = 0; before != gone.size() + unlisted.size();) {
    before = gone.size() + unlisted.size();
    for (const Event& event : content.events) {
      if (!stands_on(event, gone, unlisted)) continue;
      gone.insert(event.said.id);
      if (const auto* listing = std::get_if<Listing>(&event.instrument)) unlisted.insert(listing->line);
    }
  }
  for (const Event& event : content.events) {
    if (!stands_on(event, gone, unlisted)) rest.events.push_back(event);
  }
  std::erase_if(rest.rules, [&](const Rule& rule) { return rule.id == item; });
  return rest;
}

std::size_t probe_replicates(const Study& study) {
  return std::min(static_cast<std::size_t>(study.scenario.probes), study.scenario.first_round());
}

std::string probes_text(const Study& study) {
  const std::size_t n = probe_replicates(study);
  return n == 1 ? "the one replicate looked at" : fmt::format("the {} replicates looked at", n);
}

std::size_t probe_runs(const Study& study) {
  std::size_t runs = 0;
  for (const ArmContent& content : contents_of(study)) {
    const std::size_t items = items_of(content.events, content.rules).size();
    if (items > 0) runs += (1 + items) * probe_replicates(study);
  }
  return runs;
}

std::vector<ItemEffect> prove_effects(const Study& study, int jobs, const std::function<void()>& run_done) {
  const std::vector<ArmContent> contents = contents_of(study);
  const std::size_t probes = probe_replicates(study);
  std::vector<std::vector<RecordDifference>> found(contents.size() * probes);  // [arm, probe][item]
  run_in_parallel(found.size(), jobs, [&](std::size_t task) {
    const ArmContent& content = contents[task / probes];
    if (!items_of(content.events, content.rules).empty())
      found[task] = probe(study, content, task % probes, run_done);
  });
  std::vector<ItemEffect> effects;
  for (std::size_t a = 0; a < contents.size(); ++a) {
    const std::vector<std::string> items = items_of(contents[a].events, contents[a].rules);
    for (std::size_t i = 0; i < items.size(); ++i) {
      std::vector<const RecordDifference*> one;
      for (std::size_t r = 0; r < probes; ++r) one.push_back(&found[a * probes + r][i]);
      effects.push_back(gathered(a, items[i], one, study.series.size()));
    }
  }
  return effects;
}

}  // namespace chokepoint
