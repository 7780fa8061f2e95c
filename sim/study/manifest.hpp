/// manifest.json read back: what was run, from which inputs, and the hashes of what came out.
///
/// run_records.hpp writes it. Tests: tests/unit/manifest_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/study/run_identity.hpp"

namespace chokepoint {

struct RecordedRun {
  std::string version;
  std::string program;  ///< sha256
  std::string scenario_file;
  ScenarioOverrides overrides;
  std::vector<FileHash> inputs;
  std::vector<FileHash> outputs;  ///< by name within the folder; never empty
};

/// Throws Error{command_line} with code E084 when the file cannot be read or is no manifest of a run of this
/// program.
RecordedRun read_manifest(const std::string& path);

/// Inputs that are not what they were, the first eight: their path and "has changed" or "is missing".
std::vector<std::string> changed_inputs(const std::vector<FileHash>& inputs);

/// What a file is beside its recorded hash.
enum class Comparison { equal, differs, missing };
Comparison compare_file(const std::string& path, const std::string& sha256);

}  // namespace chokepoint
