#include "sim/study/spool.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <numeric>
#include <thread>

#include "sim/base/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t arms = 2, replicates = 6, rows = 50, columns = 3;

std::vector<std::size_t> all_rows() {
  std::vector<std::size_t> all(rows);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

/// A number that tells arm, replicate, row and column.
double mark(std::size_t arm, std::size_t replicate, std::size_t row, std::size_t column) {
  return static_cast<double>(((arm * 10 + replicate) * 100 + row) * 10 + column);
}

std::vector<double> run_of(std::size_t arm, std::size_t replicate) {
  std::vector<double> values;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      values.push_back(mark(arm, replicate, row, column));
    }
  }
  return values;
}

void expect_block(const Spool& spool, std::size_t arm, std::size_t first, std::size_t count) {
  std::vector<double> expected;
  for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
    for (std::size_t row = first; row < first + count; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        expected.push_back(mark(arm, replicate, row, column));
      }
    }
  }
  CHECK(spool.read(arm, first, count) == expected);
}

}  // namespace

TEST_CASE("spool: runs written in any order by several threads are read back by days", "[unit][spool]") {
  const TemporaryFolder folder;
  Spool spool(folder.at("series"), arms, replicates, all_rows(), columns);
  CHECK(spool.rows() == rows);
  CHECK(spool.columns() == columns);
  CHECK(spool.replicates() == replicates);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < 4; ++t) {
    threads.emplace_back([&spool, t] {
      for (std::size_t run = arms * replicates; run-- > 0;) {
        if (run % 4 == t) spool.write(run % arms, run / arms, run_of(run % arms, run / arms));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t arm = 0; arm < arms; ++arm) {
    expect_block(spool, arm, 0, rows);
    expect_block(spool, arm, 0, 1);
    expect_block(spool, arm, 17, 8);
    expect_block(spool, arm, rows - 1, 1);
  }
}

TEST_CASE("spool: what an earlier run wrote is found again, unless it was damaged", "[unit][spool]") {
  const TemporaryFolder folder;
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  {
    Spool spool(folder.at("series"), arms, 2, all_rows(), columns);
    for (std::size_t arm = 0; arm < arms; ++arm) {
      for (std::size_t r = 0; r < 2; ++r) spool.write(arm, r, run_of(arm, r));
    }
    first = spool.written(0);
    second = spool.written(1);
    CHECK(first != second);
    CHECK(spool.stored(0) == first);
  }
  CHECK(folder.read("series").size() == arms * 2 * rows * columns * sizeof(double));
  const Spool again(folder.at("series"), arms, replicates, all_rows(), columns);
  CHECK(again.stored(0) == first);
  CHECK(again.stored(1) == second);
  CHECK(again.stored(2) == 0);
  std::string damaged = folder.read("series");
  damaged[damaged.size() - 3] ^= 1;
  folder.write("series", damaged);
  CHECK(again.stored(0) == first);
  CHECK(again.stored(1) != second);
  folder.write("series", damaged.substr(0, damaged.size() - 1));
  CHECK(again.stored(0) == first);
  CHECK(again.stored(1) == 0);
}

TEST_CASE("spool: replicates can be added, and those before them stay", "[unit][spool]") {
  const TemporaryFolder folder;
  Spool spool(folder.at("series"), arms, 2, all_rows(), columns);
  for (std::size_t r = 0; r < replicates; ++r) {
    if (r == 2) spool.add_replicates(replicates - 2);
    for (std::size_t arm = 0; arm < arms; ++arm) spool.write(arm, r, run_of(arm, r));
  }
  CHECK(spool.replicates() == replicates);
  for (std::size_t arm = 0; arm < arms; ++arm) expect_block(spool, arm, 0, rows);
}

TEST_CASE("spool: failures name the file", "[unit][spool]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(Spool(folder.at("missing/series"), 1, 1, {0}, 1),
                    fmt::format("cannot make '{}' (No such file or directory)", folder.at("missing/series")));
  const Spool spool(folder.at("series"), arms, replicates, all_rows(), columns);
  CHECK_THROWS_WITH(spool.read(0, 0, 1),
                    Catch::StartsWith(fmt::format("cannot read '{}'", folder.at("series"))));
}

TEST_CASE("spool: days that no table shows are not kept", "[unit][spool]") {
  const TemporaryFolder folder;
  const std::vector<std::size_t> kept{0, 3, 4, 49};
  Spool spool(folder.at("series"), arms, replicates, kept, columns);
  for (std::size_t r = 0; r < replicates; ++r) spool.write(1, r, run_of(1, r));
  for (const std::size_t row : kept) {
    const std::vector<double> values = spool.read(1, row, 1);
    for (std::size_t r = 0; r < replicates; ++r) REQUIRE(values[r * columns + 2] == mark(1, r, row, 2));
  }
  CHECK(spool.read(1, 3, 2)[columns] == mark(1, 0, 4, 0));
  CHECK(spool.rows() == kept.size());
}
