#include "sim/study/stored_results.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "sim/study/manifest.hpp"

namespace chokepoint {
namespace {

constexpr const char* resolved_name = "scenario.resolved.toml";
constexpr const char* metrics_name = "metrics.csv";

[[noreturn]] void refuse(const std::string& folder, const std::string& why) {
  Problems problems;
  problems.add("E094", {folder, 0, 0}, why);
  throw Error(ExitCode::command_line, problems.errors().front());
}

/// True when the run wrote the file; refuses one that was changed since.
bool was_written(const std::string& folder, const RecordedRun& run, const char* name) {
  const auto listed = std::find_if(run.outputs.begin(), run.outputs.end(),
                                   [&](const FileHash& output) { return output.path == name; });
  if (listed == run.outputs.end()) return false;
  const Comparison found = compare_file(folder + "/" + name, listed->sha256);
  if (found == Comparison::missing) refuse(folder, fmt::format("{} is gone (run it again)", name));
  if (found == Comparison::differs)
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
  const RecordedRun run = read_manifest(folder + "/manifest.json");
  StoredResults results;
  results.folder = folder;
  results.version = run.version;
  results.program = run.program;
  for (const FileHash& input : run.inputs) {
    if (!input.path.ends_with(".toml")) results.data[input.path] = input.sha256;
  }
  if (!was_written(folder, run, resolved_name))
    refuse(folder, "there is no scenario.resolved.toml (run it again)");
  Problems problems;
  results.scenario = read_scenario(folder + "/" + resolved_name, {}, problems);
  problems.throw_if_any();
  if (was_written(folder, run, metrics_name)) read_metrics(results);
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
    const Comparison found = compare_file(path, hash);
    if (found == Comparison::equal) continue;
    problems.add(
        "E094", where,
        fmt::format("'{}' {} (runs of today would not be those of the folder) run the scenario again", path,
                    found == Comparison::differs ? "has changed since" : "is gone"));
  }
  if (problems.any()) throw Error(ExitCode::command_line, join(problems.errors(), "\n"));
}

}  // namespace chokepoint
