#include "sim/study/run_identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "sim/base/text.hpp"
#include "sim/input/facts_loader.hpp"
#include "sim/input/vintages.hpp"
#include "sim/output/file_hash.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

/// Settings of a resolved scenario by name, `[run] seed` or `event 'x' level`; comments say nothing of
/// results.
std::map<std::string, std::string> settings_in(const std::string& resolved) {
  std::map<std::string, std::string> settings;
  std::string section;
  for (const std::string& line : split(resolved, '\n')) {
    const std::size_t equals = line.find(" = ");
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[' || equals == std::string::npos) {
      section = line.substr(0, 2) == "[[" ? line.substr(2, line.find(']') - 2) : line;
    } else if (line.substr(0, equals) == "id" && !section.empty() && section[0] != '[') {
      section = fmt::format("{} '{}'", section.substr(0, section.find(' ')),
                            line.substr(equals + 4, line.size() - equals - 5));
      settings[section] = "there";
    } else {
      settings[section.empty() ? line.substr(0, equals) : section + " " + line.substr(0, equals)] =
          line.substr(equals + 3);
    }
  }
  return settings;
}

/// Calls `tell(name, earlier, now)` for each name whose texts differ; "" stands for a name that is missing.
template <class Tell>
void compare(const std::map<std::string, std::string>& earlier, const std::map<std::string, std::string>& now,
             Tell tell) {
  std::map<std::string, std::string> names = earlier;
  names.insert(now.begin(), now.end());
  const auto in = [](const std::map<std::string, std::string>& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? std::string() : found->second;
  };
  for (const auto& [name, text] : names) {
    if (in(earlier, name) != in(now, name)) tell(name, in(earlier, name), in(now, name));
  }
}

std::map<std::string, std::string> by_path(const std::vector<FileHash>& files) {
  std::map<std::string, std::string> result;
  for (const FileHash& file : files) result[file.path] = file.sha256;
  return result;
}

}  // namespace

std::vector<FileHash> input_hashes(const Scenario& scenario) {
  std::vector<std::string> paths = scenario.layers;
  const auto add_if_there = [&](const std::string& path) {
    if (fs::exists(path)) paths.push_back(path);  // a world may be without compute
  };
  for (const auto& name : data_files()) add_if_there(scenario.data_dir + "/" + name);
  if (!scenario.vintages_dir.empty()) {
    for (const auto& name : vintage_files()) paths.push_back(scenario.vintages_dir + "/" + name);
  }
  if (!scenario.calibration_dir.empty() && scenario.market) {
    const char* draws = scenario.fit_without.empty() ? "draws.csv" : "folds.csv";
    for (const char* name : {"priors.csv", draws, "scorecard.csv"}) {
      add_if_there(scenario.calibration_dir + "/" + name);
    }
  }
  for (const auto& path : {scenario.overlay, scenario.observed_path, scenario.structural_path}) {
    if (!path.empty()) paths.push_back(path);
  }
  std::vector<FileHash> hashes;
  for (const auto& path : paths) hashes.push_back({path, sha256_of_file(path)});
  return hashes;
}

std::string program_hash() {
  const char* self = "/proc/self/exe";
  return fs::exists(self) ? sha256_of_file(self) : "";
}

RunIdentity identity_of(const Scenario& scenario) {
  return {CHOKEPOINT_VERSION, program_hash(), input_hashes(scenario), resolved_toml(scenario)};
}

std::vector<std::string> differences(const RunIdentity& earlier, const RunIdentity& now) {
  std::vector<std::string> lines;
  if (earlier.version != now.version) {
    lines.push_back(fmt::format("the program was version {} and is {}", earlier.version, now.version));
  } else if (earlier.program != now.program) {
    lines.push_back(fmt::format("the program is another build of version {}", now.version));
  }
  compare(by_path(earlier.inputs), by_path(now.inputs),
          [&](const std::string& path, const std::string& was, const std::string& is) {
            const char* what = was.empty() ? "is new" : is.empty() ? "is gone" : "has changed";
            lines.push_back(fmt::format("'{}' {}", path, what));
          });
  compare(settings_in(earlier.resolved), settings_in(now.resolved),
          [&](const std::string& name, const std::string& was, const std::string& is) {
            lines.push_back(fmt::format("{} was {} and is {}", name, was.empty() ? "not set" : was,
                                        is.empty() ? "not set" : is));
          });
  if (lines.empty() && earlier.resolved != now.resolved) lines.emplace_back("the scenario reads differently");
  return lines;
}

}  // namespace chokepoint
