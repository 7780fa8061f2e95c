/// What a run will do, without running it: who reacts in which session, which data are stale, and which
/// events no comparison of prices can tell apart.
#pragma once

#include <string>
#include <vector>

#include "sim/study/study.hpp"

namespace chokepoint {

/// A region whose venues hear of two events on the same day.
struct SharedDay {
  Region region{};
  std::string date;
};

/// Regions in which a before/after comparison of prices cannot separate the two.
std::vector<SharedDay> shared_days(const Study& study, const Event& first, const Event& second);

/// The preview as text. Named warnings (W107, W110, W120, W121) go to `problems`.
std::string preview(const Study& study, Problems& problems);

}  // namespace chokepoint
