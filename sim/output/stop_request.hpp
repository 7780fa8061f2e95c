/// Ctrl-C and SIGTERM as a wish to stop that is looked at between runs; a second one ends the program at
/// once.
///
/// Tests: tests/unit/stop_request_test.cpp, tests/determinism/kill_and_resume.sh.
#pragma once

#include <csignal>

namespace chokepoint {

/// While it lives, SIGINT and SIGTERM are noted once each, unless they were ignored before. One inside
/// another knows of what the outer one noted.
class StopRequest {
 public:
  StopRequest();
  ~StopRequest();
  StopRequest(const StopRequest&) = delete;
  StopRequest& operator=(const StopRequest&) = delete;

  /// Throws Error{stopped} when there was one.
  void check() const;

 private:
  struct sigaction interrupt_ {};
  struct sigaction terminate_ {};
};

}  // namespace chokepoint
