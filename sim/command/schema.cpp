#include "sim/input/scenario_schema.hpp"

#include <fmt/format.h>

#include "sim/command/commands.hpp"

namespace chokepoint {

int print_schema(const Options&) {
  fmt::print("{}", scenario_schema());
  return 0;
}

}  // namespace chokepoint
