/// Which days arms have in common, so that they are simulated once per replicate.
///
/// An arm without rules goes on from a copy of the world of another arm that has the same parameters, at the
/// first day on which their plans bring different things. Arms form a tree: each takes the parent with which
/// it shares most. While a parent runs, its children are run from its days one after the other, so that only
/// as many worlds are in memory as branches are nested. Tests: tests/unit/shared_days_test.cpp.
#pragma once

#include <vector>

#include "sim/model/plan_days.hpp"
#include "sim/study/replicate.hpp"

namespace chokepoint {

/// From when on arms may differ by what they are made of.
class PlanDifferences {
 public:
  explicit PlanDifferences(const std::vector<ArmPlan>& arms);
  /// First day on which the plans of two arms bring different things; 0 with other parameters, no_day when
  /// nothing tells them apart. Rules are not looked at.
  std::size_t first_day(std::size_t a, std::size_t b) const;

 private:
  std::vector<std::size_t> same_parameters_;      // [arm] first arm with the same parameters
  std::vector<std::vector<std::uint64_t>> days_;  // [arm][day] hash of what the plan brings
};

/// Where the run of an arm begins.
struct Branch {
  std::size_t parent = no_day;  ///< arm that it leaves; no_day: it starts at T0
  std::size_t day = 0;          ///< first day of its own
};

/// Branches nested in one another, at most: worlds in memory per thread, less that at T0 and that of the arm
/// which they leave.
inline constexpr std::size_t most_nested = 3;

/// [arm] of one replicate. `days`: as many as are simulated.
std::vector<Branch> branches_of(const std::vector<ArmPlan>& arms, std::size_t reference, std::size_t days);

}  // namespace chokepoint
