#include "sim/output/stop_request.hpp"

#include <atomic>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

// A signal handler can reach nothing else.
std::atomic<bool> requested = false;
static_assert(std::atomic<bool>::is_always_lock_free);
std::atomic<int> living = 0;

void note(int) { requested = true; }

void install(int signal, struct sigaction& earlier) {
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
  ::sigaction(signal, nullptr, &earlier);
  if (earlier.sa_handler != SIG_IGN) ::sigaction(signal, &action, nullptr);
}

}  // namespace

StopRequest::StopRequest() {
  if (living++ == 0) requested = false;
  install(SIGINT, interrupt_);
  install(SIGTERM, terminate_);
}

StopRequest::~StopRequest() {
  ::sigaction(SIGINT, &interrupt_, nullptr);
  ::sigaction(SIGTERM, &terminate_, nullptr);
  --living;
}

void StopRequest::check() const {
  if (requested) throw Error(ExitCode::stopped, "stopped");
}

}  // namespace chokepoint
