#include "sim/study/shared_days.hpp"

#include <algorithm>

#include "sim/study/experiment.hpp"

namespace chokepoint {
namespace {

/// Rules decide while the arm runs what its plan will bring, and who watches an arm must see all of its days.
bool can_share(const ArmPlan& arm) { return arm.rules.empty() && !arm.after_verb; }

}  // namespace

PlanDifferences::PlanDifferences(const std::vector<ArmPlan>& arms) {
  for (std::size_t a = 0; a < arms.size(); ++a) {
    std::size_t first = 0;
    while (first < a && (same_parameters_[first] != first ||
                         !same_parameters(arms[first].parameters, arms[a].parameters))) {
      ++first;
    }
    same_parameters_.push_back(first);
    days_.push_back(days_of(arms[a].plan));
  }
}

std::size_t PlanDifferences::first_day(std::size_t a, std::size_t b) const {
  return same_parameters_[a] == same_parameters_[b] ? first_difference(days_[a], days_[b]) : 0;
}

std::vector<Branch> branches_of(const std::vector<ArmPlan>& arms, std::size_t reference, std::size_t days) {
  std::vector<std::size_t> order{reference};
  for (std::size_t a = 0; a < arms.size(); ++a) {
    if (a != reference) order.push_back(a);
  }
  const PlanDifferences differences(arms);
  std::vector<Branch> branches(arms.size());
  std::vector<std::size_t> depth(arms.size(), 0);
  for (std::size_t place = 1; place < order.size(); ++place) {
    const std::size_t arm = order[place];
    Branch& best = branches[arm];
    for (std::size_t earlier = 0; earlier < place && can_share(arms[arm]); ++earlier) {
      const std::size_t parent = order[earlier];
      if (!can_share(arms[parent]) || depth[parent] == most_nested) continue;
      const std::size_t day = std::min(days, differences.first_day(arm, parent));
      if (day > best.day) best = {parent, day};
    }
    if (best.parent != no_day) depth[arm] = depth[best.parent] + 1;
  }
  return branches;
}

}  // namespace chokepoint
