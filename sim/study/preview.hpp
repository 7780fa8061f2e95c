/// What a run will do, without running it: who reacts in which session, which data are stale, and which
/// events no comparison of prices can tell apart.
#pragma once

#include <string>

#include "sim/study/study.hpp"

namespace chokepoint {

/// The preview as text. Named warnings (W107, W110, W120, W121) go to `problems`.
std::string preview(const Study& study, Problems& problems);

}  // namespace chokepoint
