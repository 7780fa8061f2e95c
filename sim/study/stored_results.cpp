#include "sim/study/stored_results.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "sim/output/file_hash.hpp"

namespace chokepoint {
namespace {

using Json = nlohmann::json;

constexpr const char* resolved_name = "scenario.resolved.toml";
constexpr const char* metrics_name = "metrics.csv";

[[noreturn]] void refuse(const std::string& folder, const std::string& why) {
  Problems problems;
  problems.add("E094", {folder, 0, 0}, why);
  throw Error(ExitCode::command_line, problems.errors().front());
}

Json read_manifest(const std::string& folder) {
  std::ifstream file(folder + "/manifest.json");
  if (!file) {
    refuse(folder,
           "no results of this program (there is no manifest.json) give the folder of a finished run");
  }
  Json manifest = Json::parse(file, nullptr, false);
  const bool whole = manifest.is_object() && manifest.contains("inputs_sha256") &&
                     manifest.contains("outputs_sha256") && manifest.contains("sessions");
  if (!whole) refuse(folder, "manifest.json is not that of a run (run the scenario again)");
  return manifest;
}

/// True when the run wrote the file; refuses one that was changed since.
bool was_written(const std::string& folder, const Json& manifest, const char* name) {
  const Json& hashes = manifest.at("outputs_sha256");
  if (!hashes.contains(name)) return false;
  const std::string path = folder + "/" + name;
  if (!std::filesystem::exists(path)) refuse(folder, fmt::format("{} is gone (run it again)", name));
  if (sha256_of_file(path) != hashes.at(name).get<std::string>())
    refuse(folder, fmt::format("{} was changed after the run (run it again)", name));
  return true;
}

void read_metrics(StoredResults& results) {
  Problems problems;
  const CsvTable table = read_csv(results.folder + "/" + metrics_name, problems);
  problems.throw_if_any();
  const std::size_t arm = table.column("arm");
  const std::size_t metric = table.column("metric");
  const std::size_t value = table.column("value");
  if (arm == CsvTable::npos || metric == CsvTable::npos || value == CsvTable::npos)
    refuse(results.folder, "metrics.csv has other columns than this program writes (run it again)");
  for (const CsvRow& row : table.rows) {  // rows of an arm and metric stand in the order of replicates
    const auto number = parse_number(row.cells[value]);
    if (!number) refuse(results.folder, fmt::format("metrics.csv, line {}: no number", row.where.line));
    results.metrics[{row.cells[arm], row.cells[metric]}].push_back(*number);
  }
}

}  // namespace

StoredResults read_results(const std::string& folder) {
  const Json manifest = read_manifest(folder);
  StoredResults results;
  results.folder = folder;
  try {
    results.version = manifest.at("version").get<std::string>();
    results.as_of = manifest.at("as_of").get<std::string>();
    results.last_day = manifest.at("last_day").get<std::string>();
    results.sessions = manifest.at("sessions").get<long long>();
    results.seed = manifest.at("seed").get<std::string>();
    for (const auto& [path, hash] : manifest.at("inputs_sha256").items()) {
      if (!path.ends_with(".toml")) results.data[path] = hash.get<std::string>();
    }
  } catch (const Json::exception&) {
    refuse(folder, "manifest.json is not that of a run (run the scenario again)");
  }
  if (!was_written(folder, manifest, resolved_name))
    refuse(folder, "there is no scenario.resolved.toml (run it again)");
  Problems problems;
  results.scenario = read_scenario(folder + "/" + resolved_name, {}, problems);
  problems.throw_if_any();
  if (was_written(folder, manifest, metrics_name)) read_metrics(results);
  return results;
}

void expect_same_inputs(const StoredResults& results, const std::string& version) {
  Problems problems;
  const SourcePosition where{results.folder, 0, 0};
  if (results.version != version) {
    problems.add("E094", where,
                 fmt::format("these are results of version {} (this is {}) run the scenario again",
                             results.version, version));
  }
  for (const auto& [path, hash] : results.data) {
    const bool there = std::filesystem::exists(path);
    if (there && sha256_of_file(path) == hash) continue;
    problems.add(
        "E094", where,
        fmt::format("'{}' {} (runs of today would not be those of the folder) run the scenario again", path,
                    there ? "has changed since" : "is gone"));
  }
  if (problems.any()) throw Error(ExitCode::command_line, join(problems.errors(), "\n"));
}

}  // namespace chokepoint
