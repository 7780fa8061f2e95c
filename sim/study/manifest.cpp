#include "sim/study/manifest.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/output/file_hash.hpp"

namespace chokepoint {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_lines = 8;  ///< that a complaint lists

std::vector<FileHash> hashes_in(const Json& record) {
  std::vector<FileHash> hashes;
  for (const auto& [path, sha256] : record.items()) hashes.push_back({path, sha256.get<std::string>()});
  return hashes;
}

RecordedRun run_in(const Json& manifest) {
  RecordedRun run;
  run.version = manifest.at("version").get<std::string>();
  run.program = manifest.at("program_sha256").get<std::string>();
  run.scenario_file = manifest.at("scenario_file").get<std::string>();
  const Json& overrides = manifest.at("overrides");
  run.overrides.sets = overrides.at("set").get<std::vector<std::string>>();
  run.overrides.seed = overrides.at("seed").get<std::string>();
  run.overrides.replicates = overrides.at("replicates").get<std::string>();
  run.overrides.precision = overrides.at("precision").get<std::vector<std::string>>();
  run.inputs = hashes_in(manifest.at("inputs_sha256"));
  run.outputs = hashes_in(manifest.at("outputs_sha256"));
  return run;
}

[[noreturn]] void fail_to_read(const std::string& path, const char* why) {
  throw Error(
      ExitCode::command_line,
      fmt::format("error[E084]: '{}' is no manifest of a run ({}) name a folder that `chokepoint run` "
                  "wrote, or its manifest.json",
                  path, why));
}

}  // namespace

RecordedRun read_manifest(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail_to_read(path, "there is no such file");
  RecordedRun run;
  try {
    run = run_in(Json::parse(file));
  } catch (const Json::parse_error&) {
    fail_to_read(path, "it is no JSON");
  } catch (const Json::exception&) {
    fail_to_read(path, "it lacks what this version writes");
  }
  if (run.outputs.empty()) fail_to_read(path, "it lists no results");
  return run;
}

Comparison compare_file(const std::string& path, const std::string& sha256) {
  if (!std::filesystem::is_regular_file(path)) return Comparison::missing;
  return sha256_of_file(path) == sha256 ? Comparison::equal : Comparison::differs;
}

std::vector<std::string> changed_inputs(const std::vector<FileHash>& inputs) {
  std::vector<std::string> lines;
  for (const FileHash& input : inputs) {
    const Comparison found = compare_file(input.path, input.sha256);
    if (found == Comparison::differs) lines.push_back(fmt::format("'{}' has changed", input.path));
    if (found == Comparison::missing) lines.push_back(fmt::format("'{}' is missing", input.path));
  }
  if (lines.size() > most_lines) {
    const std::size_t more = lines.size() - most_lines;
    lines.resize(most_lines);
    lines.push_back(fmt::format("and {} more", more));
  }
  return lines;
}

}  // namespace chokepoint
