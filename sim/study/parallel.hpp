/// Tasks on all cores or on so many threads. Each puts its result in a place of its own, so that results do
/// not depend on the number of threads; nor does the failure: that of the first task that fails is thrown.
///
/// Tests: tests/unit/parallel_test.cpp.
#pragma once

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>

namespace chokepoint {

/// Calls `task(i)` for i = first .. last - 1. `jobs`: threads; 0: all cores. Tasks are begun in their order:
/// those behind one that failed are left out, those before it have begun and end, so that which failure is
/// the first is no matter of chance.
template <class Task>
void run_in_parallel(std::size_t first, std::size_t last, int jobs, const Task& task) {
  const int threads = jobs > 0 ? jobs : oneapi::tbb::this_task_arena::max_concurrency();
  const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                          static_cast<std::size_t>(threads));
  std::atomic<std::size_t> next{first}, failed{last};
  std::mutex holding;
  std::exception_ptr failure;
  oneapi::tbb::parallel_for(
      oneapi::tbb::blocked_range<std::size_t>(first, last, 1),
      [&](const auto&) {
        const std::size_t i = next++;
        if (i > failed) return;
        try {
          task(i);
        } catch (...) {
          const std::lock_guard<std::mutex> lock(holding);
          if (i > failed) return;
          failed = i;
          failure = std::current_exception();
        }
      },
      oneapi::tbb::simple_partitioner{});
  if (failure) std::rethrow_exception(failure);
}

template <class Task>
void run_in_parallel(std::size_t count, int jobs, const Task& task) {
  run_in_parallel(0, count, jobs, task);
}

}  // namespace chokepoint
