#include "sim/model/index_reviews.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

/// THIN's float doubles on the second day (its holder keeps nearly all); Hong Kong's index is reviewed on the
/// fourth, New York's on the third.
Facts with_review() {
  Facts facts = model_facts();
  facts.lockups = {{thin, "Founder", HolderKind::founder, Region::hk, 20'000'000, make_date(2026, 6, 16)}};
  facts.reviews = {{0, make_date(2026, 6, 17)}, {1, make_date(2026, 6, 18)}};
  return facts;
}

double passive_taste(const World& world, std::size_t line) {
  return world.taste[line * class_count + class_of(InvestorType::passive, Region::us)];
}

}  // namespace

TEST_CASE("index review: index funds follow a larger float at the review of its venue and not before",
          "[unit][index_review]") {
  Parameters params = quiet_parameters();
  params.slow_capital.speed = 0.0;
  ModelMarket market(with_review(), params, 10);
  const World& world = market.world;
  const Shares start = market.held(thin, InvestorType::passive);
  REQUIRE(start > 100'000);
  market.run(3);
  CHECK(world.floating[thin] == 40'000'000);
  CHECK(world.reviewed[thin] == 20'000'000);
  CHECK(passive_taste(world, thin) == 0.0);
  const Shares eve = market.held(thin, InvestorType::passive);
  const double eve_price = world.log_price[thin];
  CHECK(static_cast<double>(eve) == Approx(static_cast<double>(start)).epsilon(0.02));

  market.day();
  CHECK(world.reviewed[thin] == 40'000'000);
  CHECK(passive_taste(world, thin) == Approx(0.6931471805599453));
  // Weights are small, so the funds' dollars in the line double; at a price that rises they buy fewer shares.
  const double ratio =
      static_cast<double>(market.held(thin, InvestorType::passive)) / static_cast<double>(eve);
  const double rise = exponential(world.log_price[thin] - eve_price);
  CHECK(rise > 1.0);
  CHECK(ratio == Approx(2.0).epsilon(0.02));
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (k != thin) CHECK(passive_taste(world, k) == 0.0);
  }
  // Nothing is left to follow at the next review.
  market.run(2);
  CHECK(passive_taste(world, thin) == Approx(0.6931471805599453));
}

TEST_CASE("index review: without a change of float nothing is traded", "[unit][index_review]") {
  Facts facts = with_review();
  facts.lockups.clear();
  ModelMarket market(facts);
  const World before = market.world;
  market.run(5);
  CHECK(market.world.holding == before.holding);
}
