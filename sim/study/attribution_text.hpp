/// The split of an arm's effect in sentences that can be pasted. Tests: tests/unit/attribution_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/study/attribution.hpp"

namespace chokepoint {

/// One metric: "<label>: of +41.3 % on 2026-06-22 ('Both' against 'Neither'), release accounts for +24.1
/// points [+20.0, +28.2] and order for +17.2 [+14.3, +20.1], whatever order they are added in; +3.0 points
/// arise only when both happen."
std::string attribution_sentence(const Study& study, const EffectSplit& attribution);

/// For each two parts that reach a market in the same session: that prices alone cannot tell them apart.
std::vector<std::string> shared_session_caveats(const Study& study);

}  // namespace chokepoint
