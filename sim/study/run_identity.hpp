/// Everything that decides the results of a run, so that two runs can be told apart before they are mixed.
///
/// Tests: tests/unit/run_identity_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/input/scenario.hpp"

namespace chokepoint {

struct FileHash {
  std::string path;
  std::string sha256;

  bool operator==(const FileHash&) const = default;
};

struct RunIdentity {
  std::string version;
  std::string program;           ///< sha256 of the program's own file: a build with other code is another one
  std::vector<FileHash> inputs;  ///< scenario files, data tables, fit, overlay, observations
  std::string resolved;  ///< the scenario as one file, with seed, replicates and what --set laid over it

  bool operator==(const RunIdentity&) const = default;
};

/// Every file that a run of the scenario reads. Throws Error{run_failed} when one cannot be read.
std::vector<FileHash> input_hashes(const Scenario& scenario);

/// sha256 of the program's own file, "" where the system does not tell which that is.
std::string program_hash();

RunIdentity identity_of(const Scenario& scenario);

/// What differs between two runs, a line each: the program, files by name, settings with both values.
std::vector<std::string> differences(const RunIdentity& earlier, const RunIdentity& now);

template <class Archive>
void fields(Archive& archive, FileHash& hash) {
  auto& [path, sha256] = hash;
  archive(path, sha256);
}

template <class Archive>
void fields(Archive& archive, RunIdentity& identity) {
  auto& [version, program, inputs, resolved] = identity;
  archive(version, program, inputs, resolved);
}

}  // namespace chokepoint
