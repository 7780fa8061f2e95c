/// Tasks on all cores or on so many threads. Each puts its result in a place of its own, so that results do
/// not depend on the number of threads.
#pragma once

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <cstddef>

namespace chokepoint {

/// Calls `task(i)` for i = 0 .. count - 1. `jobs`: threads; 0: all cores.
template <class Task>
void run_in_parallel(std::size_t count, int jobs, const Task& task) {
  const int threads = jobs > 0 ? jobs : oneapi::tbb::this_task_arena::max_concurrency();
  const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                          static_cast<std::size_t>(threads));
  oneapi::tbb::parallel_for(
      oneapi::tbb::blocked_range<std::size_t>(0, count, 1),
      [&](const auto& range) {
        for (std::size_t i = range.begin(); i < range.end(); ++i) task(i);
      },
      oneapi::tbb::simple_partitioner{});
}

}  // namespace chokepoint
