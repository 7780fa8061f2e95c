/// Members of the economy's state, for state_fields.hpp.
#pragma once

#include "sim/model/economy.hpp"
#include "sim/model/state_field.hpp"

namespace chokepoint {

void walk(StateWalk& tell, const Economy& economy);

}  // namespace chokepoint
