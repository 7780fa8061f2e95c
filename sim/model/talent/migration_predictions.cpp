#include "sim/model/talent/migration_predictions.hpp"

namespace chokepoint {
namespace {

constexpr double years_to_2022 = 3;

PlaceShares moved_on(const PlaceShares& now, const PlaceTransition& week, double kept) {
  PlaceShares next{};
  for (std::size_t from = 0; from < region_count; ++from) {
    for (std::size_t to = 0; to < region_count; ++to) next[to] += kept * now[from] * week[from][to];
  }
  return next;
}

double total(const PlaceShares& persons) {
  double sum = 0;
  for (const double n : persons) sum += n;
  return sum;
}

}  // namespace

PlaceShares predicted_work_shares_2022(const TalentFacts& facts,
                                       const TalentFacts::ByOriginAndPlace& first_place,
                                       const TalentParams& params, const MigrationTastes& tastes) {
  const int weeks = static_cast<int>(years_to_2022 * weeks_per_year + 0.5);
  const double kept = 1.0 - params.weekly_retirement();
  const double growth = power(1.0 + params.entry_rate / weeks_per_year - params.weekly_retirement(),
                              static_cast<double>(weeks));
  PlaceShares work{};
  for (std::size_t o = 0; o < nationality_count; ++o) {
    const PlaceTransition week = weekly_transition(tastes.pull[o], tastes.move_cost, params.weekly_search());
    PlaceShares old = facts.share_2019[o];
    PlaceShares young{};  // from one newcomer a week
    for (int w = 0; w < weeks; ++w) {
      old = moved_on(old, week, kept);
      young = moved_on(young, week, kept);
      for (std::size_t l = 0; l < region_count; ++l) young[l] += first_place[o][l];
    }
    const double missing = growth * facts.origin_share_2022[o] - total(old);
    const double newcomers = missing > 0 ? missing / total(young) : 0;
    PlaceShares all{};
    for (std::size_t l = 0; l < region_count; ++l) all[l] = old[l] + newcomers * young[l];
    for (std::size_t l = 0; l < region_count; ++l)
      work[l] += facts.origin_share_2022[o] * all[l] / total(all);
  }
  return work;
}

double predicted_stay(const TalentParams& params, const MigrationTastes& tastes, double years) {
  const PlaceTransition week =
      weekly_transition(tastes.pull[index(Nationality::cn)], tastes.move_cost, params.weekly_search());
  return whereabouts(week, index(Region::us), years)[index(Region::us)];
}

}  // namespace chokepoint
