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
  Spool spool(folder.at("series"), replicates, all_rows(), columns);
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

TEST_CASE("spool: the file is there while it is needed, and starts empty", "[unit][spool]") {
  const TemporaryFolder folder;
  folder.write("series", "what an earlier run left");
  {
    Spool spool(folder.at("series"), replicates, all_rows(), columns);
    CHECK(folder.read("series").empty());
    spool.write(0, 0, run_of(0, 0));
    CHECK(folder.read("series").size() == rows * columns * sizeof(double));
  }
  CHECK_FALSE(folder.holds("series"));
}

TEST_CASE("spool: failures name the file", "[unit][spool]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(Spool(folder.at("missing/series"), 1, {0}, 1),
                    fmt::format("cannot make '{}' (No such file or directory)", folder.at("missing/series")));
  const Spool spool(folder.at("series"), replicates, all_rows(), columns);
  CHECK_THROWS_WITH(spool.read(0, 0, 1),
                    Catch::StartsWith(fmt::format("cannot read '{}'", folder.at("series"))));
}

TEST_CASE("spool: days that no table shows are not kept", "[unit][spool]") {
  const TemporaryFolder folder;
  const std::vector<std::size_t> kept{0, 3, 4, 49};
  Spool spool(folder.at("series"), replicates, kept, columns);
  for (std::size_t r = 0; r < replicates; ++r) spool.write(1, r, run_of(1, r));
  for (const std::size_t row : kept) {
    const std::vector<double> values = spool.read(1, row, 1);
    for (std::size_t r = 0; r < replicates; ++r) REQUIRE(values[r * columns + 2] == mark(1, r, row, 2));
  }
  CHECK(spool.read(1, 3, 2)[columns] == mark(1, 0, 4, 0));
  CHECK(spool.rows() == kept.size());
}
