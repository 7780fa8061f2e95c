#include "sim/model/index_reviews.hpp"

namespace chokepoint {

void review_indices(World& world, const Plan& plan) {
  for (const ScheduledReview& review : plan.reviews) {
    if (review.day != world.day) continue;
    for (std::size_t k = 0; k < world.lines; ++k) {
      const Line& line = world.facts->lines[k];
      if (line.tickers.front().venue != review.venue || world.floating[k] == world.reviewed[k]) continue;
      const double growth =
          logarithm(static_cast<double>(world.floating[k]) / static_cast<double>(world.reviewed[k]));
      for (std::size_t d = 0; d < region_count; ++d) {
        world.taste[k * class_count + class_of(InvestorType::passive, static_cast<Region>(d))] += growth;
      }
      world.reviewed[k] = world.floating[k];
    }
  }
}

}  // namespace chokepoint
