/// The folder of a run: results appear in it whole or not at all.
///
/// Files are written to `<folder>.partial`, which takes the place of the folder when everything is done and
/// disappears when anything fails. A folder that holds something is refused unless `force` says otherwise.
/// A run that can go on after it was stopped says which files of an earlier `<folder>.partial` it needs.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace chokepoint {

/// An empty file in a folder of work, which says that this program made it. Gone when the results appear.
inline constexpr const char* marker_of_unfinished = ".chokepoint";

class ResultFolder {
 public:
  /// Given the folder of work, names the files that stay when it is there already; all others go. It may
  /// throw: then nothing has been touched.
  using Needed = std::function<std::vector<std::string>(const std::string& working)>;
  /// Throws Error{run_failed} when the folder cannot be made, Error{command_line} when it is not empty.
  ResultFolder(const std::string& path, bool force, const Needed& needed);
  ~ResultFolder();
  ResultFolder(const ResultFolder&) = delete;
  ResultFolder& operator=(const ResultFolder&) = delete;

  /// Where to write now.
  const std::string& working() const { return working_; }
  /// Moves the results into place.
  void publish();
  /// Leaves the work where it is, for a later start to go on with.
  void keep() { kept_ = true; }

 private:
  std::string path_;
  std::string working_;
  bool published_ = false;
  bool kept_ = false;
};

}  // namespace chokepoint
