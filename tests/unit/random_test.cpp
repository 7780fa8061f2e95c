#include "sim/base/random.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

using namespace chokepoint;

TEST_CASE("random: the generator gives the published answers of Philox4x32-10", "[unit][random]") {
  using Philox = r123::Philox4x32;
  // Known-answer vectors that Random123 is distributed with.
  const auto zero = Philox{}(Philox::ctr_type{{0, 0, 0, 0}}, Philox::key_type{{0, 0}});
  CHECK(zero[0] == 0x6627e8d5);
  CHECK(zero[1] == 0xe169c58d);
  CHECK(zero[2] == 0xbc57ac4c);
  CHECK(zero[3] == 0x9b00dbd8);
  const auto pi = Philox{}(Philox::ctr_type{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
                           Philox::key_type{{0xa4093822, 0x299f31d0}});
  CHECK(pi[0] == 0xd16cfe09);
  CHECK(pi[1] == 0x94fdcceb);
  CHECK(pi[2] == 0x5001e420);
  CHECK(pi[3] == 0x24126ea1);
}

TEST_CASE("random: a uniform is the upper 52 bits of the block, shifted off zero by half a step",
          "[unit][random]") {
  const double by_hand = (static_cast<double>(0x6627e8d5e169cULL) + 0.5) / 4503599627370496.0;
  CHECK(RandomStream(0, 0).uniform(static_cast<Decision>(0), 0, 0) == by_hand);
  // Counter words in the order replicate, decision, subject, step; the key is the seed, low word first.
  const double ordered = (static_cast<double>(0xd16cfe0994fdcULL) + 0.5) / 4503599627370496.0;
  CHECK(RandomStream(0x299f31d0a4093822ULL, 0x243f6a88)
            .uniform(static_cast<Decision>(0x85a308d3), 0x13198a2e, 0x03707344) == ordered);
}

TEST_CASE("random: every part of the key changes the draw", "[unit][random]") {
  const std::array<double, 7> draws{
      RandomStream(20260612, 3).uniform(Decision::line_noise, 17, 5),
      RandomStream(20260613, 3).uniform(Decision::line_noise, 17, 5),
      RandomStream(20260612 + (1ULL << 32), 3).uniform(Decision::line_noise, 17, 5),
      RandomStream(20260612, 4).uniform(Decision::line_noise, 17, 5),
      RandomStream(20260612, 3).uniform(Decision::venue_noise, 17, 5),
      RandomStream(20260612, 3).uniform(Decision::line_noise, 18, 5),
      RandomStream(20260612, 3).uniform(Decision::line_noise, 17, 6)};
  CHECK(std::set<double>(draws.begin(), draws.end()).size() == draws.size());
  CHECK(RandomStream(20260612, 3).uniform(Decision::line_noise, 17, 5) == draws[0]);
}

TEST_CASE("random: uniforms lie in (0, 1) with the mean and variance of a uniform", "[unit][random]") {
  const RandomStream random(42, 0);
  constexpr int n = 200000;
  double sum = 0.0;
  double squares = 0.0;
  bool inside = true;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double u = random.uniform(Decision::synthetic_test, i, 1);
    inside = inside && u > 0.0 && u < 1.0;
    sum += u;
    squares += (u - 0.5) * (u - 0.5);
  }
  CHECK(inside);
  CHECK(sum / n == Approx(0.5).margin(6.0 * std::sqrt(1.0 / 12.0 / n)));
  // Variance of (u - 1/2)^2 is 1/80 - 1/144.
  CHECK(squares / n == Approx(1.0 / 12.0).margin(6.0 * std::sqrt((1.0 / 80.0 - 1.0 / 144.0) / n)));
}

TEST_CASE("random: normals have mean 0, variance 1 and no serial correlation", "[unit][random]") {
  const RandomStream random(43, 7);
  constexpr int n = 200000;
  double sum = 0.0;
  double squares = 0.0;
  double products = 0.0;
  double last = 0.0;
  for (std::uint32_t step = 0; step < n; ++step) {
    const double z = random.normal(Decision::synthetic_test, 9, step);
    sum += z;
    squares += z * z;
    products += z * last;
    last = z;
  }
  CHECK(sum / n == Approx(0.0).margin(6.0 / std::sqrt(n)));
  CHECK(squares / n == Approx(1.0).margin(6.0 * std::sqrt(2.0 / n)));
  CHECK(products / n == Approx(0.0).margin(6.0 / std::sqrt(n)));
}

TEST_CASE("random: identities of names are FNV-1a", "[unit][random]") {
  CHECK(identity_of("") == 2166136261u);
  CHECK(identity_of("a") == 0xe40c292cu);
  CHECK(identity_of("foobar") == 0xbf9cf968u);
}
