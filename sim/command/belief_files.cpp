#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/command/commands.hpp"
#include "sim/output/file_hash.hpp"
#include "sim/output/text_file.hpp"

namespace chokepoint {

BeliefFiles belief_files(const Options& options) {
  BeliefFiles files;
  files.data = options.data.empty() ? "data" : options.data;
  files.calibration = options.calibration.empty() ? files.data + "/calibration" : options.calibration;
  files.events = options.events.empty() ? files.data + "/events" : options.events;
  files.observed = options.observed;
  if (files.observed.empty() && options.events.empty()) files.observed = files.data + "/observed/events.csv";
  return files;
}

std::size_t threads_of(const Options& options) {
  return static_cast<std::size_t>(options.jobs > 0 ? options.jobs
                                                   : oneapi::tbb::this_task_arena::max_concurrency());
}

std::vector<std::string> belief_inputs(const BeliefFiles& files) {
  namespace fs = std::filesystem;
  std::vector<std::string> paths{files.calibration + "/priors.csv"};
  if (!files.observed.empty()) paths.push_back(files.observed);
  for (const std::string& place : {files.data, files.data + "/vintages", files.events}) {
    if (fs::is_regular_file(place)) paths.push_back(place);
    if (!fs::is_directory(place)) continue;
    const bool deep = place == files.events;
    for (const auto& entry : fs::recursive_directory_iterator(place)) {
      const fs::path& path = entry.path();
      const bool wanted = path.extension() == ".csv" || path.extension() == ".toml";
      if (wanted && (deep || path.parent_path() == fs::path(place))) paths.push_back(path.string());
    }
  }
  std::sort(paths.begin(), paths.end());
  paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
  return paths;
}

void write_belief_manifest(const Options& options, const BeliefFiles& files, const std::string& kind,
                           const std::string& folder) {
  nlohmann::ordered_json manifest{
      {"kind", kind}, {"program", "chokepoint " CHOKEPOINT_VERSION}, {"command", options.command_line}};
  for (const std::string& path : belief_inputs(files)) manifest["inputs"][path] = sha256_of_file(path);
  write_text(folder + "/manifest.json", manifest.dump(2) + "\n");
}

}  // namespace chokepoint
