#include "sim/output/result_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

bool holds_something(const std::string& path) {
  std::error_code error;
  return fs::exists(path, error) && !(fs::is_directory(path, error) && fs::is_empty(path, error));
}

/// The whole path, without a slash at its end.
std::string folder_name(const std::string& path) {
  const fs::path normal = fs::absolute(path).lexically_normal();
  return normal.has_filename() ? normal.string() : normal.parent_path().string();
}

/// Only what this program wrote may be replaced.
bool holds_results(const std::string& path) { return fs::exists(path + "/manifest.json"); }

/// Empties a folder, which need not be there; an empty one is removed.
void remove_all_but(const std::vector<std::string>& names, const std::string& folder) {
  std::error_code error;
  if (names.empty()) {
    fs::remove_all(folder, error);
    return;
  }
  std::vector<fs::path> others;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (std::find(names.begin(), names.end(), name) == names.end()) others.push_back(entry.path());
  }
  for (const fs::path& other : others) fs::remove_all(other, error);
}

}  // namespace

ResultFolder::ResultFolder(const std::string& path, bool force, const Needed& needed)
    : path_(folder_name(path)), working_(path_ + ".partial") {
  if (holds_something(path) && !force) {
    throw Error(
        ExitCode::command_line,
        fmt::format("'{}' is not empty (results are never overwritten unasked); give another --out or "
                    "add --force",
                    path));
  }
  if (holds_something(path) && !holds_results(path)) {
    throw Error(
        ExitCode::command_line,
        fmt::format("'{}' holds files that are no results of this program (there is no manifest.json); "
                    "give another --out",
                    path));
  }
  std::error_code error;
  remove_all_but(needed(working_), working_);
  fs::create_directories(working_, error);
  if (error) {
    throw Error(ExitCode::run_failed, fmt::format("cannot make the folder '{}' ({})", path, error.message()));
  }
  std::ofstream(working_ + "/" + marker_of_unfinished);
}

ResultFolder::~ResultFolder() {
  if (published_ || kept_) return;
  std::error_code error;
  fs::remove_all(working_, error);
}

void ResultFolder::publish() {
  const std::string earlier = path_ + ".replaced";
  std::error_code error;
  fs::remove(working_ + "/" + marker_of_unfinished, error);
  fs::remove_all(earlier, error);
  if (fs::exists(path_)) fs::rename(path_, earlier, error);
  if (!error) fs::rename(working_, path_, error);
  if (error) {
    throw Error(ExitCode::run_failed,
                fmt::format("cannot move the results to '{}' ({})", path_, error.message()));
  }
  published_ = true;
  fs::remove_all(earlier, error);
}

}  // namespace chokepoint
