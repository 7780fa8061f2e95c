#include "sim/study/shapley.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

TEST_CASE("shapley: two parts share equally what only both bring", "[unit][shapley]") {
  // Alone 10 and 4, both 20: 6 arise only together, 3 for each.
  const ShapleySplit split = shapley_split(std::vector<double>{0, 10, 4, 20});
  CHECK(split.shapley == std::vector<double>{13, 7});
  CHECK(split.alone == std::vector<double>{10, 4});
  CHECK(split.last == std::vector<double>{16, 10});
  CHECK(split.total == 20);
  CHECK(split.together == 6);
}

TEST_CASE("shapley: three parts by hand", "[unit][shapley]") {
  // Alone 1, 2, 4; first two 6, first and third 5, last two 9; all 15. By the six orders of adding them:
  //   part 0: 1, 1, 6-2, 15-9, 5-4, 15-9  ->  1 + 1 + 4 + 6 + 1 + 6 = 19, a sixth of it
  //   part 1: 6-1, 15-5, 2, 2, 15-5, 9-4  ->  5 + 10 + 2 + 2 + 10 + 5 = 34
  //   part 2: 15-6, 5-1, 15-6, 9-2, 4, 4  ->  9 + 4 + 9 + 7 + 4 + 4 = 37
  const ShapleySplit split = shapley_split(std::vector<double>{0, 1, 2, 6, 4, 5, 9, 15});
  CHECK(split.shapley[0] == Approx(19.0 / 6.0));
  CHECK(split.shapley[1] == Approx(34.0 / 6.0));
  CHECK(split.shapley[2] == Approx(37.0 / 6.0));
  CHECK(split.last == std::vector<double>{6, 10, 9});
  CHECK(split.together == 8);
}

TEST_CASE("shapley: one part takes everything", "[unit][shapley]") {
  const ShapleySplit split = shapley_split(std::vector<double>{2, 9});
  CHECK(split.shapley == std::vector<double>{7});
  CHECK(split.alone == split.last);
  CHECK(split.total == 7);
  CHECK(split.together == 0);
}

TEST_CASE("shapley: parts sum to the total, equals get the same, who does nothing gets nothing",
          "[unit][shapley]") {
  // Parts 0 and 1 may be exchanged, part 2 never adds anything, part 3 adds 5 to whatever is there.
  std::vector<double> values(16);
  for (std::size_t in = 0; in < 16; ++in) {
    const int pair = static_cast<int>(in & 1) + static_cast<int>((in >> 1) & 1);
    values[in] = 100.0 + (pair == 0 ? 0.0 : pair == 1 ? 3.0 : -8.0) + ((in & 8) != 0 ? 5.0 : 0.0);
  }
  const ShapleySplit split = shapley_split(values);
  CHECK(split.shapley[0] == Approx(-4.0));
  CHECK(split.shapley[1] == Approx(-4.0));
  CHECK(split.shapley[2] == Approx(0.0).margin(1e-12));
  CHECK(split.shapley[3] == Approx(5.0));
  CHECK(split.total == -3.0);
  CHECK(split.together == -14.0);
}
