#include <fmt/format.h>

#include "sim/command/commands.hpp"
#include "sim/study/evidence_report.hpp"

namespace chokepoint {

int print_evidence(const Options& options) {
  Problems problems;
  const auto study = load_study(options, problems);
  fmt::print("{}", evidence_report(*study));
  return 0;
}

}  // namespace chokepoint
