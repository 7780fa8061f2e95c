#include "sim/output/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace chokepoint {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point a, Clock::time_point b) {
  return std::chrono::duration<double>(b - a).count();
}

}  // namespace

Progress::Progress(ProgressMode mode, std::size_t total)
    : bar_(mode == ProgressMode::automatic && ::isatty(STDERR_FILENO) == 1),
      mode_(mode),
      total_(total),
      next_line_(total / 10 + 1),
      start_(Clock::now()),
      drawn_(start_) {}

Progress::~Progress() {
  if (bar_ && done_ > 0) fmt::print(stderr, "\n");
}

void Progress::expect(std::size_t more) {
  const std::lock_guard lock(mutex_);
  total_ += more;
}

void Progress::step() {
  const std::lock_guard lock(mutex_);
  ++done_;
  if (mode_ == ProgressMode::none) return;
  const auto now = Clock::now();
  const bool last = done_ == total_;
  if (bar_ && !last && seconds_between(drawn_, now) < 0.1) return;
  if (!bar_ && !last && done_ < next_line_) return;
  next_line_ += total_ / 10 + 1;
  drawn_ = now;
  draw(seconds_between(start_, now));
}

void Progress::draw(double seconds) {
  const double share = static_cast<double>(done_) / static_cast<double>(total_);
  const double left = share > 0.0 ? seconds / share - seconds : 0.0;
  if (mode_ == ProgressMode::json) {
    fmt::print(stderr, "{{\"done\":{},\"total\":{},\"seconds\":{:.1f}}}\n", done_, total_, seconds);
  } else if (bar_) {
    const auto filled = static_cast<std::size_t>(30.0 * share);
    fmt::print(stderr, "\r[{:<30}] {}/{} runs  {:.0f} s, about {:.0f} s left ", std::string(filled, '='),
               done_, total_, seconds, left);
    std::fflush(stderr);
  } else {
    fmt::print(stderr, "{}/{} runs, {:.0f} s\n", done_, total_, seconds);
  }
}

}  // namespace chokepoint
