/// What a run says at its end: effects, events, checks, identity, where the results are.
#pragma once

#include <string>
#include <vector>

#include "sim/study/attribution.hpp"
#include "sim/study/checks.hpp"
#include "sim/study/effect_tables.hpp"
#include "sim/study/event_table.hpp"
#include "sim/study/precision.hpp"

namespace chokepoint {

/// Warns of metrics that read a line which had no price (NO_DEMAND or HALT) at the close of some day.
void warn_of_frozen_lines(const Study& study, const ExperimentResult& result, Problems& problems);

/// What there is to say.
struct RunReport {
  const Study& study;
  const ExperimentResult& result;
  const std::vector<Effect>& effects;
  const std::vector<CheckOutcome>& checks;
  const std::vector<EffectSplit>& attributions;
  const std::vector<ItemRecord>& items;
  std::string folder;
  std::vector<std::string> warnings;
  std::vector<Precision> precision;  ///< empty when none was asked for
};

/// ExitCode::check_failed when a check of level error failed.
ExitCode exit_code_of(const std::vector<CheckOutcome>& checks);

/// For people.
std::string run_summary(const RunReport& report);

/// For programs: one JSON document with the same numbers, unrounded.
std::string run_summary_json(const RunReport& report);

}  // namespace chokepoint
