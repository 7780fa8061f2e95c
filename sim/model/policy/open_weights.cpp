#include "sim/model/policy/open_weights.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

bool any(const std::array<bool, region_count>& flags) {
  return std::any_of(flags.begin(), flags.end(), [](bool flag) { return flag; });
}

/// Bans and bars are made anew, so that what two measures say outlives the end of one.
void follow_measures(OpenWeightsPolicy& policy) {
  policy.bans.clear();
  policy.publication_barred.fill(false);
  for (const OpenWeightsChanges& one : policy.measures) {
    if (any(one.ban.place) && any(one.ban.developer_home)) {
      policy.bans.push_back(one.ban);
      policy.bans.back().measure = one.measure;
      policy.bans.back().government = one.government;
    }
    if (one.bars_publication) policy.publication_barred[index(one.government)] = true;
  }
}

void remove(std::string_view measure, OpenWeightsPolicy& policy) {
  std::erase_if(policy.measures, [&](const OpenWeightsChanges& one) { return one.measure == measure; });
}

}  // namespace

void apply(const OpenWeightsChanges& changes, OpenWeightsPolicy& policy) {
  remove(changes.measure, policy);
  policy.measures.push_back(changes);
  follow_measures(policy);
}

void lift(std::string_view measure, OpenWeightsPolicy& policy) {
  remove(measure, policy);
  follow_measures(policy);
}

}  // namespace chokepoint
