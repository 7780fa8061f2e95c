/// Progress of a study on stderr: a bar on a terminal, a line every tenth elsewhere, JSON lines on request.
/// It draws no numbers and changes no state.
#pragma once

#include <chrono>
#include <mutex>
#include <string>

namespace chokepoint {

enum class ProgressMode { automatic, plain, none, json };

class Progress {
 public:
  Progress(ProgressMode mode, std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// There is more to do than was said at first.
  void expect(std::size_t more);
  /// One more run is done. May be called from any thread.
  void step();

 private:
  void draw(double seconds);

  std::mutex mutex_;
  bool bar_ = false;
  ProgressMode mode_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::size_t next_line_ = 0;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace chokepoint
