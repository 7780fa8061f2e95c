#include "sim/study/parallel.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace chokepoint;

TEST_CASE("parallel: each task is done once, on one thread or on several", "[unit][parallel]") {
  for (const int jobs : {0, 1, 3}) {
    std::vector<int> done(100, 0);
    run_in_parallel(10, 100, jobs, [&](std::size_t i) { ++done[i]; });
    for (std::size_t i = 0; i < done.size(); ++i) CHECK(done[i] == (i < 10 ? 0 : 1));
  }
}

TEST_CASE("parallel: of several failures the first by number is thrown, however late it comes",
          "[unit][parallel]") {
  for (const int jobs : {1, 4}) {
    std::atomic<std::size_t> before{0};
    std::string said;
    try {
      run_in_parallel(40, jobs, [&](std::size_t i) {
        if (i < 7) ++before;
        if (i == 7) std::this_thread::sleep_for(std::chrono::milliseconds(50));
        if (i >= 7) throw std::runtime_error("task " + std::to_string(i));
      });
    } catch (const std::runtime_error& error) {
      said = error.what();
    }
    CHECK(said == "task 7");
    CHECK(before == 7);
  }
}
