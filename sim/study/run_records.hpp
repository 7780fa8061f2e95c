/// What a run says about itself: params.csv, scenario.resolved.toml, README.txt, manifest.json.
#pragma once

#include <string>
#include <vector>

#include "sim/study/precision.hpp"
#include "sim/study/run_identity.hpp"
#include "sim/study/study.hpp"

namespace chokepoint {

/// Facts about a run that only the caller knows.
struct RunContext {
  RunIdentity identity;
  ScenarioOverrides overrides;
  std::string command_line;
  std::string started;  ///< UTC, ISO 8601
  double seconds = 0;
  int jobs = 0;
  std::vector<std::string> warnings;
  std::vector<Precision> precision;  ///< empty when none was asked for
};

void write_params(const Study& study, const std::string& folder);
void write_resolved(const Study& study, const std::string& folder);
void write_readme(const Study& study, const std::string& folder);
/// Last of all files: it holds the hashes of the others.
void write_manifest(const Study& study, const ExperimentResult& result, const RunContext& context,
                    const std::string& folder);

}  // namespace chokepoint
