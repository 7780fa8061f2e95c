#include "sim/output/stop_request.hpp"

#include <catch2/catch.hpp>

#include "sim/base/error.hpp"

using namespace chokepoint;

namespace {

bool wants_stop(const StopRequest& stop) {
  try {
    stop.check();
    return false;
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::stopped);
    return true;
  }
}

void (*handler_of(int signal))(int) {
  struct sigaction now {};
  ::sigaction(signal, nullptr, &now);
  return now.sa_handler;
}

}  // namespace

TEST_CASE("stop request: either signal is noted once, and handlers are put back", "[unit][stop_request]") {
  void (*const interrupt)(int) = handler_of(SIGINT);
  void (*const terminate)(int) = handler_of(SIGTERM);
  for (const int signal : {SIGTERM, SIGINT}) {
    if (handler_of(signal) == SIG_IGN) continue;  // as in the background of a script
    const StopRequest stop;
    CHECK_FALSE(wants_stop(stop));
    std::raise(signal);
    CHECK(wants_stop(stop));
    CHECK(handler_of(signal) == SIG_DFL);  // the next one ends the program
  }
  CHECK(handler_of(SIGINT) == interrupt);
  CHECK(handler_of(SIGTERM) == terminate);
  const StopRequest later;
  CHECK_FALSE(wants_stop(later));
}

TEST_CASE("stop request: one inside another forgets nothing", "[unit][stop_request]") {
  if (handler_of(SIGTERM) == SIG_IGN) return;
  const StopRequest outer;
  std::raise(SIGTERM);
  {
    const StopRequest inner;
    CHECK(wants_stop(inner));
  }
  CHECK(wants_stop(outer));
}

TEST_CASE("stop request: what was ignored stays ignored", "[unit][stop_request]") {
  void (*const before)(int) = std::signal(SIGINT, SIG_IGN);
  {
    const StopRequest stop;
    std::raise(SIGINT);
    CHECK_FALSE(wants_stop(stop));
  }
  CHECK(handler_of(SIGINT) == SIG_IGN);
  std::signal(SIGINT, before);
}
