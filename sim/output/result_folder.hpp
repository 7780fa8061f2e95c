/// The folder of a run: results appear in it whole or not at all.
///
/// Files are written to `<folder>.partial`, which takes the place of the folder when everything is done and
/// disappears when anything fails. A folder that holds something is refused unless `force` says otherwise.
#pragma once

#include <string>

namespace chokepoint {

class ResultFolder {
 public:
  /// Throws Error{run_failed} when the folder cannot be made, Error{command_line} when it is not empty.
  ResultFolder(const std::string& path, bool force);
  ~ResultFolder();
  ResultFolder(const ResultFolder&) = delete;
  ResultFolder& operator=(const ResultFolder&) = delete;

  /// Where to write now.
  const std::string& working() const { return working_; }
  /// Moves the results into place.
  void publish();

 private:
  std::string path_;
  std::string working_;
  bool published_ = false;
};

}  // namespace chokepoint
