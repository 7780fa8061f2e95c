#include <fmt/format.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "sim/base/text.hpp"
#include "sim/command/commands.hpp"
#include "sim/output/stop_request.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/manifest.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

/// A folder for results that only their hashes are wanted of.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::error_code error;
    path_ = (fs::temp_directory_path(error) / "chokepoint-reproduce-XXXXXX").string();
    if (error || ::mkdtemp(path_.data()) == nullptr) {
      throw Error(ExitCode::run_failed, "cannot make a temporary folder (set TMPDIR to one with space)");
    }
  }
  ~ScratchFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

bool is_scenario_file(const std::string& path) { return fs::path(path).extension() == ".toml"; }

/// The files of the scenario itself may be gone, as in a folder that was handed over: the resolved one is
/// there.
bool from_resolved(const RecordedRun& run) {
  return std::any_of(run.inputs.begin(), run.inputs.end(), [](const FileHash& input) {
    return is_scenario_file(input.path) && !fs::exists(input.path);
  });
}

/// Throws Error{reproduce_mismatch} naming every input that is not what it was; says how many were looked at.
std::size_t expect_inputs(const RecordedRun& run, bool resolved) {
  std::vector<FileHash> inputs = run.inputs;
  if (resolved) std::erase_if(inputs, [](const FileHash& input) { return is_scenario_file(input.path); });
  const std::vector<std::string> lines = changed_inputs(inputs);
  if (lines.empty()) return inputs.size();
  throw Error(ExitCode::reproduce_mismatch,
              fmt::format("the inputs are not those of the run, and nothing was run (restore them, or start "
                          "the program in the folder in which the run was)\n  {}",
                          join(lines, "\n  ")));
}

/// Throws Error{reproduce_mismatch} when the scenario now reads a file that the run did not.
void expect_no_others(const RecordedRun& run, const Scenario& scenario) {
  for (const FileHash& read : input_hashes(scenario)) {
    if (is_scenario_file(read.path)) continue;
    const bool known = std::any_of(run.inputs.begin(), run.inputs.end(),
                                   [&](const FileHash& input) { return input.path == read.path; });
    if (known) continue;
    throw Error(
        ExitCode::reproduce_mismatch,
        fmt::format("'{}' was not among the inputs of the run, and is read now (move it away)", read.path));
  }
}

void warn_of_program(const RecordedRun& run, const std::string& manifest) {
  Problems problems;
  if (run.version != CHOKEPOINT_VERSION) {
    problems.warn(
        "W135", {manifest, 0, 0},
        fmt::format("the run was made by version {}, this is {} (results may differ for this reason)",
                    run.version, CHOKEPOINT_VERSION));
  } else if (run.program != program_hash()) {
    problems.warn("W135", {manifest, 0, 0},
                  fmt::format("the run was made by another build of version {} (if results differ, the code "
                              "may have changed between the two)",
                              run.version));
  }
  print_warnings(problems);
}

void warn_of_resolved(const std::string& manifest) {
  Problems problems;
  problems.warn("W136", {manifest, 0, 0},
                "files of the scenario are missing: scenario.resolved.toml is run in their place (where "
                "parameters were set cannot be compared, so params.csv and scenario.resolved.toml are not)");
  print_warnings(problems);
}

std::string word(Comparison found) {
  return found == Comparison::equal ? "equal" : found == Comparison::differs ? "DIFFERS" : "MISSING";
}

/// Where parameters were set, and from which files, is another thing when the resolved scenario is run.
bool names_places(const std::string& output) {
  return output == "params.csv" || output == "scenario.resolved.toml";
}

/// Results of the new run that the manifest does not list.
std::vector<std::string> unlisted(const RecordedRun& run, const std::string& again) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(again)) {
    const std::string name = entry.path().filename().string();
    const bool listed = std::any_of(run.outputs.begin(), run.outputs.end(),
                                    [&](const FileHash& output) { return output.path == name; });
    if (!listed && name != "manifest.json") names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// Prints one row per result; true when all that can be compared are equal, and there are no others.
bool compare_results(const RecordedRun& run, const std::string& folder, const std::string& again,
                     bool resolved) {
  TextTable table({"", "run again", "in the folder"});
  std::size_t equal = 0, compared = 0, changed = 0;
  for (const FileHash& output : run.outputs) {
    const Comparison beside = compare_file(folder + "/" + output.path, output.sha256);
    if (resolved && names_places(output.path)) {
      table.add({output.path, "not compared", word(beside)});
      changed += beside == Comparison::equal ? 0 : 1;
      continue;
    }
    const Comparison now = compare_file(again + "/" + output.path, output.sha256);
    table.add({output.path, word(now), word(beside)});
    ++compared;
    if (now == Comparison::equal && beside == Comparison::equal) ++equal;
  }
  const std::vector<std::string> more = unlisted(run, again);
  for (const std::string& name : more) table.add({name, "NOT LISTED", ""});
  fmt::print("{}{} of {} files are as the manifest says", table.text(), equal, compared);
  if (compared < run.outputs.size()) fmt::print(", {} not compared", run.outputs.size() - compared);
  if (changed > 0) fmt::print(" ({} changed in the folder)", changed);
  if (!more.empty()) fmt::print(", {} not listed in it", more.size());
  fmt::print("\n");
  return equal == compared && changed == 0 && more.empty();
}

/// Runs the study of `again` and compares; the exit code.
int run_and_compare(const RecordedRun& run, const std::string& folder, const Options& again, bool resolved,
                    std::size_t inputs, const StopRequest& stop) {
  Problems problems;
  const auto study = load_study(again, problems);
  expect_no_others(run, study->scenario);
  run_study(again, *study, {});
  stop.check();
  fmt::print("scenario   {}, {} replicates\ninputs     {} files, as they were\n", study->scenario.id,
             study->scenario.replicates, inputs);
  const bool equal = compare_results(run, folder, again.out, resolved);
  return static_cast<int>(equal ? ExitCode::ok : ExitCode::reproduce_mismatch);
}

}  // namespace

int reproduce(const Options& options) {
  const std::string manifest =
      fs::is_directory(options.path) ? options.path + "/manifest.json" : options.path;
  const RecordedRun run = read_manifest(manifest);
  const std::string folder = fs::absolute(manifest).parent_path().string();
  const bool resolved = from_resolved(run);
  const std::size_t inputs = expect_inputs(run, resolved);
  warn_of_program(run, manifest);
  if (resolved) warn_of_resolved(manifest);
  const StopRequest stop;  // for the scratch folder to be removed
  const ScratchFolder scratch;
  Options again = options;
  again.path = resolved ? folder + "/scenario.resolved.toml" : run.scenario_file;
  if (!resolved) again.overrides = run.overrides;
  again.out = scratch.path() + "/again";
  try {
    return run_and_compare(run, folder, again, resolved, inputs, stop);
  } catch (const Error& error) {
    if (error.code() != ExitCode::stopped) throw;
    throw Error(ExitCode::stopped, "stopped: nothing was compared");
  }
}

}  // namespace chokepoint
