#include "sim/model/talent/mobility.hpp"

#include "sim/base/check.hpp"
#include "sim/model/talent/lock_out.hpp"

namespace chokepoint {
namespace {

/// Chances of all who may search in a week: they differ by tier, origin and present place only.
using Chances = std::array<std::array<PlaceTransition, nationality_count>, 2>;

std::size_t tier(Standing standing) { return standing == Standing::top ? 1 : 0; }

Chances chances_of_week(const Talent& talent, const MigrationTastes& tastes, const TalentParams& params,
                        const TalentConditions& now) {
  Chances chances{};
  for (const Standing standing : {Standing::other, Standing::top}) {
    for (std::size_t o = 0; o < nationality_count; ++o) {
      const PlaceShares utility = place_utilities(talent, tastes, params, now, o, standing);
      for (std::size_t from = 0; from < region_count; ++from) {
        chances[tier(standing)][o][from] = choice_shares(utility, from, tastes.move_cost);
      }
    }
  }
  return chances;
}

std::size_t drawn_place(const PlaceShares& chance, double u) {
  std::size_t place = 0;
  for (; place + 1 < region_count; ++place) {
    if (u < chance[place]) break;
    u -= chance[place];
  }
  return place;
}

/// What all searches of a week share.
struct SearchWeek {
  const Chances& chances;
  const TalentConditions& conditions;
  const RandomStream& random;
  std::uint16_t week;
  double weekly_search;

  double draw(Decision decision, std::size_t agent, std::uint32_t step) const {
    return random.uniform(decision, static_cast<std::uint32_t>(agent), step);
  }
};

std::size_t chosen_place(const Talent& talent, std::size_t agent, const SearchWeek& now) {
  const auto& of_tier = now.chances[tier(talent.standing[agent])];
  const PlaceShares& chance = of_tier[talent.nationality[agent]][talent.location[agent]];
  return drawn_place(chance, now.draw(Decision::talent_destination, agent, now.week));
}

void move(Talent& talent, std::size_t agent, std::size_t to) {
  const std::size_t o = talent.nationality[agent];
  const std::size_t from = talent.location[agent];
  const std::int64_t persons = talent.persons[agent];
  talent.stock[o][from] -= persons;
  talent.stock[o][to] += persons;
  talent.moved[o][from][to] += persons;
  talent.location[agent] = static_cast<std::uint8_t>(to);
}

/// `quit`: the agent has just left a vendor and takes no post that is locked to it.
void search(Talent& talent, std::size_t agent, bool quit, const SearchWeek& now) {
  const std::size_t to = chosen_place(talent, agent, now);
  const bool of_vendor = quit || talent.employer[agent] != no_vendor;
  const bool moves = to != talent.location[agent];
  if (moves) move(talent, agent, to);
  if (of_vendor && (quit || moves)) {
    const double u = now.draw(Decision::talent_employer, agent, now.week);
    const auto barred = quit ? now.conditions.locked_out : std::span<const char>{};
    employ(talent, agent, draw_vendor(talent, talent.nationality[agent], to, barred, u));
  }
  const std::uint32_t next_week = static_cast<std::uint32_t>(now.week) + 1;
  const double u = now.draw(Decision::talent_search_week, agent, next_week);
  const std::uint32_t next = next_week + periods_until(now.weekly_search, u);
  talent.search_week[agent] = next < never ? static_cast<std::uint16_t>(next) : never;
}

}  // namespace

PlaceShares place_utilities(const Talent& talent, const MigrationTastes& tastes, const TalentParams& params,
                            const TalentConditions& now, std::size_t origin, Standing standing) {
  PlaceShares utility = tastes.pull[origin];
  for (std::size_t l = 0; l < region_count; ++l) {
    utility[l] += params.wage_elasticity * now.wage[l];
    utility[l] += params.compute_elasticity * now.compute[l];
    utility[l] += params.access_weight * now.access[l * nationality_count + origin];
    const auto compatriots = static_cast<double>(1 + talent.stock[origin][l]);
    const auto at_t0 = static_cast<double>(1 + talent.stock_t0[origin][l]);
    utility[l] += params.network_weight * logarithm(compatriots / at_t0);
    if (standing == Standing::top) utility[l] += params.frontier_weight * now.frontier[l];
  }
  return utility;
}

void step_talent_week(Talent& talent, const TalentParams& params, const MigrationTastes& tastes,
                      const TalentConditions& now, const RandomStream& random, std::uint16_t week) {
  CHOKEPOINT_EXPECT(now.access.size() == region_count * nationality_count);
  CHOKEPOINT_EXPECT(now.locked_out.size() == talent.employers.size() * nationality_count);
  const Chances chances = chances_of_week(talent, tastes, params, now);
  const SearchWeek searches{chances, now, random, week, params.weekly_search()};
  for (const std::size_t agent : quit_locked_out(talent, params, now.locked_out, random, week)) {
    search(talent, agent, true, searches);
  }
  for (std::size_t agent = 0; agent < talent.size(); ++agent) {
    if (talent.search_week[agent] <= week) search(talent, agent, false, searches);
  }
}

}  // namespace chokepoint
